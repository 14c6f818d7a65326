"""A storyboard is read whole, or every problem is told at once with its line."""

from pathlib import Path

import pytest

from lms.storyboards.problems import Problem, StoryboardError, line_of
from lms.storyboards.scenes import Storyboard, read_storyboard

from .boards import CIRCLE, SCENES, board_in


def read(folder: Path, source: str = SCENES, drawing: str = CIRCLE) -> Storyboard:
    return read_storyboard(board_in(folder, source, drawing), ["es", "quz"])


def problems(folder: Path, source: str, drawing: str = CIRCLE) -> list[Problem]:
    with pytest.raises(StoryboardError) as caught:
        read(folder, source, drawing)
    return caught.value.problems


def test_scenes_come_in_order_with_their_words(tmp_path: Path) -> None:
    board = read(tmp_path)
    assert [scene.key for scene in board.scenes] == ["una", "dos"]
    assert board.languages == ("es", "quz")
    assert board.scenes[0].say["quz"] == "Rosaqa awan."
    assert board.scenes[0].picture == tmp_path / "una.svg"
    assert board.scenes[1].pause_seconds == 1.5


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "what"),
    [
        ("format = 1", "format = 2", 1, "format", "not 1"),
        ("format = 1", 'format = 1\nzoom = true', 2, "zoom", "does not have"),
        ('key = "dos"', 'key = "una"', 10, "scenes[2].key", "another scene"),
        ('key = "dos"', 'key = "Dos !"', 10, "scenes[2].key", "not a short name"),
        ('key = "dos"\n', "", 9, "scenes[2].key", "None"),
        ('"Primero llame."', '"  "', 12, "scenes[2].say.es", "no words"),
        ('"Primero llame."', "7", 12, "scenes[2].say.es", "no words"),
        ('"Primero llame."', f'"{"a" * 1001}"', 12, "scenes[2].say.es", "longer than 1000"),
        ("say.quz = \"Ñawpaqta waqyay.\"\n", "", 12, "scenes[2].say.quz", "this one not"),
        ("say.quz = \"Ñawpaqta", "say.xx = \"Ñawpaqta", 13, "scenes[2].say.xx", "not a language"),
        ("pause_seconds = 1.5", "pause_seconds = -1", 14, "scenes[2].pause_seconds", "seconds"),
        ("pause_seconds = 1.5", "pause_seconds = true", 14, "scenes[2].pause_seconds", "seconds"),
        ("pause_seconds = 1.5", "pause_seconds = nan", 14, "scenes[2].pause_seconds", "seconds"),
        ("pause_seconds = 1.5", "camera = 1", 14, "scenes[2].camera", "does not have"),
    ],
)
def test_each_problem_has_its_place(
    old: str, new: str, line: int, field: str, what: str, tmp_path: Path
) -> None:
    assert old in SCENES
    found = problems(tmp_path, SCENES.replace(old, new))
    assert any(
        one.file == "storyboard.toml" and one.line == line and one.field == field
        and what in one.what and one.remedy for one in found
    ), found


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    source = SCENES.replace('key = "una"', 'key = "U"').replace("una.svg", "otra.svg")
    source = source.replace("pause_seconds = 1.5", "pause_seconds = 99")
    fields = [one.field for one in problems(tmp_path, source)]
    assert fields == [
        "scenes[1].key", "scenes[1].picture", "scenes[2].picture", "scenes[2].pause_seconds",
    ]


@pytest.mark.parametrize("source", ["", "format = 1", "format = 1\nscenes = 3",
                                    "format = 1\nscenes = []", "format = 1\nscenes = [1]"])
def test_a_storyboard_without_scenes_is_refused(source: str, tmp_path: Path) -> None:
    assert "scenes" in [one.field for one in problems(tmp_path, source)]


def test_what_is_not_toml_is_told_with_its_line(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, 'format = 1\n[[scenes]]\nkey = una\n')
    assert found.line == 3
    assert "not TOML" in found.what


def test_what_is_not_utf8_or_not_there_is_told(tmp_path: Path) -> None:
    file = tmp_path / "storyboard.toml"
    for source in (None, b"\xff\xfe\x00"):
        if source:
            file.write_bytes(source)
        with pytest.raises(StoryboardError):
            read_storyboard(file, ["es"])


def test_a_picture_may_lie_in_the_course_but_never_outside(tmp_path: Path) -> None:
    lesson = tmp_path / "course" / "lesson"
    lesson.mkdir(parents=True)
    source = SCENES.replace("una.svg", "../shared.svg")
    (tmp_path / "course" / "shared.svg").write_text(CIRCLE)
    file = board_in(lesson, source)
    assert read_storyboard(file, ["es", "quz"], root=tmp_path / "course").scenes
    with pytest.raises(StoryboardError, match="leaves the folder"):
        read_storyboard(file, ["es", "quz"])


def test_a_link_is_no_picture(tmp_path: Path) -> None:
    file = board_in(tmp_path)
    (tmp_path / "una.svg").rename(tmp_path / "real.svg")
    (tmp_path / "una.svg").symlink_to(tmp_path / "real.svg")
    with pytest.raises(StoryboardError, match="is a link"):
        read_storyboard(file, ["es", "quz"])


def test_a_drawing_that_is_none_is_a_problem_of_its_scene(tmp_path: Path) -> None:
    found = problems(tmp_path, SCENES, drawing="<svg>")
    assert {one.field for one in found} == {"scenes[1].picture", "scenes[2].picture"}


def test_more_scenes_than_a_lesson_can_hold_are_refused(tmp_path: Path) -> None:
    source = "format = 1\n" + '[[scenes]]\nkey = "a"\n' * 101
    (found,) = problems(tmp_path, source)
    assert "100" in found.what


def test_lines_are_found_for_fields_written_in_other_ways() -> None:
    source = '[[scenes]]\nkey = "a"\n[scenes.say]\nes = "Hola"\n'
    assert line_of(source, 0, "say.es") == 3
    assert line_of(source, 0, "picture") == 1
    assert line_of(source, 5, "key") is None
