"""A course's files before anything is known of what they mean: names, sizes, digests, limits."""

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lms.core.i18n import _
from lms.core.storage import digest_of
from lms.courses.problem import Report

MOST_FILES = 2_000
LARGEST_FILE_BYTES = 4 * 1024**3 - 1  # what a FAT32 stick takes
LARGEST_PACKAGE_BYTES = 20 * 10**9
LONGEST_PATH = 200

_LITTER = {".DS_Store", "Thumbs.db", "desktop.ini", "__MACOSX", ".git"}
_UNWRITABLE = set(':*?"<>|\\')
_DEVICES = {"con", "prn", "aux", "nul"} | {
    f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)
}


@dataclass(frozen=True)
class SourceFile:
    """One file: `path` in the package with `/`, and where its bytes lie now."""

    path: str
    real: Path
    size_bytes: int

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of its bytes, read once."""
        return digest_of(self.real)

    @property
    def ending(self) -> str:
        """The lower-case ending without a point; `jpeg` is `jpg`."""
        ending = self.path.rpartition("/")[2].rpartition(".")[2].lower()
        return "jpg" if ending == "jpeg" else ending

    def read(self) -> bytes:
        """All its bytes; ask for its size first."""
        return self.real.read_bytes()


@dataclass(frozen=True)
class Package:
    """A course's folder: its name, and its files by path."""

    name: str
    folder: Path
    files: dict[str, SourceFile]

    @cached_property
    def digest(self) -> str:
        """Names a version by content: SHA-256 over every path and its bytes' digest, sorted."""
        total = hashlib.sha256()
        for path in sorted(self.files):
            total.update(f"{path}\0{self.files[path].digest}\n".encode())
        return total.hexdigest()


def is_litter(name: str) -> bool:
    """Whether a file or folder of this name is left by a computer and belongs to no course."""
    return name in _LITTER or name.startswith("._")


def odd_name(path: str) -> str:
    """Why a path cannot travel to every computer, in words; "" when it can."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return _("The name is not UTF-8.")
    if unicodedata.normalize("NFC", path) != path:
        return _("An accented letter of the name is written in two parts.")
    if len(path.encode()) > LONGEST_PATH:
        return _("The path is longer than %(most)s bytes.", most=LONGEST_PATH)
    for part in path.split("/"):
        if not part or part in {".", ".."}:
            return _("The path leaves the folder.")
        if bad := [one for one in part if one in _UNWRITABLE or not one.isprintable()]:
            return _("The name holds %(sign)s.", sign=ascii(bad[0]))
        if part[-1] in " ." or part[0] == " ":
            return _("The name begins or ends with a space or ends with a point.")
        if part.partition(".")[0].lower() in _DEVICES:
            return _("The name belongs to a device on Windows.")
    return ""


def report_clashes(paths: Iterable[str], report: Report) -> None:
    """Report names that differ only in capitals: some computers keep one of the two."""
    seen: dict[str, str] = {}
    for path in sorted(paths):
        other = seen.setdefault(path.casefold(), path)
        if other != path:
            report.add(
                path, _("Differs from %(other)s only in capitals.", other=other),
                _("Rename one of them."),
            )
