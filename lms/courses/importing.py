"""Publishing a course from a folder or a ZIP: all of it or nothing, the same content only once."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from lms.core import audit
from lms.core.db import committing, db, reading_only
from lms.core.i18n import _
from lms.core.storage import storage
from lms.courses.document import Audience, LanguageOfCourse, VersionDocument
from lms.courses.filming import keep
from lms.courses.models import Course, CourseFile, CourseVersion, Lesson, VersionContent
from lms.courses.opening import check_here, opened
from lms.courses.preparing import Ready, Tell, prepare
from lms.courses.problem import PackageRefusedError, Problem, Report
from lms.courses.signals import published
from lms.courses.source import version_uuid
from lms.courses.storing import ChangedMeanwhileError, Shelf, alone
from lms.media.importing import add_stored
from lms.people.models import Unit

Edge = Callable[[], AbstractContextManager[None]]


class NoSuchUnitError(Exception):
    """No unit has this slug; nothing was imported."""


@dataclass(frozen=True)
class Imported:
    """What an import came to; `is_latest` is False when a newer version stays the one shown."""

    slug: str
    number: int
    is_new: bool
    is_latest: bool
    advice: tuple[Problem, ...] = ()


def import_course(
    place: Path, *, unit: str | None = None, edge: Edge = committing,
    tell: Tell = lambda _share, _note: None,
) -> Imported:
    """Import the course at `place`, owned by the unit with this slug (None: as it is).

    It must begin outside a transaction: the slow work is done first, without one, and `edge` is
    entered for the short one that writes. Raises PackageRefusedError, NoSuchUnitError,
    ChangedMeanwhileError; then nothing is left, neither rows nor files.
    """
    if db.session().in_transaction():
        raise RuntimeError("an import begins outside a transaction, or it would hold its lock")
    report = Report()
    with opened(place, report) as package:
        if package is None:
            raise PackageRefusedError(report.problems())
        if not report.problems():
            with reading_only():
                known = _published(package.digest, _owner(unit))
            if known is not None:
                return known
        course = check_here(package, report)
        if course is None or report.problems():
            raise PackageRefusedError(report.problems())
        shelf = Shelf()
        try:
            ready = prepare(package, course, shelf, tell)
            with edge():
                return _publish(ready, unit, tuple(report.advice()))
        except BaseException:
            shelf.discard()
            raise


def _published(digest: str, unit: Unit | None) -> Imported | None:
    """The version that this very content is, if nothing is left to do: files there, owner right."""
    version = db.session.scalar(select(CourseVersion).where(CourseVersion.digest == digest))
    if version is None or not all(map(storage().exists, _stored_names(version))):
        return None
    if unit is not None and version.course.unit_id != unit.id:
        return None
    return _outcome(version, is_new=False, advice=())


def _stored_names(version: CourseVersion) -> list[str]:
    files = db.session.scalars(select(CourseFile).where(CourseFile.version_id == version.id))
    shown = select(VersionContent.name).where(VersionContent.version_id == version.id)
    return [file.storage_name for file in files] + list(db.session.scalars(shown))


def _outcome(version: CourseVersion, *, is_new: bool, advice: tuple[Problem, ...]) -> Imported:
    latest = db.session.scalar(
        select(func.max(CourseVersion.number)).where(CourseVersion.course_id == version.course_id)
    )
    return Imported(version.course.slug, version.number, is_new, latest == version.number, advice)


def _owner(slug: str | None) -> Unit | None:
    if slug is None:
        return None
    unit = db.session.scalar(select(Unit).where(Unit.slug == slug))
    if unit is None:
        raise NoSuchUnitError(slug)
    return unit


def _publish(ready: Ready, unit_slug: str | None, advice: tuple[Problem, ...]) -> Imported:
    alone()
    unit = _owner(unit_slug)
    course = _course(ready, unit)
    holder = unit or course.unit
    for digest, stored in ready.originals.items():
        add_stored(stored, unit=holder, label=ready.labels[digest])
    for film in ready.films:
        keep(film)
    own_uuid = version_uuid(course.uuid, ready.package.digest)
    version = db.session.scalar(select(CourseVersion).where(CourseVersion.uuid == own_uuid))
    is_new = version is None
    if version is None:
        version = _version(ready, course)
    db.session.flush()
    for name in _stored_names(version):
        if not storage().exists(name):
            raise ChangedMeanwhileError(name)
    if is_new:
        lessons = {lesson.uuid for module in ready.modules for lesson in module.lessons}
        published.send(None, version=version, lessons=lessons)
        audit.note("courses.publish", course.uuid, number=version.number)
    return _outcome(version, is_new=is_new, advice=advice)


def _course(ready: Ready, unit: Unit | None) -> Course:
    """The course's row, made if it is new; another course must not have its slug."""
    source = ready.course
    course = db.session.scalar(select(Course).where(Course.uuid == source.uuid))
    same_slug = db.session.scalar(select(Course).where(Course.slug == source.slug))
    if same_slug is not None and same_slug is not course:
        raise PackageRefusedError([
            Problem(
                "course.toml", 0, "slug",
                _("Another course here is called %(slug)s.", slug=source.slug),
                _("Give this one its own slug, or the id of the other: %(id)s.", id=same_slug.uuid),
            )
        ])
    if course is None:
        course = Course(
            uuid=source.uuid, slug=source.slug, is_open=source.is_open,
            is_for_clients=Audience.CLIENT in source.audience,
        )
        db.session.add(course)
    if unit is not None:
        course.unit = unit
    db.session.flush()
    return course


def _version(ready: Ready, course: Course) -> CourseVersion:
    source, digest = ready.course, ready.package.digest
    course.slug, course.is_open = source.slug, source.is_open
    course.is_for_clients = Audience.CLIENT in source.audience
    latest = select(func.max(CourseVersion.number)).where(CourseVersion.course_id == course.id)
    number = (db.session.scalar(latest) or 0) + 1
    document = VersionDocument(
        slug=source.slug, course=course.uuid, version=version_uuid(course.uuid, digest),
        number=number, title=source.title, summary=source.summary, audience=source.audience,
        is_open=source.is_open, modules=ready.modules,
        languages={tag: LanguageOfCourse(state=state) for tag, state in source.languages.items()},
    )
    version = CourseVersion(
        uuid=document.version, course=course, number=number, digest=digest,
        document=document.model_dump(mode="json"),
    )
    db.session.add(version)
    db.session.flush()
    _note_lessons(document, course)
    for path, file in ready.package.files.items():
        db.session.add(
            CourseFile(
                version_id=version.id, path=path, digest=file.digest, size_bytes=file.size_bytes,
                is_original=path in ready.video_paths,
            )
        )
    shown = {f"files/{name}" for lesson in document.lessons() for name in lesson.files}
    shown |= {f"originals/{name}" for lesson in document.lessons() for name in lesson.originals}
    db.session.add_all(VersionContent(version_id=version.id, name=name) for name in shown)
    return version


def _note_lessons(document: VersionDocument, course: Course) -> None:
    known = set(db.session.scalars(select(Lesson.uuid).where(Lesson.course_id == course.id)))
    for lesson in document.lessons():
        if lesson.uuid not in known:
            db.session.add(
                Lesson(uuid=lesson.uuid, course=course, slug=lesson.slug, short=lesson.short)
            )
