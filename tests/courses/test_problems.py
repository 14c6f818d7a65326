"""`lms courses check`: each kind of problem with its file, line and field; and all at once."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.courses.packages import change
from tests.courses.problem_table import COURSE, SECOND, TABLE

Command = Callable[..., tuple[int, str]]


@pytest.mark.parametrize("name", TABLE)
def test_each_problem_is_told_with_its_place(lms: Command, example: Path, name: str) -> None:
    spoil, place, field, words = TABLE[name]
    spoil(example)
    code, printed = lms("check", example)
    assert code == 1, printed
    found = [line for line in printed.splitlines() if line.startswith(place)]
    assert found, f"nothing begins with {place!r} in:\n{printed}"
    assert any(field in line and words in line for line in found), printed


def test_all_are_told_at_once_and_nothing_is_imported(lms: Command, example: Path) -> None:
    alone = [
        "unknown key", "wrong type", "bad slug", "unknown state", "missing lesson",
        "unknown key in a lesson", "no Spanish title", "a drawing with a script",
        "captions without heading", "quiz without a right answer", "quiz with an unknown field",
        "quiz picture missing",
        "a linked folder", "a name that Windows cannot write",
    ]
    for name in alone:
        TABLE[name][0](example)
    code, printed = lms("check", example)
    assert code == 1
    for name in alone:
        _spoil, place, field, words = TABLE[name]
        file = place.split(":")[0]
        assert any(
            line.startswith(file) and field in line and words in line
            for line in printed.splitlines()
        ), f"{name} is missing in:\n{printed}"
    code, told = lms("import", example)
    assert code == 1
    assert told.count("\n") >= len(alone)
    assert lms("list")[1] == ""


def test_what_nothing_names_is_advice(lms: Command, example: Path) -> None:
    (example / "notes.txt").write_text("mine")
    change(example, COURSE, ', "la-ganancia"', "")
    code, printed = lms("check", example)
    assert code == 0, printed
    assert "notes.txt:" in printed
    assert f"{SECOND}:" in printed


def test_what_computers_leave_behind_is_no_part_of_a_course(lms: Command, example: Path) -> None:
    (example / ".DS_Store").write_bytes(b"x")
    (example / "lessons" / "Thumbs.db").write_bytes(b"x")
    (example / "__MACOSX").mkdir()
    (example / "__MACOSX" / "._es.mp4").write_bytes(b"x")
    code, printed = lms("check", example)
    assert (code, printed.count("\n")) == (0, 1), printed


def test_a_folder_of_courses_is_checked_whole(lms: Command, example: Path, tmp_path: Path) -> None:
    shelf = tmp_path / "courses"
    shutil.copytree(example, shelf / "mi-tienda")
    shutil.copytree(example, shelf / "otra")
    code, printed = lms("check", shelf)
    assert code == 1
    assert "otra/course.toml" in printed
    assert "mi-tienda" in printed


def test_nothing_there(lms: Command, tmp_path: Path) -> None:
    assert lms("check", tmp_path / "none")[0] == 1
    (tmp_path / "empty").mkdir()
    assert lms("check", tmp_path / "empty")[0] == 1


def test_a_terminal_is_not_told_what_to_do(lms: Command, example: Path) -> None:
    (example / "a\x1b[2Jb.txt").write_text("x")
    code, printed = lms("check", example)
    assert code == 1
    assert "\x1b" not in printed
