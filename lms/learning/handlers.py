"""What learning does when statements came in or a course was published."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from lms.core.db import db
from lms.core.jobs import JobContext, enqueue, job
from lms.courses import signals as courses
from lms.courses.models import CourseVersion
from lms.learning.models import LessonProgress
from lms.learning.progressing import Pair, alone_with_versions, recompute
from lms.records import signals as records

AT_ONCE = 200  # pairs in one transaction, so that others get in


@records.received.connect
def statements_came(_sender: Any, *, pairs: set[Pair]) -> None:
    """Compute the touched pairs, in the transaction that took the statements in."""
    ordered = sorted(pairs)
    for begin in range(0, len(ordered), AT_ONCE):
        recompute(set(ordered[begin : begin + AT_ONCE]))


@courses.published.connect
def version_published(_sender: Any, *, version: CourseVersion, lessons: set[UUID]) -> None:
    """Compute everybody who did something in its lessons: few at once, many by a job."""
    alone_with_versions()
    waiting = LessonProgress.lesson_uuid.in_(lessons)
    if (db.session.scalar(select(func.count()).where(waiting)) or 0) <= AT_ONCE:
        recompute(_pairs(waiting))
    else:
        enqueue("learning.refresh", str(version.uuid), payload=sorted(map(str, lessons)))


@job("learning.refresh")
def refresh(context: JobContext) -> None:
    """Compute a new version's lessons for all, lesson by lesson and person by person.

    Doing it twice does no harm, so a job that was killed begins again.
    """
    for lesson in context.payload:
        after: list[Any] = []
        while True:
            with context.committing():
                pairs = _pairs(LessonProgress.lesson_uuid == UUID(lesson), *after)
                recompute(pairs)
            if not pairs:
                break
            after = [LessonProgress.person_uuid > max(person for person, _ in pairs)]


def _pairs(*conditions: Any) -> set[Pair]:
    rows = db.session.execute(
        select(LessonProgress.person_uuid, LessonProgress.lesson_uuid)
        .where(*conditions).order_by(LessonProgress.person_uuid).limit(AT_ONCE)
    )
    return {(person, lesson) for person, lesson in rows}
