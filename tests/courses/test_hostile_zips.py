"""A ZIP whose maker meant harm is refused in words, and nothing of it stays."""

import stat
import struct
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from lms.core.storage import storage
from tests.courses.packages import tree

Command = Callable[..., tuple[int, str]]


def entry(name: str, mode: int = stat.S_IFREG | 0o644) -> zipfile.ZipInfo:
    """An entry of this very name, whatever zipfile thinks of it."""
    made = zipfile.ZipInfo("placeholder")
    made.filename = name
    made.external_attr = mode << 16
    return made


def packed(folder: Path, archive: Path) -> zipfile.ZipFile:
    """A ZIP of the folder's files, open for more."""
    opened = zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED)
    for path, body in tree(folder).items():
        opened.writestr(path, body)
    return opened


def left_behind() -> list[str]:
    """Files in the storage."""
    return [str(file) for file in storage().root.rglob("*") if file.is_file()]


@pytest.mark.parametrize(
    ("name", "mode"),
    [
        ("../outside.toml", 0o100644), ("/etc/outside.toml", 0o100644),
        ("a/../../outside.toml", 0o100644), ("C:/outside.toml", 0o100644),
        ("a\\b.toml", 0o100644), ("a//b.toml", 0o100644), ("./a.toml", 0o100644),
        ("con.svg", 0o100644), ("x" * 300, 0o100644), ("a\x1bb", 0o100644), ("a. ", 0o100644),
        ("link.svg", stat.S_IFLNK | 0o777), ("pipe.svg", stat.S_IFIFO | 0o644),
        ("course.toml", 0o100644), ("COURSE.toml", 0o100644), ("course.toml/a", 0o100644),
    ],
)
def test_odd_entries_are_refused(
    app: Flask, lms: Command, example: Path, tmp_path: Path, name: str, mode: int
) -> None:
    with packed(example, tmp_path / "a.zip") as opened, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile warns of a name that stands twice
        opened.writestr(entry(name, mode), b"/etc/passwd")
    before = sorted(str(one) for one in tmp_path.rglob("*") if one.is_file())
    for command in ("check", "import"):
        code, words = lms(command, tmp_path / "a.zip")
        assert code == 1, words
        assert "\x1b" not in words
    assert lms("list")[1] == ""
    assert left_behind() == []
    assert sorted(str(one) for one in tmp_path.rglob("*") if one.is_file()) == before


def test_a_bomb_is_not_unpacked(
    app: Flask, lms: Command, example: Path, tmp_path: Path
) -> None:
    with packed(example, tmp_path / "a.zip") as opened:
        opened.writestr("zeros.txt", b"\0" * 60_000_000)
    code, words = lms("check", tmp_path / "a.zip")
    assert code == 1
    assert "zeros.txt" in words
    assert left_behind() == []


def test_many_small_bombs_are_one_bomb(
    app: Flask, lms: Command, example: Path, tmp_path: Path
) -> None:
    with packed(example, tmp_path / "a.zip") as opened:
        for number in range(60):
            opened.writestr(f"{number}.txt", b"\0" * 9_900_000)
    code, words = lms("check", tmp_path / "a.zip")
    assert code == 1, words
    assert left_behind() == []


def test_a_lie_about_the_size_is_found(
    app: Flask, lms: Command, example: Path, tmp_path: Path
) -> None:
    archive = tmp_path / "a.zip"
    with packed(example, archive) as opened:
        opened.writestr("zeros.txt", b"\0" * 60_000_000)
    body = bytearray(archive.read_bytes())
    size = struct.pack("<I", 60_000_000)
    assert body.count(size) == 2
    archive.write_bytes(body.replace(size, struct.pack("<I", 100)))
    assert lms("check", archive)[0] == 1
    assert left_behind() == []


def test_too_many_files(app: Flask, lms: Command, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as opened:
        for number in range(2_500):
            opened.writestr(f"{number}.txt", b"")
    code, words = lms("check", tmp_path / "a.zip")
    assert code == 1
    assert words.count("\n") < 5
    folder = tmp_path / "a"
    folder.mkdir()
    for number in range(2_500):
        (folder / f"{number}.txt").touch()
    assert lms("check", folder)[0] == 1


@pytest.mark.parametrize("body", [b"", b"PK\x03\x04", b"not a zip at all" * 9, bytes(range(99))])
def test_what_is_no_zip(app: Flask, lms: Command, tmp_path: Path, body: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(body)
    assert lms("check", tmp_path / "a.zip")[0] == 1
    assert left_behind() == []


def test_a_cut_or_changed_zip(app: Flask, lms: Command, example: Path, tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    packed(example, archive).close()
    whole = archive.read_bytes()
    for body in (whole[: len(whole) // 2], whole[:2000] + b"x" * 60 + whole[2060:]):
        archive.write_bytes(body)
        assert lms("import", archive)[0] == 1
    assert left_behind() == []
