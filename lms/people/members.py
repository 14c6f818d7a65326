"""Who is behind a group's link: the one read of the sign-in pages, which must be cheap.

A whole meeting opens these pages at the same minute. The statements are built once, in Core, and
bring all that the pages show; nothing else is read.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from flask import Flask, current_app
from sqlalchemy import ColumnElement, Select, and_, bindparam, or_, select

from lms.core import clock
from lms.core.db import UtcDateTime, db
from lms.core.ids import short_id
from lms.core.writes import writes
from lms.people.models import Person, RoleHeld
from lms.people.pins import PinKind
from lms.people.roles import Role
from lms.people.signing_in_models import GroupLink, PinLogin


@dataclass(frozen=True)
class Member:
    """A learner of a group as the sign-in pages show her; frozen, so that pages can be kept."""

    id: int
    uuid: UUID
    name: str
    symbol: str | None
    kind: PinKind

    @property
    def short(self) -> str:
        """Her neutral id in the address."""
        return short_id(self.uuid)


@dataclass(frozen=True)
class _Shown:
    """Members as they were read, before which write, and when."""

    members: list[Member]
    written: int
    read_at: datetime


_SHOWN = timedelta(seconds=2)
_MOST_SHOWN = 64  # groups
_held, _person, _pin = RoleHeld.__table__.c, Person.__table__.c, PinLogin.__table__.c
_link = GroupLink.__table__.c
_now = bindparam("now", type_=UtcDateTime())
_is_member: ColumnElement[bool] = and_(
    _held.role == Role.LEARNER,
    _held.began_at <= _now,
    or_(_held.ended_at.is_(None), _held.ended_at > _now),
)
_MEMBERS: Select[int, UUID, str, str | None, PinKind | None] = (
    select(_person.id, _person.uuid, _person.name, _person.symbol, _pin.kind)
    .join(RoleHeld.__table__, _held.person_id == _person.id)
    .outerjoin(PinLogin.__table__, _pin.person_id == _person.id)
    .where(_is_member)
    .order_by(_held.began_at, _held.id)
)
_OF_GROUP = _MEMBERS.where(_held.unit_id == bindparam("unit"))
_BEHIND_LINK = _MEMBERS.join(GroupLink.__table__, _link.unit_id == _held.unit_id).where(
    _link.token == bindparam("token"), _link.ended_at.is_(None)
)


def members_of(unit_id: int) -> list[Member]:
    """The learners of a group now, in the order in which they joined."""
    return _read(_OF_GROUP, unit=unit_id)


def members_behind(token: str) -> list[Member]:
    """The same by the group's link; empty when the link leads nowhere or nobody is there."""
    return _read(_BEHIND_LINK, token=token)


def members_shown(token: str) -> list[Member]:
    """As `members_behind`, for pages that only show; signing in never asks this.

    It is read again as soon as anything was written in this process, and after two seconds, since
    another process may have written.
    """
    shelf: dict[str, _Shown] = current_app.extensions["yachay.members_shown"]
    now, written = clock.now(), writes().ended
    shown = shelf.get(token)
    if shown and shown.written == written and timedelta(0) <= now - shown.read_at < _SHOWN:
        return shown.members
    members = members_behind(token)
    if members:  # an address that leads nowhere is not kept: there is no end of those
        shelf[token] = _Shown(members, written, now)
        while len(shelf) > _MOST_SHOWN:
            shelf.pop(next(iter(shelf)), None)
    return members


def init_app(app: Flask) -> None:
    """Give the app its shelf."""
    app.extensions["yachay.members_shown"] = {}


def _read(
    statement: Select[int, UUID, str, str | None, PinKind | None], **values: int | str
) -> list[Member]:
    rows = db.session.connection().execute(statement, {"now": clock.now(), **values})
    return [Member(*row[:4], row[4] or PinKind.DIGITS) for row in rows]
