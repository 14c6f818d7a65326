"""Courses, their published versions, and the lessons that live through all versions."""

from __future__ import annotations

import uuid as uuids
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Select, String, UniqueConstraint, or_, select
from sqlalchemy.orm import Mapped, aliased, mapped_column, relationship

from lms.core import clock
from lms.core.db import JsonText, UtcDateTime, UuidBytes, db
from lms.people.models import Person, RoleHeld, Unit
from lms.people.roles import STAFF, Role


class Course(db.Model):
    """A course as its latest version has it; `unit_id` empty: the whole installation owns it."""

    __tablename__ = "courses"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[uuids.UUID] = mapped_column(UuidBytes, unique=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    is_open: Mapped[bool]
    is_for_clients: Mapped[bool]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    unit: Mapped[Unit | None] = relationship()

    @classmethod
    def visible_to(cls, person: Person | None) -> Select[Course]:
        """Courses that a person may look at, by slug; None is a stranger.

        Open ones anybody; the others who has a role in the owner's part of the tree: staff all of
        them (those who stand above the owner too), a learner those that are for clients.
        """
        found = select(cls).order_by(cls.slug)
        if person is None or not person.is_authenticated:
            return found.where(cls.is_open)
        above = aliased(Unit)
        owner = select(above.path).where(above.id == cls.unit_id).correlate(cls).scalar_subquery()
        held = (
            select(RoleHeld.id)
            .join(Unit, Unit.id == RoleHeld.unit_id)
            .where(RoleHeld.person_id == person.id, RoleHeld.is_valid())
            .correlate(cls)
        )
        # Paths hold digits and slashes only, so LIKE needs no escaping.
        is_below = or_(cls.unit_id.is_(None), Unit.path.like(owner + "%"))
        learns = held.where(RoleHeld.role == Role.LEARNER, is_below, cls.is_for_clients)
        works = held.where(RoleHeld.role.in_(STAFF), or_(is_below, owner.like(Unit.path + "%")))
        return found.where(or_(cls.is_open, learns.exists(), works.exists()))


class CourseVersion(db.Model):
    """One published version, for ever as it is; `document` is a VersionDocument as JSON."""

    __tablename__ = "course_versions"
    __table_args__ = (UniqueConstraint("course_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[uuids.UUID] = mapped_column(UuidBytes, unique=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    number: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    document: Mapped[Any] = mapped_column(JsonText, deferred=True)
    published_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    course: Mapped[Course] = relationship()


class Lesson(db.Model):
    """A lesson's identity through all versions; `short` stands in learners' addresses."""

    __tablename__ = "lessons"
    __table_args__ = (UniqueConstraint("course_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[uuids.UUID] = mapped_column(UuidBytes, unique=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    slug: Mapped[str] = mapped_column(String(60))
    short: Mapped[str] = mapped_column(String(8), unique=True)

    course: Mapped[Course] = relationship()


class CourseFile(db.Model):
    """A file of the folder that a version was made from, so that it can be given back.

    Its bytes lie in the storage as `originals/<digest>` for a video, else `sources/<digest>`.
    """

    __tablename__ = "course_files"

    version_id: Mapped[int] = mapped_column(ForeignKey("course_versions.id"), primary_key=True)
    path: Mapped[str] = mapped_column(String(200), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), index=True)
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    is_original: Mapped[bool] = mapped_column(default=False)

    @property
    def storage_name(self) -> str:
        """The file's name in the storage."""
        return f"{'originals' if self.is_original else 'sources'}/{self.digest}"


class VersionContent(db.Model):
    """What a version shows: `files/<digest>.<ending>` or `originals/<digest>`.

    Who may look at the course may read it.
    """

    __tablename__ = "version_contents"

    version_id: Mapped[int] = mapped_column(ForeignKey("course_versions.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(80), primary_key=True, index=True)


class Film(db.Model):
    """A storyboard's film in one language, so that the same scenes are rendered once.

    `key` is a digest of everything that goes into it. `captions` is "<digest>.vtt".
    """

    __tablename__ = "films"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    original: Mapped[str] = mapped_column(String(64))
    duration_seconds: Mapped[float]
    scene_starts: Mapped[Any] = mapped_column(JsonText)
    captions: Mapped[str] = mapped_column(String(80))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
