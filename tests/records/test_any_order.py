"""Whatever the order, however often, in whatever batches: the same statements count."""

import itertools
import random
from typing import Any
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.core.db import db
from lms.records import evidence, touching
from lms.records.models import DisputedStatement, StatementRow
from lms.records.signals import received
from lms.records.validity import valid
from lms.records.vouching import vouching_for
from tests.records.building import SPACE, Phone, attended, shown, watched

Delivery = tuple[int, UUID, list[dict[str, Any]], int]


def scenario(world: Any, seed: int, length: int) -> list[Delivery]:
    """Deliveries of three phones with wrong clocks: work, corrections, forgeries, disputes."""
    chance = random.Random(seed)
    ids = itertools.count(1)
    phones = [Phone(0), Phone(1, wrong_by_ms=-7_200_000), Phone(2, wrong_by_ms=90_000_000)]
    group = world.group
    women = [person.uuid for person in world.learners[:3]]
    facilitator = world.facilitator.uuid
    walk_in, visitor = uuid5(SPACE, "walk-in"), uuid5(SPACE, "visitor")
    meeting = uuid5(SPACE, "meeting")
    made: list[tuple[int, dict[str, Any]]] = []
    for minute in range(length):
        number = chance.randrange(3)
        phone, woman = phones[number], chance.choice(women)
        begin = chance.randrange(50)
        act = chance.randrange(11)
        if act < 4:
            new = [watched(phone, ids, chance.choice([woman, visitor]), begin, begin + 9,
                           lesson=chance.randrange(2), minute=minute)]
        elif act == 4:
            new = [attended(phone, ids, chance.choice([woman, walk_in]), group.uuid, meeting,
                            chance.choice([facilitator, facilitator, women[0]]), minute)]
        elif act == 5:
            new = shown(phone, ids, group.uuid, meeting, facilitator, minute=minute)
        elif act == 6:
            new = [phone.statement(ids, chance.choice([walk_in, visitor]), "joined", minute,
                                   target=woman, group=group.uuid,
                                   witness=chance.choice([facilitator, woman]))]
        elif act == 7 and made:
            target = chance.choice(made)[1]
            author = UUID(target.get("witness") or target["actor"])
            new = [phone.statement(ids, author, "voided", minute, target=UUID(target["id"]))]
        elif act == 8 and made:
            wrong = chance.choice(made)[1]
            new = [phone.statement(ids, UUID(wrong["actor"]), "reassigned", minute, target=woman,
                                   group=group.uuid, witness=facilitator,
                                   data={"statements": [wrong["id"]]})]
        elif act == 9 and made:
            owner, other = chance.choice(made)  # another content with its id, or its number
            twisted = {**other, "at": other["at"] + 1}
            if chance.random() < 0.5:
                twisted["id"] = str(watched(phones[owner], ids, woman, 0, 1)["id"])
            made.append((owner, twisted))
            new = []
        else:
            new = [phone.statement(ids, woman, "initialized", minute,
                                   lesson=uuid5(SPACE, "lesson 1"),
                                   version=uuid5(SPACE, "version"))]
        if chance.random() < 0.1:
            for each in new:  # her clock jumped: the statement lies in the future of its receipt
                each["at"] += chance.randrange(30_000_000)
        made += [(number, each) for each in new]
    deliveries = []
    for number in range(3):
        own = [each for owner, each in made if owner == number]
        while own:
            size = chance.randrange(1, 8)
            part, own = own[:size], own[size:]
            sender = chance.choice([facilitator, *women])
            deliveries.append((number, sender, part, 60 + chance.randrange(600)))
    return deliveries


def outcome(deliveries: list[Delivery]) -> tuple[Any, ...]:
    """Deliver, look at what counts, and undo it."""
    phones = [Phone(0), Phone(1, wrong_by_ms=-7_200_000), Phone(2, wrong_by_ms=90_000_000)]
    for number, sender, statements, minute in deliveries:
        phones[number].send(sender, statements, minute)
    counting = evidence.valid_statements(touching.all_pairs())
    db.session.flush()
    kept = {
        (each.uuid, each.digest)
        for each in db.session.scalars(db.select(StatementRow).filter_by(is_disputed=False))
    }
    contents = {
        *db.session.scalars(db.select(StatementRow.digest)),
        *db.session.scalars(db.select(DisputedStatement.digest)),
    }
    db.session.rollback()
    return (
        {pair: [(e.uuid, e.actor, e.at_ms, e.certainty) for e in found]
         for pair, found in counting.items() if found},
        kept,
        contents,
    )


@given(seed=st.integers(0, 2**32), length=st.integers(1, 40), order=st.randoms())
def test_any_order_duplicates_and_batches(
    world: Any, seed: int, length: int, order: random.Random
) -> None:
    deliveries = scenario(world, seed, length)
    expected = outcome(deliveries)
    shuffled = [*deliveries, *order.sample(deliveries, order.randrange(len(deliveries) + 1))]
    order.shuffle(shuffled)
    cut: list[Delivery] = []
    for number, sender, statements, minute in shuffled:
        inside = list(statements)
        order.shuffle(inside)
        middle = order.randrange(len(inside) + 1)
        parts = [part for part in (inside[:middle], inside[middle:]) if part]
        cut += [(number, sender, part, minute) for part in parts]
    assert outcome(cut) == expected


@given(seed=st.integers(0, 2**32), order=st.randoms())
def test_what_counts_is_a_function_of_the_set(
    world: Any, seed: int, order: random.Random
) -> None:
    phones = [Phone(0), Phone(1, wrong_by_ms=-7_200_000), Phone(2, wrong_by_ms=90_000_000)]
    for number, sender, statements, minute in scenario(world, seed, 60):
        phones[number].send(sender, statements, minute)
    everything = list(evidence.evidence_where(StatementRow.id.is_not(None)))
    vouching = vouching_for(everything)
    db.session.rollback()
    expected = valid(everything, vouching)
    shuffled = list(everything)
    order.shuffle(shuffled)
    assert valid(shuffled, vouching) == expected


@given(seed=st.integers(0, 2**32), order=st.randoms())
def test_what_is_told_suffices_to_keep_up(world: Any, seed: int, order: random.Random) -> None:
    """Computing only the pairs that `received` names ends where computing everything does."""
    kept: dict[Any, Any] = {}

    def keep_up(_sender: Any, pairs: set[Any]) -> None:
        kept.update(evidence.valid_statements(pairs))

    phones = [Phone(0), Phone(1, wrong_by_ms=-7_200_000), Phone(2, wrong_by_ms=90_000_000)]
    deliveries = scenario(world, seed, 60)
    order.shuffle(deliveries)
    with received.connected_to(keep_up):
        for number, sender, statements, minute in deliveries:
            phones[number].send(sender, statements, minute)
    whole = evidence.valid_statements(touching.all_pairs() | kept.keys())
    db.session.rollback()
    assert told(kept) == told(whole)


def told(counting: dict[Any, Any]) -> dict[Any, Any]:
    return {
        pair: [(e.uuid, e.actor, e.at_ms) for e in found]
        for pair, found in counting.items() if found
    }


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_a_chain_of_disputes(world: Any, order: tuple[int, ...]) -> None:
    """One id under two numbers, the second number under another id: none of the three counts."""
    phone, ids, rosa = Phone(0), itertools.count(1), world.learners[0].uuid
    first = watched(phone, ids, rosa, 0, 10)
    second = {**watched(phone, ids, rosa, 20, 30), "id": first["id"]}
    third = {**watched(phone, ids, rosa, 40, 50), "seq": second["seq"]}
    chain = [first, second, third]
    for index in order:
        phone.send(rosa, [chain[index]])
    pair = (rosa, uuid5(SPACE, "lesson 1"))
    assert evidence.valid_statements([pair])[pair] == []


@given(seed=st.integers(0, 2**32))
def test_scenarios_are_not_empty(world: Any, seed: int) -> None:
    """The generator reaches what it is for: most scenarios have something that counts."""
    deliveries = scenario(world, seed, 40)
    counting, kept, contents = outcome(deliveries)
    assert counting
    assert kept
    assert len(contents) >= len(kept)


@pytest.fixture(autouse=True)
def _nothing_is_committed(world: Any) -> Any:
    yield
    db.session.rollback()
