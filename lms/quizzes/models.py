"""Attempts, as `learning` last computed them: a projection that can be thrown away and rebuilt."""

from __future__ import annotations

import uuid as uuids
from datetime import datetime

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import JsonText, UtcDateTime, UuidBytes, db


class Attempt(db.Model):
    """One try at a quiz. `uuid` is made on a device, so it names an attempt only with its person.

    `quiz_digest` and the marks are empty while the version that was answered is unknown here.
    `right` counts the questions that count as right; `right_at_once` those answered right first;
    `needed` is how many must be right to pass.
    """

    __tablename__ = "attempts"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[uuids.UUID] = mapped_column(UuidBytes)
    person_uuid: Mapped[uuids.UUID] = mapped_column(UuidBytes)
    lesson_uuid: Mapped[uuids.UUID] = mapped_column(UuidBytes)
    version_uuid: Mapped[uuids.UUID] = mapped_column(UuidBytes)
    quiz_digest: Mapped[str | None]
    seed: Mapped[int] = mapped_column(BigInteger)
    number: Mapped[int | None]
    is_over: Mapped[bool] = mapped_column(default=False)
    asked: Mapped[int | None]
    right: Mapped[int | None]
    right_at_once: Mapped[int | None]
    needed: Mapped[int | None]
    answered_keys: Mapped[list[str]] = mapped_column(JsonText)
    right_keys: Mapped[list[str]] = mapped_column(JsonText)
    is_passed: Mapped[bool] = mapped_column(default=False)
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("person_uuid", "lesson_uuid", "uuid", "version_uuid"),
        Index("ix_attempts_lesson", "lesson_uuid"),
    )
