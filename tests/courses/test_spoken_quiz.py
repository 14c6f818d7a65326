"""A quiz can be done without reading: what nobody recorded is spoken, a recording always wins."""

from collections.abc import Callable
from pathlib import Path

from flask import Flask

from lms.core.storage import storage
from lms.courses import queries
from lms.quizzes.quiz import Quiz
from tests.courses.packages import change

Command = Callable[..., tuple[int, str]]


def first_quiz() -> Quiz:
    """The quiz of the first lesson of the only course, as published."""
    [course] = queries.courses_for(None)
    quiz = next(queries.document_of(queries.latest_version(course)).lessons()).quiz
    assert quiz is not None
    return quiz


def test_every_word_of_a_quiz_can_be_heard(app: Flask, lms: Command, example: Path) -> None:
    assert lms("import", example)[0] == 0
    for question in first_quiz().questions:
        for part in (question, *question.choices):
            assert part.sound.keys() == part.text.keys()
            assert storage().size(f"files/{part.sound['es']}") > 1000


def test_a_recording_of_the_course_wins(app: Flask, lms: Command, example: Path) -> None:
    recording = example / "lessons" / "el-cuaderno" / "pregunta.mp4"
    recording.write_bytes((example / "lessons" / "el-cuaderno" / "es.mp4").read_bytes())
    recording.rename(recording.with_suffix(".m4a"))
    change(
        example, "lessons/el-cuaderno/quiz.toml", 'kind = "picture"',
        'kind = "picture"\nsound.es = "pregunta.m4a"',
    )
    code, words = lms("import", example)
    assert code == 0, words
    question = first_quiz().questions[0]
    assert question.sound["es"].endswith(".m4a")
    assert question.choices[0].sound["es"].endswith(".mp3")


def test_the_same_words_are_one_file(app: Flask, lms: Command, example: Path) -> None:
    change(example, "lessons/el-cuaderno/quiz.toml", "Sin nada", "Con el cuaderno")
    assert lms("import", example)[0] == 0
    first, second = first_quiz().questions[0].choices
    assert first.sound == second.sound
