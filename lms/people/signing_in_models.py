"""The rows that signing in needs: logins, sign-ins, paired browsers, group links, throttles."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core import clock
from lms.core.db import UtcDateTime, db
from lms.core.words import words
from lms.people.limits import ThrottleKind
from lms.people.models import Person, Unit
from lms.people.pins import PinKind


class PasswordLogin(db.Model):
    """How a member of the staff signs in. `username` is kept casefolded and stripped."""

    __tablename__ = "password_logins"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    username: Mapped[str] = mapped_column(String(80), unique=True)
    hash: Mapped[str] = mapped_column(String(200))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)


class PinLogin(db.Model):
    """A learner's PIN; `hash` is empty until she has chosen one before her facilitator."""

    __tablename__ = "pin_logins"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    kind: Mapped[PinKind] = mapped_column(words(PinKind), default=PinKind.DIGITS)
    hash: Mapped[str | None] = mapped_column(String(200))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)


class Way(StrEnum):
    """How somebody signed in; it decides how long she may be idle."""

    PASSWORD = "password"  # noqa: S105  # the word for the way, no secret
    PIN = "pin"


class SignIn(db.Model):
    """One browser where one person is signed in; the cookie's token is kept as SHA-256 only."""

    __tablename__ = "sign_ins"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_digest: Mapped[bytes] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    way: Mapped[Way] = mapped_column(words(Way))
    began_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now, index=True)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    person: Mapped[Person] = relationship()


class Pairing(db.Model):
    """A browser that a facilitator paired: it may show who is in up to three groups."""

    __tablename__ = "pairings"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_digest: Mapped[bytes] = mapped_column(unique=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PairedGroup(db.Model):
    """A group that a paired browser shows; the newest three are shown."""

    __tablename__ = "paired_groups"

    id: Mapped[int] = mapped_column(primary_key=True)
    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairings.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    paired_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    __table_args__ = (UniqueConstraint("pairing_id", "unit_id"),)


class GroupLink(db.Model):
    """The group's own address. It finds the place and never signs in, so it is kept readable."""

    __tablename__ = "group_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    token: Mapped[str] = mapped_column(String(40), unique=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    unit: Mapped[Unit] = relationship()


class Throttle(db.Model):
    """One reserved comparison of a PIN or password; a right one gives its slot back.

    `key` is a SHA-256 (of the person's uuid, the pairing's token or the address), so that the
    table names nobody and a row about an unknown username looks like any other.
    """

    __tablename__ = "throttles"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ThrottleKind] = mapped_column(words(ThrottleKind))
    key: Mapped[bytes] = mapped_column()
    reserved_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)

    __table_args__ = (Index("ix_throttle_kind_key_reserved_at", "kind", "key", "reserved_at"),)
