"""Files that never change, named by their content, in one folder.

A name is a relative path such as `originals/<sha256>` or `files/<sha256>.svg`. A file is written
aside, fsynced, renamed into place, and its folder fsynced, so that a name never shows half a file.
"""

import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import current_app

from lms.core.ids import new_uuid

_NAME = re.compile(r"[a-z]+/[0-9a-f]{16,64}(\.[a-z0-9]{1,5})?")


class FolderStorage:
    """The files below one folder; `tmp/` in it is for what is being written."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "tmp").mkdir(parents=True, exist_ok=True)

    def path(self, name: str) -> Path:
        """Where the file of this name lies; ValueError for a name that is not of our form."""
        if not _NAME.fullmatch(name):
            raise ValueError(f"not a stored file's name: {name!r}")
        return self.root / name

    def exists(self, name: str) -> bool:
        """Whether the whole file is there."""
        return self.path(name).is_file()

    def size(self, name: str) -> int:
        """Its bytes; FileNotFoundError when it is not there."""
        return self.path(name).stat().st_size

    def names(self, prefix: str) -> list[str]:
        """Names of all stored files in the folder `prefix` (such as `renditions`), sorted.

        What somebody else left there (`.DS_Store`, a copy under way) is not ours and not named.
        """
        folder = self.root / prefix
        if not folder.is_dir():
            return []
        names = (f"{prefix}/{file.name}" for file in folder.iterdir() if file.is_file())
        return sorted(name for name in names if _NAME.fullmatch(name))

    def delete(self, name: str) -> None:
        """Remove it; a file that is gone already is fine."""
        self.path(name).unlink(missing_ok=True)

    def temporary(self, token: str) -> Path:
        """A folder of one's own below `tmp/`, made if needed; its owner removes it."""
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,80}", token):
            raise ValueError(f"not a token: {token!r}")
        folder = self.root / "tmp" / token
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def put_file(self, path: Path, name: str) -> None:
        """Move a finished file of the same disk into place under `name`, durably."""
        target = self.path(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        _sync(path)
        path.replace(target)
        _sync(target.parent)

    @contextmanager
    def write(self, name: str) -> Iterator[Path]:
        """A path to write to; on success the file takes its name, on an error nothing is left."""
        folder = self.temporary(f"write-{new_uuid().hex}")
        try:
            yield folder / "part"
            self.put_file(folder / "part", name)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def digest_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def storage() -> FolderStorage:
    """The storage of the running app."""
    found: FolderStorage = current_app.extensions["yachay.storage"]
    return found
