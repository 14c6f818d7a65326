"""Nobody takes another's work, gives hers away, or is given somebody's whom she never met."""

import itertools
from typing import Any
from uuid import UUID, uuid5

import pytest

from lms.core.db import db
from lms.records import evidence
from tests.records.building import LESSONS, SPACE, Phone, attended, shown, watched

ids = itertools.count(1000)
WALK_IN = uuid5(SPACE, "walk-in of this page")
MEETING = uuid5(SPACE, "meeting of this page")


@pytest.fixture(autouse=True)
def _undone(world: Any) -> Any:
    yield
    db.session.rollback()


def spans(person: UUID) -> list[Any]:
    pair = (person, LESSONS[0])
    return [each.data["seen"] for each in evidence.valid_statements([pair])[pair]
            if "seen" in each.data]


@pytest.fixture
def phone(world: Any) -> Phone:
    """The phone that all of them use."""
    shared = Phone(5)
    for person in (world.facilitator, *world.learners[:2], world.other_learners[0]):
        shared.send(person.uuid, [])
    return shared


def move(phone: Phone, world: Any, what: dict[str, Any], to: UUID, by: UUID | None) -> None:
    phone.send(world.rosa.uuid, [phone.statement(
        ids, UUID(what["actor"]) if by else to, "reassigned", target=to, witness=by,
        group=world.group.uuid, data={"statements": [what["id"]]},
    )])


def test_only_a_facilitator_moves_work_and_only_inside_her_group(world: Any, phone: Phone) -> None:
    rosa, berta = world.learners[0].uuid, world.learners[1].uuid
    stranger = world.other_learners[0].uuid
    hers = watched(phone, ids, rosa, 0, 10)
    strangers = watched(phone, ids, stranger, 20, 30)
    phone.send(rosa, [hers, strangers])
    move(phone, world, hers, berta, None)
    assert (spans(rosa), spans(berta)) == ([[[0, 10]]], [])
    move(phone, world, hers, stranger, world.facilitator.uuid)
    move(phone, world, strangers, berta, world.facilitator.uuid)
    assert (spans(rosa), spans(berta), spans(stranger)) == ([[[0, 10]]], [], [[[20, 30]]])
    move(phone, world, hers, berta, world.facilitator.uuid)
    assert (spans(rosa), spans(berta)) == ([], [[[0, 10]]])


def test_a_known_person_cannot_be_joined_away(world: Any, phone: Phone) -> None:
    rosa, berta = world.learners[0].uuid, world.learners[1].uuid
    phone.send(rosa, [watched(phone, ids, rosa, 0, 10),
                      phone.statement(ids, rosa, "joined", target=berta)])
    assert (spans(rosa), spans(berta)) == ([[[0, 10]]], [])


def test_a_walk_in_is_joined_only_to_a_woman_of_that_group(world: Any, phone: Phone) -> None:
    rosa, stranger = world.learners[0].uuid, world.other_learners[0].uuid
    phone.send(rosa, [watched(phone, ids, WALK_IN, 0, 10)])
    for target, expected in ((stranger, []), (rosa, [[[0, 10]]])):
        phone.send(rosa, [phone.statement(
            ids, WALK_IN, "joined", target=target, group=world.group.uuid,
            witness=world.facilitator.uuid,
        )])
        assert spans(target) == expected


def test_she_may_take_her_own_join_back(world: Any, phone: Phone) -> None:
    rosa = world.rosa.uuid
    join = phone.statement(ids, WALK_IN, "joined", target=rosa)
    phone.send(rosa, [watched(phone, ids, WALK_IN, 0, 10), join])
    assert spans(rosa) == [[[0, 10]]]
    phone.send(rosa, [phone.statement(ids, rosa, "voided", target=UUID(join["id"]))])
    assert spans(rosa) == []


def test_a_moved_attendance_takes_part_where_it_was_moved_to(world: Any, phone: Phone) -> None:
    rosa, berta = world.learners[0].uuid, world.learners[1].uuid
    group, facilitator = world.group.uuid, world.facilitator.uuid
    there = attended(phone, ids, rosa, group, MEETING, facilitator)
    phone.send(facilitator, [there])
    move(phone, world, there, berta, facilitator)
    phone.send(facilitator, shown(phone, ids, group, MEETING, facilitator))
    pairs = [(rosa, LESSONS[0]), (berta, LESSONS[0])]
    found = evidence.valid_statements(pairs)
    assert [each.verb.name for each in found[pairs[0]]] == []
    assert sorted(each.verb.name for each in found[pairs[1]]) == [
        "answered", "attended", "experienced",
    ]


def test_an_attendance_speaks_of_no_lesson(world: Any, phone: Phone) -> None:
    raw = attended(phone, ids, world.rosa.uuid, world.group.uuid, MEETING, world.facilitator.uuid)
    (answer,) = phone.send(world.rosa.uuid, [{**raw, "lesson": str(LESSONS[0])}])
    assert answer.fate == "refused"


def test_an_absurd_clock_poisons_nothing(world: Any) -> None:
    rosa, mad = world.rosa.uuid, Phone(6, wrong_by_ms=250_000_000_000_000)
    raw = attended(mad, ids, rosa, world.group.uuid, MEETING, rosa)
    mad.send(rosa, [{**raw, "at": 0}, {**watched(mad, ids, rosa, 0, 10), "at": 0}])
    assert spans(rosa) == [[[0, 10]]]


def test_a_nul_in_an_id_is_refused_and_harms_nobody(world: Any, phone: Phone) -> None:
    answers = phone.send(world.rosa.uuid, [{"id": "a\0b"}, {"a\0b": 1},
                                           watched(phone, ids, world.rosa.uuid, 0, 10)])
    assert [str(answer.fate) for answer in answers] == ["refused", "refused", "taken"]
