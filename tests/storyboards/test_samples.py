"""The sample courses' storyboards: whole, light, and careful with what nobody has reviewed."""

import re
import tomllib
from pathlib import Path

import pytest

from lms.storyboards.checking import problem_of_drawing
from lms.storyboards.scenes import read_storyboard

COURSES = Path(__file__).resolve().parents[2] / "courses"
BOARDS = sorted(COURSES.glob("*/lessons/*/storyboard.toml"))
LESSON_FOLDERS = sorted({board.parent for board in BOARDS})
HEAVIEST_BYTES = 7_000


def course_of(folder: Path) -> dict:
    return tomllib.loads((folder.parents[1] / "course.toml").read_text(encoding="utf-8"))


def quechua_in(value: object) -> list[str]:
    """Every text under the key `quz`, however deep."""
    if isinstance(value, dict):
        found = [value["quz"]] if isinstance(value.get("quz"), str) else []
        return found + [text for each in value.values() for text in quechua_in(each)]
    if isinstance(value, list):
        return [text for each in value for text in quechua_in(each)]
    return []


def test_there_are_samples_for_clients_and_for_those_who_lead_meetings() -> None:
    audiences = {one for folder in LESSON_FOLDERS for one in course_of(folder)["audience"]}
    assert audiences == {"client", "facilitator", "officer"}


@pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.parent.name)
def test_a_sample_speaks_the_languages_that_its_course_names(board: Path) -> None:
    tags = list(course_of(board.parent)["languages"])
    read = read_storyboard(board, tags, root=board.parents[2])
    assert sorted(read.languages) == sorted(tags)
    assert 6 <= len(read.scenes) <= 8


@pytest.mark.parametrize("folder", LESSON_FOLDERS, ids=lambda folder: folder.name)
def test_every_drawing_is_plain_and_light(folder: Path) -> None:
    drawings = sorted(folder.rglob("*.svg"))
    assert len(drawings) > 8
    for drawing in drawings:
        assert problem_of_drawing(drawing) is None, drawing
        assert drawing.stat().st_size <= HEAVIEST_BYTES, drawing


@pytest.mark.parametrize("folder", LESSON_FOLDERS, ids=lambda folder: folder.name)
def test_a_question_points_to_a_scene_that_is_there(folder: Path) -> None:
    scenes = tomllib.loads((folder / "storyboard.toml").read_text(encoding="utf-8"))["scenes"]
    quiz = tomllib.loads((folder / "quiz.toml").read_text(encoding="utf-8"))
    assert {one["explained_scene"] for one in quiz["questions"]} <= {one["key"] for one in scenes}
    assert 2 <= len(quiz["questions"]) <= 3


def test_the_samples_show_every_kind_of_question() -> None:
    kinds = {
        question["kind"] for folder in LESSON_FOLDERS
        for question in tomllib.loads(
            (folder / "quiz.toml").read_text(encoding="utf-8"))["questions"]
    }
    assert kinds == {"one", "several", "yes_no", "picture", "number"}


@pytest.mark.parametrize("file", sorted(COURSES.rglob("*.toml")), ids=lambda file: file.parent.name)
def test_quechua_is_a_draft_and_states_no_amount_and_no_help_line(file: Path) -> None:
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    if "quz" in table.get("languages", {}):
        assert table["languages"]["quz"]["state"] == "draft"
    for text in quechua_in(table):
        assert not re.search(r"\d|S/|\bsol(es)?\b|l[ií]nea", text, re.IGNORECASE), text
        assert "’" not in text, text
