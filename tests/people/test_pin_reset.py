"""A facilitator resets a PIN in person: the learner taps a new one, and then once more."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from lms.core.audit import AuditEntry
from lms.core.db import db
from lms.people.signing_in_models import SignIn
from tests.people.entering import OURS, is_in, tap

SignedIn = Callable[..., FlaskClient]


def test_forgotten_throttled_reset_and_in_again(
    client: FlaskClient, world: Any, app: Any, signed_in: SignedIn, clock: Any
) -> None:
    for _ in range(6):
        tap(client, world, world.rosa, "8203")
    assert tap(client, world, world.rosa).status_code == 429
    nelida = signed_in(app.test_client(), world.facilitator)
    start = f"/people/{world.rosa.uuid}/pin"
    assert start in nelida.get("/units/las-retamas").text
    assert f"{start}/digits" in nelida.get(start).text
    assert nelida.get(f"{start}/digits").status_code == 200
    once = nelida.post(f"{start}/digits", data={"pin": "60418"}, headers=OURS)
    assert (once.status_code, once.location) == (303, f"{start}/digits/again")
    assert nelida.get(once.location).status_code == 200
    again = nelida.post(once.location, data={"pin": "60418"}, headers=OURS)
    assert (again.status_code, again.location) == (303, "/units/las-retamas")
    # The throttle is cleared, the old PIN is dead, the new one opens.
    assert tap(client, world, world.rosa).status_code == 403
    assert tap(client, world, world.rosa, "60418").status_code == 303
    noted = db.session.query(AuditEntry).filter_by(action="reset_pin").one()
    assert (noted.actor, noted.subject) == (world.facilitator.uuid, world.rosa.uuid)


def test_from_digits_to_pictures(client: FlaskClient, world: Any, signed_in: SignedIn) -> None:
    signed_in(client, world.facilitator)
    path = f"/people/{world.rosa.uuid}/pin/pictures"
    keys = "cup,key,ball,bread"
    assert client.post(path, data={"pin": keys}, headers=OURS).status_code == 303
    assert client.post(f"{path}/again", data={"pin": keys}, headers=OURS).status_code == 303
    client.post("/exit", headers=OURS)
    assert tap(client, world, world.rosa, keys).status_code == 303


@pytest.mark.parametrize("pin", ["1234", "7777", "1987", "12", "", "abcd", "1234567"])
def test_an_obvious_or_odd_pin_is_refused(
    client: FlaskClient, world: Any, signed_in: SignedIn, pin: str
) -> None:
    signed_in(client, world.facilitator)
    answer = client.post(f"/people/{world.rosa.uuid}/pin/digits", data={"pin": pin}, headers=OURS)
    assert answer.status_code == 422
    assert tap(client, world, world.rosa).status_code == 303  # hers still works


def test_tapped_otherwise_the_second_time_is_said(
    client: FlaskClient, world: Any, signed_in: SignedIn
) -> None:
    signed_in(client, world.facilitator)
    path = f"/people/{world.rosa.uuid}/pin/digits"
    client.post(path, data={"pin": "60418"}, headers=OURS)
    other = client.post(f"{path}/again", data={"pin": "60419"}, headers=OURS)
    assert other.status_code == 422
    assert f'href="/people/{world.rosa.uuid}/pin"' in other.text  # back, to choose anew
    right = client.post(f"{path}/again", data={"pin": "60418"}, headers=OURS)
    assert right.status_code == 303


def test_a_reset_ends_what_she_was_signed_in_with(
    client: FlaskClient, world: Any, app: Any, signed_in: SignedIn
) -> None:
    tap(client, world, world.rosa)
    assert is_in(client)
    nelida = signed_in(app.test_client(), world.facilitator)
    nelida.post(f"/people/{world.rosa.uuid}/pin/digits", data={"pin": "60418"}, headers=OURS)
    assert not is_in(client)


@pytest.mark.parametrize("who", ["officer", "manager", "translator", "rosa", "justina"])
def test_nobody_else_resets_a_pin(
    client: FlaskClient, world: Any, signed_in: SignedIn, who: str
) -> None:
    signed_in(client, getattr(world, who))
    path = f"/people/{world.rosa.uuid}/pin"
    assert client.get(path).status_code == 404
    for each in ("digits", "digits/again"):
        assert client.get(f"{path}/{each}").status_code == 404
        answer = client.post(f"{path}/{each}", data={"pin": "60418"}, headers=OURS)
        assert answer.status_code == 404


def test_not_for_another_group_staff_herself_or_an_unknown_kind(
    client: FlaskClient, world: Any, signed_in: SignedIn
) -> None:
    signed_in(client, world.facilitator)
    for uuid in (world.other_learners[0].uuid, world.officer.uuid, world.facilitator.uuid):
        assert client.get(f"/people/{uuid}/pin").status_code == 404
    assert client.get(f"/people/{world.rosa.uuid}/pin/voice").status_code == 404


def test_a_foreign_page_resets_nothing(
    client: FlaskClient, world: Any, signed_in: SignedIn
) -> None:
    signed_in(client, world.facilitator)
    path = f"/people/{world.rosa.uuid}/pin/digits"
    foreign = {"Origin": "http://elsewhere.example"}
    assert client.post(path, data={"pin": "60418"}, headers=foreign).status_code == 403
    assert tap(client, world, world.rosa).status_code == 303


def test_the_second_tap_is_throttled_too(
    client: FlaskClient, world: Any, signed_in: SignedIn, clock: Any
) -> None:
    """So that the page cannot be used to try out a learner's PIN."""
    signed_in(client, world.facilitator)
    path = f"/people/{world.rosa.uuid}/pin/digits/again"
    for _ in range(5):
        assert client.post(path, data={"pin": "8203"}, headers=OURS).status_code == 422
    right = {"pin": world.pins[world.rosa.uuid]}
    assert client.post(path, data=right, headers=OURS).status_code == 422


def test_who_looked_at_a_unit_is_noted(
    client: FlaskClient, world: Any, signed_in: SignedIn
) -> None:
    signed_in(client, world.officer)
    assert client.get("/units/urubamba").status_code == 200
    assert client.get("/units/sumaq-wasi").status_code == 404
    noted = db.session.query(AuditEntry).filter_by(action="saw_unit").one()
    assert (noted.actor, noted.subject) == (world.officer.uuid, world.branch.uuid)
    assert db.session.query(SignIn).count() == 1
