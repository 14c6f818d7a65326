"""Reads who may speak for whom: device uses, withdrawn devices, known people, roles held then."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from lms.core import clock
from lms.core.db import db
from lms.people.models import Device, DeviceKind, Person, Tombstone
from lms.people.role_history import RoleBook, role_book
from lms.people.roles import Role
from lms.records.models import DeviceUse
from lms.records.validity import Evidence, HoldsRole, Vouching
from lms.records.vocabulary import CORRECTIONS, Verb


def vouching_for(statements: Collection[Evidence]) -> Vouching:
    """All that `valid` must know about these statements, in a handful of queries."""
    devices: set[UUID] = set()
    units: set[UUID] = set()
    people: set[UUID | None] = set()
    roles_of: set[UUID | None] = set()
    for each in statements:
        devices.add(each.device)
        people |= {each.actor, each.witness, each.target}
        if each.group is not None:
            units.add(each.group)
        if each.witness is not None or each.is_group or each.verb in CORRECTIONS:
            roles_of |= {each.actor, each.witness, each.target}
    if any(each.verb is Verb.reassigned for each in statements):
        roles_of |= {each.actor for each in statements}
    named = people - {None}
    trusted: set[UUID] = set()
    withdrawn: dict[UUID, int] = {}
    for uuid, kind, ended in db.session.execute(
        select(Device.uuid, Device.kind, Device.withdrawn_at).where(Device.uuid.in_(devices))
    ):
        if kind == DeviceKind.CENTRE:
            trusted.add(uuid)
        if ended is not None:
            withdrawn[uuid] = clock.to_ms(ended)
    judged = {each for each in roles_of if each is not None}
    uses = db.session.execute(
        select(Device.uuid, DeviceUse.person)
        .join(Device, Device.id == DeviceUse.device_id).where(Device.uuid.in_(devices))
    )
    return Vouching(
        holds_role=_holds(role_book(judged, units)) if units else _nobody,
        uses=frozenset((device, person) for device, person in uses),
        trusted=frozenset(trusted),
        withdrawn=withdrawn,
        people=frozenset(db.session.scalars(select(Person.uuid).where(Person.uuid.in_(named)))),
        erased=frozenset(
            db.session.scalars(select(Tombstone.uuid).where(Tombstone.uuid.in_(named)))
        ),
    )


def _holds(book: RoleBook) -> HoldsRole:
    def holds(person: UUID, role: str, unit: UUID, at_ms: int) -> bool:
        return book.held(person, (Role(role),), unit, clock.from_ms(at_ms))

    return holds


def _nobody(person: UUID, role: str, unit: UUID, at_ms: int) -> bool:
    return False
