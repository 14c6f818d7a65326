"""Reads for the staff's pages; everything about a place or a person goes through `visible_to`."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Row, func, select

from lms.core.db import db
from lms.people.models import Person, RoleHeld, Unit
from lms.people.roles import ACTS_FOR_GROUP, STAFF, Role, UnitKind
from lms.people.signing_in_models import GroupLink, PasswordLogin, PinLogin

MOST = 500  # people shown on one page; a group has about thirty


@dataclass(frozen=True)
class Place:
    """A unit where somebody is staff, and as what."""

    unit: Unit
    roles: list[Role]


@dataclass(frozen=True)
class Child:
    """A unit below another, and how many learners are in it now."""

    unit: Unit
    learners: int


@dataclass(frozen=True)
class Present:
    """Somebody at a unit: her roles there, and whether she has a PIN."""

    person: Person
    roles: list[Role]
    has_pin: bool


@dataclass(frozen=True)
class Resettable:
    """A learner whose PIN may be reset, and the group for which that is done."""

    person: Person
    group: Unit


def login_of(username: str) -> Row[int, UUID, str] | None:
    """person_id, uuid and hash of this username."""
    return db.session.execute(
        select(PasswordLogin.person_id, Person.uuid, PasswordLogin.hash)
        .join(Person, Person.id == PasswordLogin.person_id)
        .where(PasswordLogin.username == username)
    ).one_or_none()


def places_of(person: Person) -> list[Place]:
    """Where the person is staff, the widest first."""
    places: dict[int, Place] = {}
    for role, unit in person.roles_now():
        if role in STAFF:
            places.setdefault(unit.id, Place(unit, [])).roles.append(role)
    return list(places.values())


def unit_at(slug: str, person: Person) -> Unit | None:
    """The unit of this slug if the person may know of it."""
    return db.session.scalar(Unit.visible_to(person).where(Unit.slug == slug))


def above(unit: Unit, person: Person) -> list[Unit]:
    """The units over this one that the person may know of, the widest first."""
    ids = [int(part) for part in unit.path.strip("/").split("/")][:-1]
    seen = Unit.visible_to(person).where(Unit.id.in_(ids)).order_by(Unit.path)
    return list(db.session.scalars(seen))


def children(unit: Unit, person: Person) -> list[Child]:
    """What stands directly under the unit, by name, with how many learners each has."""
    below = list(
        db.session.scalars(
            Unit.visible_to(person).where(Unit.parent_id == unit.id).order_by(Unit.name)
        )
    )
    return [Child(each, _learners_in(each)) for each in below]


def people_at(unit: Unit, person: Person) -> list[Present]:
    """Who holds a role at this very unit now and may be known, learners in their order."""
    visible = Person.visible_to(person).subquery()
    rows = db.session.execute(
        select(Person, RoleHeld.role, PinLogin.hash)
        .join(visible, visible.c.id == Person.id)
        .join(RoleHeld, RoleHeld.person_id == Person.id)
        .outerjoin(PinLogin, PinLogin.person_id == Person.id)
        .where(RoleHeld.unit_id == unit.id, RoleHeld.is_valid())
        .order_by(RoleHeld.began_at, RoleHeld.id)
        .limit(MOST)
    )
    found: dict[int, Present] = {}
    for someone, role, pin_hash in rows:
        present = found.setdefault(someone.id, Present(someone, [], pin_hash is not None))
        present.roles.append(role)
    return list(found.values())


def token_of(group: Unit) -> str | None:
    """The token of the group's living link."""
    return db.session.scalar(
        select(GroupLink.token).where(GroupLink.unit_id == group.id, GroupLink.ended_at.is_(None))
    )


def resettable(uuid: UUID, staff: Person) -> Resettable | None:
    """The learner of this uuid if the staff member acts for one of her groups now."""
    someone = db.session.scalar(Person.visible_to(staff).where(Person.uuid == uuid))
    # A PIN would carry her staff roles: staff sign in by password only, their lessons included.
    if someone is None or someone.id == staff.id or someone.is_staff:
        return None
    for role, unit in someone.roles_now():
        is_hers = role is Role.LEARNER and unit.kind is UnitKind.GROUP
        if is_hers and staff.has_role(ACTS_FOR_GROUP, unit):
            return Resettable(someone, unit)
    return None


def _learners_in(unit: Unit) -> int:
    return db.session.scalar(
        select(func.count(RoleHeld.person_id.distinct()))
        .join(Unit, Unit.id == RoleHeld.unit_id)
        .where(
            Unit.path.like(unit.path + "%"), RoleHeld.role == Role.LEARNER, RoleHeld.is_valid()
        )
    ) or 0  # fmt: skip
