"""Throwing all progress away and computing it again from the statements; the same comes out."""

from collections.abc import Callable

from sqlalchemy import delete, select

from lms.core.db import committing, db
from lms.learning.handlers import AT_ONCE
from lms.learning.models import Completion, Enrolment, LessonProgress
from lms.learning.progressing import Pair, recompute
from lms.quizzes.models import Attempt
from lms.records.touching import all_pairs


def rebuild(told: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Rebuild everything in small transactions and say how many pairs were computed.

    Each pair's rows are overwritten whole, so pages show either the old or the new and never
    nothing. `told(done, total)` is called after each transaction.
    """
    with committing():
        ordered = sorted(all_pairs() | _kept_pairs())
        _forget_courses_without_progress()
    for begin in range(0, len(ordered), AT_ONCE):
        with committing():
            recompute(set(ordered[begin : begin + AT_ONCE]))
        told(min(begin + AT_ONCE, len(ordered)), len(ordered))
    return len(ordered)


def _kept_pairs() -> set[Pair]:
    """Pairs that rows speak of now; what no statement bears out goes when it is computed."""
    return {
        (person, lesson)
        for table in (LessonProgress, Attempt)
        for person, lesson in db.session.execute(select(table.person_uuid, table.lesson_uuid))
    }


def _forget_courses_without_progress() -> None:
    for model in (Enrolment, Completion):
        has_progress = (
            select(LessonProgress.person_uuid)
            .where(
                LessonProgress.person_uuid == model.person_uuid,
                LessonProgress.course_uuid == model.course_uuid,
            )
            .exists()
        )
        db.session.execute(delete(model).where(~has_progress))
