"""A lesson told by a storyboard: its films are made at import, once, and explain the questions."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from lms.core.db import db
from lms.core.storage import storage
from lms.courses import filming, queries
from lms.courses.importing import import_course
from tests.courses.packages import change

Command = Callable[..., tuple[int, str]]
BOARD = "lessons/la-ganancia/storyboard.toml"
TEXT = """format = 1

[[scenes]]
key = "vende"
picture = "../el-cuaderno/poster.svg"
say.es = "Rosa vende."
say.quz = "Rosa rantikun."

[[scenes]]
key = "gana"
picture = "../el-cuaderno/nada.svg"
say.es = "Rosa gana."
say.quz = "Rosa."
"""


@pytest.fixture
def told(example: Path) -> Path:
    """The example, its second lesson told by a storyboard, its quiz explained by a scene."""
    (example / BOARD).write_text(TEXT, encoding="utf-8")
    second = "lessons/la-ganancia/lesson.toml"
    change(example, second, '[video]\nes = "es.mp4"\n', "")
    change(
        example, second, "sensitive", 'storyboard = "storyboard.toml"\nquiz = "q.toml"\nsensitive'
    )
    (example / "lessons" / "la-ganancia" / "es.mp4").unlink()
    quiz = (example / "lessons" / "el-cuaderno" / "quiz.toml").read_text(encoding="utf-8")
    quiz = quiz.replace("explained_at.es = 1", 'explained_scene = "gana"')
    quiz = quiz.replace('"poster.svg"', '"../el-cuaderno/poster.svg"')
    quiz = quiz.replace('"nada.svg"', '"../el-cuaderno/nada.svg"')
    (example / "lessons" / "la-ganancia" / "q.toml").write_text(quiz, encoding="utf-8")
    return example


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The languages of the films that were really made."""
    languages: list[str] = []
    real = filming.render

    def render(*arguments: object) -> object:
        languages.append(str(arguments[2]))
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(filming, "render", render)
    return languages


def test_films_are_made_once_and_explain(app: Flask, told: Path, made: list[str]) -> None:
    import_course(told)
    assert sorted(made) == ["es", "quz"]
    document = queries.document_of(queries.latest_version(queries.courses_for(None)[0]))
    lesson = list(document.lessons())[1]
    assert set(lesson.videos) == {"es", "quz"}
    for tag in ("es", "quz"):
        captions = storage().path(f"files/{lesson.captions[tag]}").read_text(encoding="utf-8")
        assert captions.startswith("WEBVTT")
        assert "Rosa" in captions
    assert lesson.quiz is not None
    explained = lesson.quiz.questions[0].explained_at
    assert set(explained) == {"es", "quz"}
    assert 0 < explained["es"] < lesson.videos["es"].duration_seconds
    # Another word elsewhere in the course makes a new version, and no film anew.
    change(told, "course.toml", 'title.es = "Mi tienda"', 'title.es = "Mi puesto"')
    db.session.rollback()
    assert import_course(told).number == 2
    assert len(made) == 2
    # Another word in Quechua makes the Quechua film anew.
    change(told, BOARD, 'say.quz = "Rosa."', 'say.quz = "Rosapaq."')
    db.session.rollback()
    import_course(told)
    assert made[2:] == ["quz"]


def test_a_video_of_a_person_wins_over_the_storyboard(
    app: Flask, told: Path, made: list[str]
) -> None:
    (told / "lessons" / "la-ganancia" / "es.mp4").write_bytes(
        (told / "lessons" / "el-cuaderno" / "es.mp4").read_bytes()
    )
    with (told / "lessons" / "la-ganancia" / "lesson.toml").open("a") as file:
        file.write('[video]\nes = "es.mp4"\n')
    import_course(told)
    assert made == ["quz"]


@pytest.mark.parametrize(
    ("path", "old", "new", "place", "words"),
    [
        (BOARD, 'key = "gana"', 'key = "vende"', f"{BOARD}:10:", "scenes[2].key"),
        (BOARD, "nada.svg", "none.svg", f"{BOARD}:11:", "none.svg"),
        (BOARD, "../el-cuaderno/nada.svg", "../../../n.svg", f"{BOARD}:11:", "picture"),
        (BOARD, "say.quz", "say.quy", f"{BOARD}:7:", "quy"),
        ("lessons/la-ganancia/q.toml", '"gana"', '"ganna"', "lessons/la-ganancia/q.toml:9:",
         "gana"),
        ("lessons/la-ganancia/lesson.toml", '"storyboard.toml"', '"story.toml"',
         "lessons/la-ganancia/lesson.toml:5:", "storyboard.toml"),
    ],
)
def test_its_problems_have_their_places(
    lms: Command, told: Path, path: str, old: str, new: str, place: str, words: str
) -> None:
    assert lms("check", told)[0] == 0
    change(told, path, old, new)
    code, printed = lms("check", told)
    assert code == 1
    assert any(
        line.startswith(place) and words in line for line in printed.splitlines()
    ), printed
