"""What each person reached, as it was last computed: every row can be thrown away and rebuilt.

Rows name people and lessons by their uuids only: a statement may come before its course, and
what an erased person did stays as a count that leads to nobody.
"""

from __future__ import annotations

import uuid as uuids
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import JsonText, UtcDateTime, UuidBytes, db
from lms.core.words import words
from lms.records.timing import Certainty

REGISTRATIONS = uuids.UUID("5f0c7d52-6f0e-5b0c-9a53-0f2f6f1f6c11")


class HowCertain(StrEnum):
    """How well a moment is known, as words in the database."""

    EXACT = "exact"
    ESTIMATED = "estimated"
    UNKNOWN = "unknown"

    @classmethod
    def of(cls, certainty: Certainty) -> HowCertain:
        """The word for what the fold found."""
        return cls(certainty.name)


class LessonProgress(db.Model):
    """One person in one lesson. `course_uuid` is empty while the lesson's course is unknown here.

    `seen` is {original's digest: [[from, to), ...]} in whole seconds; `completed_by` names the
    alternative that was fulfilled first, as "watched+answered" or "took_part".
    """

    __tablename__ = "lesson_progress"

    person_uuid: Mapped[uuids.UUID] = mapped_column(UuidBytes, primary_key=True)
    lesson_uuid: Mapped[uuids.UUID] = mapped_column(UuidBytes, primary_key=True)
    course_uuid: Mapped[uuids.UUID | None] = mapped_column(UuidBytes)
    seen: Mapped[dict[str, list[list[int]]]] = mapped_column(JsonText)
    seconds_seen: Mapped[int]
    is_watched: Mapped[bool]
    is_answered: Mapped[bool]
    took_part: Mapped[bool]
    began_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    completed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    completed_certainty: Mapped[HowCertain | None] = mapped_column(words(HowCertain))
    completed_by: Mapped[str | None]

    __table_args__ = (
        Index("ix_lesson_progress_lesson", "lesson_uuid", "person_uuid"),
        Index("ix_lesson_progress_course", "person_uuid", "course_uuid"),
    )


class Enrolment(db.Model):
    """A person is in a course since her first statement there; its uuid is xAPI's registration."""

    __tablename__ = "enrolments"

    person_uuid: Mapped[uuids.UUID] = mapped_column(UuidBytes, primary_key=True)
    course_uuid: Mapped[uuids.UUID] = mapped_column(UuidBytes, primary_key=True, index=True)
    uuid: Mapped[uuids.UUID] = mapped_column(UuidBytes, unique=True)
    began_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @staticmethod
    def uuid_of(person: uuids.UUID, course: uuids.UUID) -> uuids.UUID:
        """The same on every machine, whichever hears of it first."""
        return uuids.uuid5(REGISTRATIONS, f"{person} {course}")


class Completion(db.Model):
    """A person completed every lesson of one published version, the one completed first."""

    __tablename__ = "completions"

    person_uuid: Mapped[uuids.UUID] = mapped_column(UuidBytes, primary_key=True)
    course_uuid: Mapped[uuids.UUID] = mapped_column(UuidBytes, primary_key=True, index=True)
    version_uuid: Mapped[uuids.UUID] = mapped_column(UuidBytes)
    completed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    completed_certainty: Mapped[HowCertain] = mapped_column(words(HowCertain))
