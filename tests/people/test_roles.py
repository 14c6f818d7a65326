"""Who is what, where, and when: roles hold below, begin and end, and decide who sees whom."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from lms.core.db import db
from lms.people import queries, registering, rights
from lms.people.models import Person, RoleHeld, Unit
from lms.people.registering import PeopleError
from lms.people.role_history import role_book
from lms.people.roles import Role, UnitKind


def seen_units(person: Person | None) -> set[str]:
    return {unit.slug for unit in db.session.scalars(Unit.visible_to(person))}


def seen_people(person: Person | None) -> set[str]:
    return {each.name for each in db.session.scalars(Person.visible_to(person))}


def test_a_role_holds_for_all_below(world: Any) -> None:
    assert world.admin.has_role(Role.ADMIN, world.institution)
    assert world.admin.has_role(Role.ADMIN, world.group)
    assert not world.admin.has_role(Role.ADMIN, world.network)
    assert world.facilitator.has_role({Role.FACILITATOR, Role.ADMIN}, world.group)
    assert not world.facilitator.has_role(Role.FACILITATOR, world.other_group)
    assert not world.facilitator.has_role(Role.FACILITATOR, world.branch)
    assert world.facilitator.is_staff
    assert not world.rosa.is_staff


def test_who_sees_which_units(world: Any) -> None:
    everything = {"red-qantu", "sumaq-wasi", "urubamba", "las-retamas", "las-kantutas"}
    assert seen_units(world.manager) == everything
    assert seen_units(world.admin) == everything - {"red-qantu"}
    assert seen_units(world.officer) == {"urubamba", "las-retamas", "las-kantutas"}
    assert seen_units(world.facilitator) == {"las-retamas"}
    assert seen_units(world.rosa) == {"las-retamas"}
    assert seen_units(None) == set()


def test_who_sees_whom(world: Any) -> None:
    learners = {p.name for p in world.learners}
    others = {p.name for p in world.other_learners}
    assert seen_people(world.facilitator) == learners | {world.facilitator.name}
    assert seen_people(world.officer) == learners | others | {
        world.officer.name, world.facilitator.name,
    }  # fmt: skip
    assert world.manager.name not in seen_people(world.admin)
    assert seen_people(world.translator) == {world.translator.name}
    assert seen_people(world.rosa) == {"Rosa"}
    assert seen_people(None) == set()


def test_unit_ids_that_begin_alike_are_not_confused(world: Any) -> None:
    """/1/2/ stands above /1/2/3/ and not above /1/20/."""
    for n in range(20):
        registering.add_unit(f"Otra {n}", UnitKind.BRANCH, world.institution)
    assert seen_units(world.officer) == {"urubamba", "las-retamas", "las-kantutas"}


def test_a_role_ends_and_is_remembered(world: Any, clock: Any) -> None:
    then = clock.moment
    clock.advance(days=1)
    assert registering.end_role(world.facilitator, Role.FACILITATOR, world.group)
    assert not registering.end_role(world.facilitator, Role.FACILITATOR, world.group)
    assert not world.facilitator.is_staff
    assert seen_units(world.facilitator) == set()
    book = role_book([world.facilitator.uuid], [world.group.uuid, world.other_group.uuid])
    facilitator, her = [Role.FACILITATOR], world.facilitator.uuid
    assert book.held(her, facilitator, world.group.uuid, then)
    assert book.held(her, facilitator, None, then)
    assert not book.held(her, facilitator, world.group.uuid, clock.moment)
    assert not book.held(her, facilitator, world.group.uuid, then - timedelta(days=3650))
    assert not book.held(her, facilitator, world.other_group.uuid, then)
    assert not book.held(her, [Role.OFFICER], world.group.uuid, then)
    assert not book.held(her, facilitator, uuid4(), then)
    assert not book.held(uuid4(), facilitator, world.group.uuid, then)


def test_the_book_knows_roles_held_above(world: Any, clock: Any) -> None:
    book = role_book([world.officer.uuid, world.admin.uuid])
    assert book.held(world.officer.uuid, [Role.OFFICER], world.group.uuid, clock.moment)
    assert not book.held(world.officer.uuid, [Role.OFFICER], world.institution.uuid, clock.moment)
    assert book.held(world.admin.uuid, [Role.ADMIN], world.group.uuid, clock.moment)


def test_what_an_erased_facilitator_witnessed_keeps_its_witness(world: Any, clock: Any) -> None:
    her, then = world.facilitator.uuid, clock.moment
    clock.advance(hours=1)
    rights.erase(world.facilitator)
    book = role_book([her], [world.group.uuid])
    assert book.held(her, [Role.FACILITATOR], world.group.uuid, then)
    assert not book.held(her, [Role.FACILITATOR], world.group.uuid, clock.moment)
    row = db.session.query(RoleHeld).filter_by(person_uuid=her).one()
    assert row.person_id is None


def test_giving_a_role_twice_is_giving_it_once(world: Any) -> None:
    first = registering.give_role(world.rosa, Role.FACILITATOR, world.other_group)
    assert registering.give_role(world.rosa, Role.FACILITATOR, world.other_group) is first


@pytest.mark.parametrize(
    ("kind", "under"),
    [
        (UnitKind.GROUP, "network"), (UnitKind.NETWORK, "institution"),
        (UnitKind.INSTITUTION, "branch"), (UnitKind.BRANCH, "group"), (UnitKind.GROUP, None),
    ],
)  # fmt: skip
def test_the_tree_keeps_its_floors(world: Any, kind: UnitKind, under: str | None) -> None:
    with pytest.raises(PeopleError, match="cannot stand under"):
        registering.add_unit("X", kind, getattr(world, under) if under else None)


def test_equal_names_get_numbered_slugs(world: Any) -> None:
    first = registering.add_unit("Ñusta Sulla", UnitKind.GROUP, world.branch)
    second = registering.add_unit("Ñusta Sulla", UnitKind.GROUP, world.branch)
    assert (first.slug, second.slug) == ("nusta-sulla", "nusta-sulla-2")
    assert second.path == f"{world.branch.path}{second.id}/"


def test_a_learner_without_a_symbol_gets_one_that_is_free(world: Any) -> None:
    taken = {p.symbol for p in world.learners}
    someone = registering.add_person("Delia")
    registering.give_role(someone, Role.LEARNER, world.group)
    assert someone.symbol
    assert someone.symbol not in taken
    with pytest.raises(PeopleError, match="no symbol"):
        registering.add_person("Delia", "unicorn")


def test_who_helps_her(world: Any) -> None:
    assert queries.facilitator_of(world.rosa).uuid == world.facilitator.uuid  # type: ignore[union-attr]
    assert queries.facilitator_of(world.other_learners[0]) is None
    assert [u.slug for u in queries.groups_of(world.rosa)] == ["las-retamas"]
    assert [u.slug for u in queries.units_held(world.officer, [Role.OFFICER])] == ["urubamba"]
