"""Reads for pages: which courses a person has, their versions, and a lesson by its short id."""

from uuid import UUID

from flask import current_app
from sqlalchemy import select

from lms.core.db import db
from lms.courses.document import VersionDocument
from lms.courses.models import Course, CourseVersion, Lesson
from lms.people.models import Person

_MOST_KEPT = 128


def courses_for(person: Person | None) -> list[Course]:
    """All courses that she may look at, by slug."""
    return list(db.session.scalars(Course.visible_to(person)))


def course_by_slug(person: Person | None, slug: str) -> Course | None:
    """One of them."""
    return db.session.scalars(Course.visible_to(person).where(Course.slug == slug)).one_or_none()


def lesson_by_short(person: Person | None, short: str) -> Lesson | None:
    """The lesson with this short id, if she may look at its course."""
    visible = Course.visible_to(person).order_by(None).with_only_columns(Course.id)
    return db.session.scalar(
        select(Lesson).where(Lesson.short == short, Lesson.course_id.in_(visible))
    )


def latest_version(course: Course) -> CourseVersion:
    """The version that is shown now; a course has one from its first moment on."""
    return db.session.scalars(
        select(CourseVersion)
        .where(CourseVersion.course_id == course.id)
        .order_by(CourseVersion.number.desc()).limit(1)
    ).one()


def version_by_number(course: Course, number: int) -> CourseVersion | None:
    """One version of the course."""
    return db.session.scalar(
        select(CourseVersion).where(
            CourseVersion.course_id == course.id, CourseVersion.number == number
        )
    )


def versions_of(course: Course) -> list[CourseVersion]:
    """Every version that was published, first to latest."""
    return list(
        db.session.scalars(
            select(CourseVersion)
            .where(CourseVersion.course_id == course.id).order_by(CourseVersion.number)
        )
    )


def versions_of_lesson(lesson_uuid: UUID) -> list[CourseVersion]:
    """Every published version of the lesson's course, whoever asks (the fold asks for nobody)."""
    return list(
        db.session.scalars(
            select(CourseVersion)
            .join(Lesson, Lesson.course_id == CourseVersion.course_id)
            .where(Lesson.uuid == lesson_uuid).order_by(CourseVersion.number)
        )
    )


def document_of(version: CourseVersion) -> VersionDocument:
    """The version's document. It never changes, so each process reads it once and keeps it."""
    kept: dict[UUID, VersionDocument] = current_app.extensions["yachay.courses.documents"]
    document = kept.get(version.uuid)
    if document is None:
        document = VersionDocument.model_validate(version.document)
        while len(kept) >= _MOST_KEPT:
            kept.pop(next(iter(kept)), None)
        kept[version.uuid] = document
    return document
