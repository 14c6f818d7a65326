"""Two hundred guesses against a group of thirty: none comes in, and few are even compared."""

import random
from collections import Counter
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.core.db import db
from lms.core.ids import short_id
from lms.people import hashing, pins, registering
from lms.people.models import Person
from lms.people.pins import PinKind
from lms.people.roles import Role
from lms.people.signing_in_models import SignIn
from tests.people.entering import OURS

SEED = 20260304


def a_pin(dice: random.Random) -> str:
    """As a woman chooses one: any of four digits that is not obvious."""
    while True:
        pin = f"{dice.randrange(10_000):04d}"
        if pins.refusal(PinKind.DIGITS, pin) is None:
            return pin


@pytest.fixture
def group_of_thirty(world: Any, app: Flask, clock: Any) -> list[Person]:
    dice = random.Random(SEED)
    group = registering.add_unit("Las Treinta", world.group.kind, world.branch)
    registering.new_link(group, "treinta")
    chosen = [a_pin(dice) for _ in range(30)]
    hashes = app.extensions["yachay.comparer"].hash_all(chosen)
    members = []
    for number, secret_hash in enumerate(hashes):
        person = registering.add_person(f"Mujer {number}", uuid_=UUID(int=dice.getrandbits(128)))
        registering.give_role(person, Role.LEARNER, group)
        registering.set_pin(person, PinKind.DIGITS, secret_hash)
        members.append(person)
    db.session.commit()
    return members


def test_two_hundred_guesses_come_to_nothing(
    client: FlaskClient, group_of_thirty: list[Person], app: Flask, clock: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """A guesser knows the link, tries whom she likes and what people choose most."""
    compared: Counter[str] = Counter()
    real = hashing._compare

    def counting(secret_hash: str, secret: str) -> bool:
        compared[secret_hash] += 1
        return real(secret_hash, secret)

    monkeypatch.setattr(hashing, "_compare", counting)
    dice = random.Random(SEED + 1)
    shorts = [short_id(person.uuid) for person in group_of_thirty]
    answers: Counter[int] = Counter()
    for _ in range(200):
        clock.advance(seconds=15)  # two hundred in fifty minutes
        guess = client.post(
            f"/g/treinta/{dice.choice(shorts)}", data={"pin": a_pin(dice)}, headers=OURS
        )
        answers[guess.status_code] += 1
    assert set(answers) == {403, 429}
    assert db.session.query(SignIn).count() == 0
    assert max(compared.values()) <= 5
    assert sum(compared.values()) == answers[403]
    assert answers[429] > 50  # most of them were not even compared


def test_all_on_one_woman_from_many_addresses(
    client: FlaskClient, group_of_thirty: list[Person], clock: Any
) -> None:
    """A botnet has many addresses; she has five tries an hour and twenty a day all the same."""
    dice = random.Random(SEED + 2)
    address = f"/g/treinta/{short_id(group_of_thirty[0].uuid)}"
    answers: Counter[int] = Counter()
    for number in range(24 * 8):
        clock.advance(minutes=7, seconds=30)
        guess = client.post(
            address,
            data={"pin": a_pin(dice)},
            headers=OURS,
            environ_base={"REMOTE_ADDR": f"10.0.{number // 250}.{number % 250}"},
        )
        answers[guess.status_code] += 1
    assert set(answers) == {403, 429}
    assert answers[403] == 20


def test_one_address_may_not_try_a_whole_country(
    client: FlaskClient, group_of_thirty: list[Person], clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From one address the throttle of the address closes too, for minutes and not for good."""
    monkeypatch.setattr(hashing, "_compare", lambda *_: False)
    names = [f"name{number}" for number in range(250)]
    codes = [
        client.post("/staff/enter", data={"username": n, "password": "x"}, headers=OURS).status_code
        for n in names
    ]
    assert codes == [403] * 240 + [429] * 10
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    form = {"username": "other", "password": "x"}
    assert client.post(
        "/staff/enter", data=form, headers=OURS, environ_base=elsewhere
    ).status_code == 403  # fmt: skip
    clock.advance(minutes=10)
    assert client.post("/staff/enter", data=form, headers=OURS).status_code == 403


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("192.0.2.1", "192.0.2.2", False),
        (None, "", True),
    ],
)
def test_what_counts_as_one_address(one: str | None, other: str, is_same: bool) -> None:
    from lms.people.throttling import of_address

    assert (of_address(one) == of_address(other)) is is_same
