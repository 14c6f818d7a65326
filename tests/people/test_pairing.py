"""A phone that a facilitator paired shows the group at once; several women share it."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.core.db import db
from lms.core.ids import short_id
from lms.people import forgetting, registering
from lms.people.roles import Role, UnitKind
from lms.people.signing_in_models import PairedGroup, Pairing
from tests.people.entering import OURS, is_in

SignedIn = Callable[..., FlaskClient]


@pytest.fixture(autouse=True)
def no_csrf(app: Flask) -> None:
    """The forms' tokens have a test of their own."""
    app.config["WTF_CSRF_ENABLED"] = False


def paired(client: FlaskClient, world: Any, signed_in: SignedIn) -> FlaskClient:
    signed_in(client, world.facilitator)
    answer = client.post("/groups/las-retamas/pair")
    assert (answer.status_code, answer.location) == (303, "/")
    return client


def test_pairing_shows_the_group_and_signs_the_facilitator_out(
    client: FlaskClient, world: Any, signed_in: SignedIn
) -> None:
    paired(client, world, signed_in)
    page = client.get("/")
    assert page.status_code == 200
    assert "Rosa" in page.text
    assert "retamas-demo" not in page.text  # the link stays off the phone
    assert client.get("/staff", headers={"Accept": "text/html"}).location == "/"


def test_two_women_one_phone_two_taps_and_the_pin(
    client: FlaskClient, world: Any, signed_in: SignedIn
) -> None:
    paired(client, world, signed_in)
    place = short_id(world.group.uuid)
    for her in (world.rosa, world.learners[2]):
        pad = f"/g/{place}/{short_id(her.uuid)}"
        assert pad in client.get("/").text
        answer = client.post(pad, data={"pin": world.pins[her.uuid]}, headers=OURS)
        assert answer.status_code == 303
        assert is_in(client)
        client.post("/exit", headers=OURS, follow_redirects=True)
        assert not is_in(client)


def test_the_groups_short_id_opens_nothing_elsewhere(
    client: FlaskClient, world: Any, app: Flask, signed_in: SignedIn
) -> None:
    paired(client, world, signed_in)
    place = f"/g/{short_id(world.group.uuid)}"
    assert client.get(place).status_code == 200
    assert app.test_client().get(place).status_code == 404


def test_three_groups_at_most_the_newest(
    client: FlaskClient, world: Any, signed_in: SignedIn
) -> None:
    names = ["Las Retamas", "Las Kantutas", "Tercera", "Cuarta"]
    for name in names[2:]:
        registering.add_unit(name, UnitKind.GROUP, world.branch)
    for slug in ("las-retamas", "las-kantutas", "tercera", "cuarta"):
        signed_in(client, world.admin)
        assert client.post(f"/groups/{slug}/pair").status_code == 303
    page = client.get("/").text
    assert [name for name in names if name in page] == names[1:]
    assert db.session.query(Pairing).count() == 1


def test_pairing_again_changes_nothing(
    client: FlaskClient, world: Any, signed_in: SignedIn
) -> None:
    paired(client, world, signed_in)
    paired(client, world, signed_in)
    assert db.session.query(PairedGroup).count() == 1


def test_gone_after_fourteen_days_unseen(
    client: FlaskClient, world: Any, signed_in: SignedIn, clock: Any
) -> None:
    paired(client, world, signed_in)
    for _ in range(3):
        clock.advance(days=13)
        assert "Rosa" in client.get("/").text  # seen, so it stays
    clock.advance(days=14, minutes=1)
    assert "Rosa" not in client.get("/").text
    assert client.get(f"/g/{short_id(world.group.uuid)}").status_code == 404
    forgetting.forget()
    assert db.session.query(PairedGroup).count() == 0


def test_the_exit_keeps_the_pairing_with_a_fresh_token(
    client: FlaskClient, world: Any, signed_in: SignedIn, clock: Any
) -> None:
    """As a browser does it: the first answer clears all cookies, the second gives one back."""
    paired(client, world, signed_in)
    before = client.get_cookie("pairing").value  # type: ignore[union-attr]
    first = client.post("/exit", headers=OURS)
    assert first.status_code == 307
    assert first.headers["Clear-Site-Data"] == '"cookies"'
    client.delete_cookie("pairing")
    assert "Rosa" not in client.get("/").text
    second = client.post(first.location, headers=OURS)
    assert (second.status_code, second.location) == (303, "/calc")
    assert client.get_cookie("pairing").value != before  # type: ignore[union-attr]
    assert "Rosa" in client.get("/").text
    # Once: who reads the address later pairs nothing with it.
    thief = client.application.test_client()
    thief.post(first.location, headers=OURS)
    assert thief.get_cookie("pairing") is None
    assert "Rosa" not in thief.get("/").text


def test_the_word_of_the_exit_grows_old_and_cannot_be_forged(
    client: FlaskClient, world: Any, signed_in: SignedIn, clock: Any
) -> None:
    paired(client, world, signed_in)
    word = client.post("/exit", headers=OURS).location
    client.delete_cookie("pairing")
    for forged in ("/exit/x", word[:-3] + "abc"):
        assert client.post(forged, headers=OURS).status_code == 303
        assert client.get_cookie("pairing") is None


@pytest.mark.parametrize("who", ["officer", "manager", "translator", "rosa", "nobody"])
def test_only_who_acts_for_the_group_pairs_or_renews_its_link(
    client: FlaskClient, world: Any, signed_in: SignedIn, who: str
) -> None:
    if who != "nobody":
        signed_in(client, getattr(world, who))
    for path in ("/groups/las-retamas/pair", "/groups/las-retamas/link"):
        assert client.post(path).status_code == (401 if who == "nobody" else 404)
    assert db.session.query(Pairing).count() == 0


def test_a_branch_is_no_group(client: FlaskClient, world: Any, signed_in: SignedIn) -> None:
    signed_in(client, world.admin)
    assert client.post("/groups/urubamba/pair").status_code == 404
    assert client.post("/groups/urubamba/link").status_code == 404


def test_a_new_link_ends_the_old_one(
    client: FlaskClient, world: Any, signed_in: SignedIn
) -> None:
    signed_in(client, world.facilitator)
    assert "/g/retamas-demo" in client.get("/units/las-retamas").text
    assert client.post("/groups/las-retamas/link").status_code == 303
    assert client.get("/g/retamas-demo").status_code == 404
    page = client.get("/units/las-retamas").text
    assert "/g/" in page
    assert "retamas-demo" not in page


def test_staff_who_left_pair_no_more(
    client: FlaskClient, world: Any, signed_in: SignedIn
) -> None:
    signed_in(client, world.facilitator)
    registering.end_role(world.facilitator, Role.FACILITATOR, world.group)
    assert client.post("/groups/las-retamas/pair").status_code == 404
