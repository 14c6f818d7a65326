"""Progress as it is kept in rows, given back in the shape of the fold."""

import uuid as uuids
from datetime import datetime

from sqlalchemy import select

from lms.core import clock
from lms.core.db import db
from lms.learning.fold import FoldedAttempt, Progress
from lms.learning.models import LessonProgress
from lms.quizzes.marking import Result
from lms.quizzes.models import Attempt
from lms.records.timing import Certainty


def progress_of(person: uuids.UUID, lesson: uuids.UUID) -> Progress:
    """What is kept of a person in a lesson; an empty Progress when there is nothing."""
    row = db.session.get(LessonProgress, (person, lesson))
    if row is None:
        return Progress()
    certainty = row.completed_certainty
    return Progress(
        seen={digest: [(begin, end) for begin, end in spans] for digest, spans in row.seen.items()},
        seconds_seen=row.seconds_seen,
        attempts=_attempts(person, lesson),
        is_watched=row.is_watched,
        is_answered=row.is_answered,
        took_part=row.took_part,
        completed_at=(
            (clock.to_ms(row.completed_at), Certainty[certainty.value])
            if row.completed_at and certainty else None
        ),
        completed_by=row.completed_by,
        began_ms=_ms(row.began_at),
        last_ms=_ms(row.last_at),
    )


def _ms(moment: datetime | None) -> int | None:
    return None if moment is None else clock.to_ms(moment)


def _attempts(person: uuids.UUID, lesson: uuids.UUID) -> tuple[FoldedAttempt, ...]:
    rows = db.session.scalars(
        select(Attempt)
        .where(Attempt.person_uuid == person, Attempt.lesson_uuid == lesson)
        .order_by(Attempt.number, Attempt.id)
    )
    return tuple(
        FoldedAttempt(
            uuid=row.uuid, version=row.version_uuid, quiz_digest=row.quiz_digest,
            number=row.number, is_over=row.is_over, result=_result(row),
            began_ms=clock.to_ms(row.began_at),
            ended_ms=_ms(row.ended_at), passed_at=None,
        )
        for row in rows
    )


def _result(row: Attempt) -> Result | None:
    if row.asked is None:
        return None
    return Result(
        asked=row.asked, answered=tuple(row.answered_keys), right=tuple(row.right_keys),
        right_at_once=row.right_at_once or 0, needed=row.needed or 0, is_passed=row.is_passed,
        is_ended=row.ended_at is not None,
    )
