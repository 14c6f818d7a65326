"""A quiz is read whole, or every problem is said at once, where it stands and what to do."""

import copy
import tomllib
from typing import Any

import pytest

from lms.quizzes.checking import read_quiz
from lms.quizzes.quiz import Quiz

SOURCE = """
pass_percent = 50
attempt_limit = 3
is_shuffled = true

[[questions]]
key = "llamar"
kind = "picture"
text.es = "¿Con qué botón contestas?"
sound.es = "pregunta.es.mp3"
picture = "celular.svg"
explained_at.es = 24
feedback.right.es = "Así es."
feedback.wrong.es = "Miremos otra vez."

[[questions.choices]]
key = "verde"
text.es = "El verde"
picture = "verde.svg"
is_right = true

[[questions.choices]]
key = "rojo"
text.es = "El rojo"
picture = "rojo.svg"
sound.es = "rojo.es.mp3"
feedback.es = "El rojo corta la llamada."

[[questions]]
key = "vuelto"
kind = "number"
text.es = "¿Cuánto es el vuelto?"
number = { value = 2600, decimals = 2, is_money = true }
"""


@pytest.fixture
def table() -> dict[str, Any]:
    return copy.deepcopy(tomllib.loads(SOURCE))


def problems(table: dict[str, Any], *drafts: str) -> dict[str, str]:
    """What is said, by place."""
    _, found = read_quiz(table, ["es"], drafts)
    return {".".join(map(str, one.path)): one.wrong for one in found}


def test_a_good_quiz_has_no_problem(table: dict[str, Any]) -> None:
    quiz, found = read_quiz(table, ["es"])
    assert found == []
    assert quiz is not None
    assert [path for _, path in quiz.files()] == [
        "celular.svg", "pregunta.es.mp3", "verde.svg", "rojo.svg", "rojo.es.mp3"
    ]


def test_published_it_names_files_by_content_and_has_a_digest(table: dict[str, Any]) -> None:
    quiz = Quiz.model_validate(table)
    names = {path: f"{at:064x}.{path.rpartition('.')[2]}" for at, (_, path) in
             enumerate(quiz.files())}
    published = quiz.with_files(names)
    assert {path for _, path in published.files()} == set(names.values())
    assert len(published.digest) == 64
    assert published == Quiz.model_validate_json(published.model_dump_json())
    assert quiz.with_files(names).digest == published.digest
    names["rojo.svg"] = f"{99:064x}.svg"
    assert quiz.with_files(names).digest != published.digest
    del names["rojo.svg"]
    with pytest.raises(KeyError):
        quiz.with_files(names)


def test_an_exam_hides_its_key_from_the_browser(table: dict[str, Any]) -> None:
    shown = str(Quiz.model_validate({**table, "kind": "exam"}).for_browser())
    for secret in ("is_right", "2600", "corta la llamada", "Así es", "tolerance"):
        assert secret not in shown
    assert "corta la llamada" in str(Quiz.model_validate(table).for_browser())


def test_every_problem_is_said_at_once(table: dict[str, Any]) -> None:
    first, second = table["questions"]
    first["choices"][0]["is_right"] = False
    del first["choices"][1]["picture"]
    first["text"]["xx"] = "?"
    first["choices"][1]["text"] = {}
    second["key"] = "llamar"
    second["choices"] = [{"key": "a", "text": {"es": "a"}}]
    assert set(problems(table)) == {
        "questions.0.choices", "questions.0.choices.1.picture", "questions.0.text.xx",
        "questions.0.choices.1.text.es", "questions.1.key", "questions.1.choices",
    }


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"kind": "guess"}, "questions.0.kind"),
        ({"choices": []}, "questions.0.choices"),
        ({"text": {}}, "questions.0.text.es"),
        ({"text": "words"}, "questions.0.text"),
        ({"text": {"es": ""}}, "questions.0.text.es"),
        ({"key": "Two Words"}, "questions.0.key"),
        ({"colour": "red"}, "questions.0.colour"),
        ({"number": {"value": 1}}, "questions.0.number"),
        ({"number": {"value": 1.5}}, "questions.0.number.value"),
        ({"kind": "number"}, "questions.0.number"),
        ({"kind": "yes_no"}, "questions.0.choices"),
        ({"explained_at": {"es": -1}}, "questions.0.explained_at.es"),
        ({"choices": [{"key": str(n), "text": {"es": "x"}} for n in range(5)]},
         "questions.0.choices"),
        ({"choices": "many"}, "questions.0.choices"),
        ({"choices": [7]}, "questions.0.choices.0"),
    ],
)
def test_a_wrong_question_is_named(
    table: dict[str, Any], change: dict[str, Any], place: str
) -> None:
    table["questions"][0].update(change)
    assert place in problems(table)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"pass_percent": 0}, "pass_percent"),
        ({"pass_percent": 101}, "pass_percent"),
        ({"attempt_limit": 0}, "attempt_limit"),
        ({"kind": "survey"}, "kind"),
        ({"questions": []}, "questions"),
        ({"digest": "ab"}, "digest"),
        ({"is_shuffled": "yes"}, "is_shuffled"),
    ],
)
def test_a_wrong_quiz_is_named(
    table: dict[str, Any], change: dict[str, Any], place: str
) -> None:
    assert place in problems({**table, **change})


def test_two_right_answers_need_the_kind_several(table: dict[str, Any]) -> None:
    table["questions"][0]["choices"][1]["is_right"] = True
    assert list(problems(table)) == ["questions.0.choices"]
    table["questions"][0]["kind"] = "several"
    assert problems(table) == {}


def test_a_draft_language_may_be_incomplete(table: dict[str, Any]) -> None:
    table["questions"][0]["text"]["quz"] = "Mayqin?"
    assert list(problems(table)) == ["questions.0.text.quz"]
    assert problems(table, "quz") == {}


def test_what_is_said_in_one_language_is_said_in_all(table: dict[str, Any]) -> None:
    table["questions"][0]["choices"][1]["feedback"] = {"quz": "Mana."}
    assert list(problems(table, "quz")) == ["questions.0.choices.1.feedback.es"]
