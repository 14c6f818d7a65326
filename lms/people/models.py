"""Who is in the house: units, people, the roles they hold, devices, and who was erased.

The rows that signing in needs stand in `signing_in_models.py` and are imported here, so that
importing this module makes every table of the feature known.
"""

from __future__ import annotations

import uuid as uuids
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, String, and_, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core import clock
from lms.core.db import UtcDateTime, UuidBytes, db
from lms.core.words import words
from lms.people.roles import SEES_PEOPLE, SEES_UNITS, STAFF, Role, UnitKind


class Unit(db.Model):
    """A place in the one tree. `path` is the ids from the root to itself, as "/1/4/9/"."""

    __tablename__ = "units"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[uuids.UUID] = mapped_column(UuidBytes, unique=True, default=uuids.uuid4)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[UnitKind] = mapped_column(words(UnitKind))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    path: Mapped[str] = mapped_column(String(120), unique=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    parent: Mapped[Unit | None] = relationship(remote_side="Unit.id")

    def is_within(self, other: Unit) -> bool:
        """Whether this unit is the other one or stands below it."""
        return self.path.startswith(other.path)

    @classmethod
    def visible_to(cls, person: Person | None) -> Select[Unit]:
        """Units that a person may know of: where she is staff and below; else her own groups."""
        if person is None or not person.is_authenticated:
            return select(cls).where(cls.id.in_(()))
        above = _held_paths(person, SEES_UNITS)
        own = select(RoleHeld.unit_id).where(
            RoleHeld.person_id == person.id, RoleHeld.role == Role.LEARNER, RoleHeld.is_valid()
        )
        return select(cls).where(
            or_(
                select(above.c.path).where(_starts(cls.path, above.c.path)).exists(),
                cls.id.in_(own),
            )
        )


class Person(db.Model):
    """Somebody. Her uuid is random and says nothing of her; her name stays on this row only."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[uuids.UUID] = mapped_column(UuidBytes, unique=True, default=uuids.uuid4)
    name: Mapped[str] = mapped_column(String(120))
    symbol: Mapped[str | None] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(20), default="es")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    # What Flask-Login asks of a signed-in user. A person row is always a real one.
    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """The uuid as text, for Flask-Login."""
        return str(self.uuid)

    def roles_now(self) -> list[tuple[Role, Unit]]:
        """The roles she holds at this moment with their units."""
        rows = db.session.execute(
            select(RoleHeld.role, Unit)
            .join(Unit, Unit.id == RoleHeld.unit_id)
            .where(RoleHeld.person_id == self.id, RoleHeld.is_valid())
            .order_by(Unit.path, RoleHeld.id)
        )
        return [(role, unit) for role, unit in rows]

    def has_role(self, role: Role | Iterable[Role], unit: Unit | None = None) -> bool:
        """Whether she holds one of the roles now: at the unit or above it, or anywhere (None)."""
        roles = {role} if isinstance(role, Role) else set(role)
        return any(
            held in roles and (unit is None or unit.is_within(at)) for held, at in self.roles_now()
        )

    @property
    def is_staff(self) -> bool:
        """Whether she holds any role besides learner now."""
        return self.has_role(STAFF)

    @classmethod
    def visible_to(cls, person: Person | None) -> Select[Person]:
        """People whom a person may know of: herself, and those with a role in her units."""
        if person is None or not person.is_authenticated:
            return select(cls).where(cls.id.in_(()))
        above = _held_paths(person, SEES_PEOPLE)
        theirs = (
            select(RoleHeld.person_id)
            .join(Unit, Unit.id == RoleHeld.unit_id)
            .where(
                RoleHeld.is_valid(),
                select(above.c.path).where(_starts(Unit.path, above.c.path)).exists(),
            )
        )
        return select(cls).where(or_(cls.id == person.id, cls.id.in_(theirs)))


class RoleHeld(db.Model):
    """A role from one moment until another (open: still held), kept as history.

    A witness is judged by the role she held then, so a staff role outlives the erased person:
    her name is gone and `person_id` is empty, and only the random uuid remains.
    """

    __tablename__ = "roles_held"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    person_uuid: Mapped[uuids.UUID] = mapped_column(UuidBytes, index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    role: Mapped[Role] = mapped_column(words(Role))
    began_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    unit: Mapped[Unit] = relationship()

    __table_args__ = (
        Index("ix_role_held_unit_role", "unit_id", "role"),
        CheckConstraint("ended_at is null or ended_at >= began_at", name="ends_after_it_began"),
    )

    @classmethod
    def is_valid(cls, at: datetime | None = None):  # type: ignore[no-untyped-def]  # a SQL expression
        """SQL: the role is held at the moment (default: now)."""
        moment = at or clock.now()
        return and_(cls.began_at <= moment, or_(cls.ended_at.is_(None), cls.ended_at > moment))


class DeviceKind(StrEnum):
    """What kind of machine writes statements."""

    BROWSER = "browser"
    CENTRE = "centre"
    HUB = "hub"


class Device(db.Model):
    """A writer of statements: a browser, this centre, a hub. It knows no person.

    A browser proves itself by a secret (kept as SHA-256) until it has a key of its own.
    `clock_offset_ms` is the smallest (receipt - the device's now) over all its deliveries.
    """

    __tablename__ = "devices"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[uuids.UUID] = mapped_column(UuidBytes, unique=True)
    kind: Mapped[DeviceKind] = mapped_column(words(DeviceKind), default=DeviceKind.BROWSER)
    secret_digest: Mapped[bytes | None] = mapped_column()
    public_key: Mapped[bytes | None] = mapped_column()
    clock_offset_ms: Mapped[int | None] = mapped_column(db.BigInteger)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Tombstone(db.Model):
    """A person was erased; whatever still arrives about this uuid is dropped."""

    __tablename__ = "tombstones"

    uuid: Mapped[uuids.UUID] = mapped_column(UuidBytes, primary_key=True)
    erased_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)


def _held_paths(person: Person, roles: Iterable[Role]):  # type: ignore[no-untyped-def]  # a subquery
    """Subquery `path`: the units where the person holds one of the roles now."""
    return (
        select(Unit.path)
        .join(RoleHeld, RoleHeld.unit_id == Unit.id)
        .where(RoleHeld.person_id == person.id, RoleHeld.role.in_(roles), RoleHeld.is_valid())
        .subquery()
    )


def _starts(path, above):  # type: ignore[no-untyped-def]  # SQL expressions
    """SQL: the path begins with the other; paths hold digits and slashes only, so LIKE is safe."""
    return path.like(above + "%")


from lms.people import signing_in_models  # noqa: E402, F401  # its tables name these
