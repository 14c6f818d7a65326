"""Who is behind a group's link: the one read of the sign-in pages, which must be cheap.

A whole meeting opens these pages at the same minute. The statements are built once, in Core, and
bring all that the pages show; nothing else is read.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, or_, select

from lms.core import clock
from lms.core.db import UtcDateTime, db
from lms.core.ids import short_id
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


def _read(
    statement: Select[int, UUID, str, str | None, PinKind | None], **values: int | str
) -> list[Member]:
    rows = db.session.connection().execute(statement, {"now": clock.now(), **values})
    return [Member(*row[:4], row[4] or PinKind.DIGITS) for row in rows]
