"""Finding the files that a course's fields name, and judging each by its own bytes."""

import posixpath
from collections.abc import Callable, Collection
from typing import NamedTuple

from lms.core.i18n import _
from lms.courses import captions, pictures
from lms.courses.package import Package, SourceFile
from lms.courses.problem import PATH, nearest
from lms.courses.table import Table
from lms.media.accepting import SENTENCES, Unacceptable, kind_of

LARGEST_SOUND_BYTES = 10 * 10**6
_HEAD_BYTES = 2048


class Kind(NamedTuple):
    """What a field's file must be."""

    endings: tuple[str, ...]
    most_bytes: int | None
    judge: Callable[[SourceFile], list[tuple[int, str]]]


def _judge_picture(file: SourceFile) -> list[tuple[int, str]]:
    most = pictures.LARGEST_SVG_BYTES if file.ending == "svg" else pictures.LARGEST_BYTES
    if file.size_bytes > most:
        return [(0, _("It is larger than %(most)s kB.", most=most // 1000))]
    try:
        pictures.check_picture(file.read(), file.ending)
    except pictures.NoPictureError as error:
        return [(0, str(error))]
    return []


def _judge_captions(file: SourceFile) -> list[tuple[int, str]]:
    return list(captions.problems_of_captions(file.read()))


def _judge_media(file: SourceFile) -> list[tuple[int, str]]:
    with file.real.open("rb") as stream:
        head = stream.read(_HEAD_BYTES)
    try:
        kind_of(head)
    except Unacceptable as error:
        return [(0, in_words(error))]
    return []


def in_words(error: Unacceptable) -> str:
    """Why a video or sound is refused, in the reader's language."""
    return _(SENTENCES[error.why], **error.facts)


def _judge_nothing(_file: SourceFile) -> list[tuple[int, str]]:
    return []


SOUND_ENDINGS = ("mp3", "ogg", "opus", "m4a", "wav")
PICTURE = Kind(pictures.ENDINGS, None, _judge_picture)
SOUND = Kind(SOUND_ENDINGS, LARGEST_SOUND_BYTES, _judge_media)
CAPTIONS = Kind(("vtt",), captions.LARGEST_BYTES, _judge_captions)
VIDEO = Kind(
    ("mp4", "m4v", "mov", "webm", "mkv", "avi", "3gp", "mpg", "ts", *SOUND_ENDINGS), None,
    _judge_media,
)
TOML = Kind(("toml",), None, _judge_nothing)


class Finder:
    """Looks files up in one package; remembers which were used and which were judged."""

    def __init__(self, package: Package) -> None:
        self._files = package.files
        self.used: set[str] = set()
        self._judged: set[tuple[str, Kind]] = set()

    def find(
        self, table: Table, key: str | PATH, written: str, folder: str, kind: Kind
    ) -> str | None:
        """The package's path of the file that a field names from `folder`, or a problem and None.

        A file that is there but not what it should be is reported and still returned.
        """
        path = self._resolve(table, key, written, folder)
        if path is None:
            return None
        self.used.add(path)
        file = self._files[path]
        if file.ending not in {"jpg" if one == "jpeg" else one for one in kind.endings}:
            table.wrong(
                key, _("%(file)s cannot be used here.", file=written),
                _("Use one of: %(kinds)s.", kinds=", ".join(kind.endings)),
            )
        elif (path, kind) not in self._judged:
            self._judged.add((path, kind))
            self._judge(table, key, file, kind)
        return path

    def _judge(self, table: Table, key: str | PATH, file: SourceFile, kind: Kind) -> None:
        named = _("It is named in %(file)s.", file=table.file)
        if not file.size_bytes:
            table.report.add(file.path, _("The file is empty."), named)
        elif kind.most_bytes is not None and file.size_bytes > kind.most_bytes:
            table.report.add(
                file.path, _("It is larger than %(most)s kB.", most=kind.most_bytes // 1000), named
            )
        else:
            for line, wrong in kind.judge(file):
                table.report.add(file.path, wrong, named, line=line)

    def _resolve(self, table: Table, key: str | PATH, written: str, folder: str) -> str | None:
        if "\\" in written:
            table.wrong(
                key, _("The path has a backslash."), _("Write / between folder and file.")
            )
            return None
        path = posixpath.normpath(posixpath.join(folder, written))
        if written.startswith(("/", "~")) or path == ".." or path.startswith("../"):
            table.wrong(
                key, _("%(file)s leaves the course's folder.", file=written),
                _("Copy the file into the folder and name it from there."),
            )
            return None
        if path in self._files:
            return path
        table.wrong(key, _("There is no file %(file)s.", file=path), self._hint(path, folder))
        return None

    def _hint(self, path: str, folder: str) -> str:
        for known in self._files:
            if known.casefold() == path.casefold():
                return _("There is %(file)s: write capitals as they are.", file=known)
        name = posixpath.basename(path)
        beside = self._names_in(posixpath.dirname(path) or folder)
        hint = nearest(name, beside) if beside else ""
        return (_("Add it, or correct its name.") + " " + hint).strip()

    def _names_in(self, folder: str) -> Collection[str]:
        prefix = f"{folder}/" if folder else ""
        return [
            path[len(prefix):] for path in self._files
            if path.startswith(prefix) and "/" not in path[len(prefix):]
        ]
