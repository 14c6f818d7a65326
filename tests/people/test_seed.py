"""The demo: everybody printed can sign in as printed, and nobody else's school is touched."""

from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from lms.core.db import committing, db
from lms.people import pins, registering
from lms.people.models import Person
from lms.people.pins import PinKind
from lms.people.roles import UnitKind
from lms.seed import demo_sheet, seed_demo
from tests.people.entering import enter, tap


def test_everybody_signs_in_as_printed(client: FlaskClient, world: Any) -> None:
    sheet = demo_sheet("http://here")
    assert "http://here/g/retamas-demo" in sheet
    for person in world.learners + world.other_learners:
        assert person.name in sheet
        assert tap(client, world, person).status_code == 303
    for username, password in world.passwords.items():
        assert password in sheet
        assert enter(client, username, password).status_code == 303


def test_the_demo_keeps_the_rules_of_the_house(world: Any) -> None:
    for pin in world.pins.values():
        kind = PinKind.DIGITS if pin.isdigit() else PinKind.PICTURES
        assert pins.refusal(kind, pin) is None
    for group in (world.learners, world.other_learners):
        symbols = [person.symbol for person in group]
        assert len(set(symbols)) == len(symbols)


def test_a_school_with_people_is_left_alone(app: Flask) -> None:
    registering.add_unit("Una escuela", UnitKind.NETWORK, None)
    with committing():
        assert seed_demo() is None
    assert db.session.query(Person).count() == 0
    assert demo_sheet("http://here") == ""


def test_seeding_again_adds_nothing(app: Flask) -> None:
    with committing():
        assert seed_demo() is not None
    before = db.session.query(Person).count()
    with committing():
        assert seed_demo() is None
    assert db.session.query(Person).count() == before


def test_the_same_uuids_everywhere(world: Any) -> None:
    """What a story's device wrote yesterday still finds its people in a fresh database."""
    assert str(world.rosa.uuid) == "6fa641df-fa50-540c-b4e9-fe5511726d8b"
