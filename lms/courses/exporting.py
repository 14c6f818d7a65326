"""Giving a version's folder back, byte for byte, as a folder or a ZIP."""

import os
import shutil
import zipfile
from pathlib import Path

from sqlalchemy import select

from lms.core.db import db
from lms.core.ids import new_uuid
from lms.core.storage import digest_of, storage
from lms.courses.models import CourseFile, CourseVersion

_ZIP_TIME = (1980, 1, 1, 0, 0, 0)  # so that the same version is the same ZIP
_PACKED = {"toml", "svg", "vtt", "md", "txt"}


class ExportRefusedError(Exception):
    """The target is taken, or a file of the version is missing or damaged; nothing was written."""


def export(version: CourseVersion, target: Path) -> int:
    """Write the version's files to `target` (a new or empty folder, or a new `.zip`); their number.

    It is written aside and renamed, so that the target is whole or not there.
    """
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        raise ExportRefusedError(f"{target} is there already")
    files = list(
        db.session.scalars(
            select(CourseFile)
            .where(CourseFile.version_id == version.id).order_by(CourseFile.path)
        )
    )
    for file in files:
        path = storage().path(file.storage_name)
        if not path.is_file() or digest_of(path) != file.digest:
            raise ExportRefusedError(f"{file.path}: its bytes are missing or damaged here")
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f".{target.name}.{new_uuid().hex}")
    try:
        if target.suffix.lower() == ".zip":
            _write_zip(version.course.slug, files, aside)
        else:
            _write_folder(files, aside)
        aside.replace(target)
        _sync(target.parent)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        aside.unlink(missing_ok=True)
        raise
    return len(files)


def _write_folder(files: list[CourseFile], folder: Path) -> None:
    for file in files:
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(storage().path(file.storage_name), path)
        _sync(path)


def _write_zip(slug: str, files: list[CourseFile], archive: Path) -> None:
    with zipfile.ZipFile(archive, "w", allowZip64=True) as opened:
        for file in files:
            entry = zipfile.ZipInfo(f"{slug}/{file.path}", _ZIP_TIME)
            entry.external_attr = 0o644 << 16
            is_text = file.path.rpartition(".")[2].lower() in _PACKED
            entry.compress_type = zipfile.ZIP_DEFLATED if is_text else zipfile.ZIP_STORED
            entry.file_size = file.size_bytes
            source = storage().path(file.storage_name)
            with source.open("rb") as stream, opened.open(entry, "w") as out:
                shutil.copyfileobj(stream, out, 1 << 20)
    _sync(archive)


def _sync(path: Path) -> None:
    """A stick is pulled out early: what has its name must be on it."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
