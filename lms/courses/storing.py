"""Putting a course's files into the storage, and taking back what an import left unused.

Files are named by content, so storing one that nobody names yet hurts nobody: it happens before
the transaction that names it, and no lock is held while megabytes are copied. An import that
fails removes what it stored; one that is killed leaves it to the sweep.
"""

import hashlib
import time
from collections.abc import Collection, Iterable
from pathlib import Path

from sqlalchemy import select, text

from lms.core.db import committing, db
from lms.core.storage import storage
from lms.courses.models import CourseFile, Film, VersionContent
from lms.courses.package import SourceFile
from lms.media.importing import Stored, store
from lms.media.models import Original

_PIECE = 1 << 20
_FORGOTTEN_SECONDS = 6 * 3600  # no import takes so long; what is older and unnamed is nobody's
_LOCK = 0x636F7572  # "cour": any number that no other feature uses


class ChangedMeanwhileError(Exception):
    """Somebody wrote to the folder while it was being imported; nothing was imported."""


class Shelf:
    """What one import puts into the storage; `new` are the names that were not there before."""

    def __init__(self) -> None:
        self.new: set[str] = set()

    def put(self, file: SourceFile, name: str) -> None:
        """Store a file under a name that holds its digest."""
        if storage().exists(name):
            return
        self.new.add(name)
        digest = hashlib.sha256()
        with storage().write(name) as part, file.real.open("rb") as source, part.open("wb") as out:
            while piece := source.read(_PIECE):
                digest.update(piece)
                out.write(piece)
            if digest.hexdigest() != file.digest:
                raise ChangedMeanwhileError(file.path)

    def put_bytes(self, body: bytes, ending: str) -> str:
        """Store what we made ourselves below `files/`; its name there."""
        name = f"{hashlib.sha256(body).hexdigest()}.{ending}"
        if not storage().exists(f"files/{name}"):
            self.new.add(f"files/{name}")
            with storage().write(f"files/{name}") as part:
                part.write_bytes(body)
        return name

    def put_video(self, path: Path, digest: str) -> Stored:
        """Store and measure a video; Unacceptable says why it is refused."""
        if not storage().exists(f"originals/{digest}"):
            self.new.add(f"originals/{digest}")
        stored = store(path)
        if stored.digest != digest:
            self.new.add(f"originals/{stored.digest}")
            raise ChangedMeanwhileError(path.name)
        return stored

    def discard(self) -> None:
        """After a failure: remove what was stored anew and is named by nobody."""
        if self.new:
            db.session.rollback()
            with committing():
                alone()
                _remove(self.new)


def alone() -> None:
    """Let no other import or sweep run until this transaction ends (on SQLite none can anyway)."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    else:
        db.session.connection()  # begins the transaction, and with it the one writer's lock


def sweep() -> None:
    """Remove sources and files that no version names, left by an import that was killed."""
    alone()
    old = [
        name for folder in ("sources", "files") for name in storage().names(folder)
        if _age(name) > _FORGOTTEN_SECONDS
    ]
    _remove(old)


def _age(name: str) -> float:
    try:
        return time.time() - storage().path(name).stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _remove(names: Iterable[str]) -> None:
    names = set(names)
    for name in names - _named(names):
        storage().delete(name)


def _named(names: Collection[str]) -> set[str]:
    """Those among the names that a row still holds on to."""
    if not names:
        return set()
    digests = {name.partition("/")[2].partition(".")[0] for name in names}
    sources = set(
        db.session.scalars(select(CourseFile.digest).where(CourseFile.digest.in_(digests)))
    )
    originals = set(
        db.session.scalars(select(Original.digest).where(Original.digest.in_(digests)))
    )
    shown = set(
        db.session.scalars(select(VersionContent.name).where(VersionContent.name.in_(names)))
    )
    shown |= {f"files/{captions}" for captions in db.session.scalars(select(Film.captions))}
    return (
        shown | {f"sources/{digest}" for digest in sources}
        | {f"originals/{digest}" for digest in originals}
    )
