"""Stored files: whole under their name or not there, and never outside their folder."""

from pathlib import Path

import pytest

from lms.core.storage import FolderStorage

NAME = "files/" + "ab" * 32 + ".svg"


def test_written_aside_then_there(tmp_path: Path) -> None:
    storage = FolderStorage(tmp_path)
    with storage.write(NAME) as part:
        part.write_bytes(b"whole")
        assert not storage.exists(NAME)
    assert storage.path(NAME).read_bytes() == b"whole"
    assert storage.names("files") == [NAME]
    assert storage.size(NAME) == 5
    storage.delete(NAME)
    storage.delete(NAME)
    assert not storage.exists(NAME)


def test_an_error_leaves_nothing(tmp_path: Path) -> None:
    storage = FolderStorage(tmp_path)

    def write_half() -> None:
        with storage.write(NAME) as part:
            part.write_bytes(b"half")
            raise OSError("cut")

    with pytest.raises(OSError, match="cut"):
        write_half()
    assert not storage.exists(NAME)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert list((tmp_path / "tmp").iterdir()) == []


@pytest.mark.parametrize(
    "name",
    ["../etc/passwd", "files/../x", "/etc/passwd", "files/short", f"files/{'ab' * 32}/x", "", "x"],
)
def test_other_names_are_refused(tmp_path: Path, name: str) -> None:
    storage = FolderStorage(tmp_path)
    with pytest.raises(ValueError, match="not a stored file"):
        storage.path(name)


@pytest.mark.parametrize("token", ["..", "a/b", "", "x" * 81])
def test_other_tokens_are_refused(tmp_path: Path, token: str) -> None:
    with pytest.raises(ValueError, match="not a token"):
        FolderStorage(tmp_path).temporary(token)


def test_what_somebody_else_left_there_is_not_named(tmp_path: Path) -> None:
    storage = FolderStorage(tmp_path)
    with storage.write(NAME) as part:
        part.write_bytes(b"ours")
    for stray in (".DS_Store", "Thumbs.db", ".copy.svg.AbC"):
        (tmp_path / "files" / stray).write_bytes(b"not ours")
    assert storage.names("files") == [NAME]
