"""Reads for pages and for the floors above: groups, members, who helps whom."""

from collections.abc import Iterable

from sqlalchemy import select

from lms.core.db import db
from lms.people.models import Person, RoleHeld, Unit
from lms.people.roles import STAFF, Role, UnitKind
from lms.people.signing_in_models import GroupLink, PinLogin


def units_held(person: Person, roles: Iterable[Role]) -> list[Unit]:
    """The units where the person holds one of the roles now, the widest first."""
    return list(
        db.session.scalars(
            select(Unit)
            .where(
                Unit.id.in_(
                    select(RoleHeld.unit_id).where(
                        RoleHeld.person_id == person.id,
                        RoleHeld.role.in_(list(roles)),
                        RoleHeld.is_valid(),
                    )
                )
            )
            .order_by(Unit.path)
        )
    )


def groups_of(person: Person) -> list[Unit]:
    """The groups where the person is a learner now."""
    return [u for u in units_held(person, [Role.LEARNER]) if u.kind is UnitKind.GROUP]


def group_of_link(token: str) -> int | None:
    """The id of the group that this link leads to, while the link lives."""
    return db.session.scalar(
        select(GroupLink.unit_id).where(GroupLink.token == token, GroupLink.ended_at.is_(None))
    )


def pin_of(person_id: int) -> str | None:
    """The hash of a learner's PIN; None when she has set none, or is staff by now.

    Staff sign in by password: four digits must not open what an admin may do.
    """
    is_staff = (
        select(RoleHeld.id)
        .where(RoleHeld.person_id == person_id, RoleHeld.role.in_(STAFF), RoleHeld.is_valid())
        .exists()
    )
    return db.session.scalar(
        select(PinLogin.hash).where(PinLogin.person_id == person_id, ~is_staff)
    )


def facilitator_of(person: Person) -> Person | None:
    """Who helps a learner: the facilitator of her first group, else of a unit above it."""
    for group in groups_of(person):
        ids = [int(part) for part in group.path.strip("/").split("/")]
        found = db.session.scalars(
            select(Person)
            .join(RoleHeld, RoleHeld.person_id == Person.id)
            .join(Unit, Unit.id == RoleHeld.unit_id)
            .where(Unit.id.in_(ids), RoleHeld.role == Role.FACILITATOR, RoleHeld.is_valid())
            .order_by(Unit.path.desc(), RoleHeld.id)
        ).first()
        if found is not None:
            return found
    return None
