"""Signing in and out over HTTP: learners by symbol and PIN, staff by name and password."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.core.db import db
from lms.people import hashing, registering
from lms.people.hashing import BusyError, Comparer
from lms.people.models import Person
from lms.people.signing_in_models import SignIn, Throttle
from tests.people.entering import OURS, enter, is_in, pad_of, tap


def test_a_stranger_learns_no_name_at_the_door(client: FlaskClient, world: Any) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert all(p.name not in page.text for p in world.learners)
    assert "Retamas" not in page.text
    assert "Set-Cookie" not in page.headers


def test_the_groups_link_shows_symbols_and_names_six_a_page(
    client: FlaskClient, world: Any
) -> None:
    first = client.get("/g/retamas-demo")
    second = client.get("/g/retamas-demo?page=2")
    names = [p.name for p in world.learners]
    assert [n for n in names if n in first.text] == names[:6]
    assert [n for n in names if n in second.text] == names[6:]
    assert first.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in first.headers
    for odd in ("0", "-1", "99", "x"):
        assert client.get(f"/g/retamas-demo?page={odd}").status_code == 200


def test_a_dead_or_unknown_link_leads_nowhere(client: FlaskClient, world: Any) -> None:
    registering.new_link(world.group)
    for path in ("/g/retamas-demo", "/g/nothing", pad_of(world, world.rosa)):
        assert client.get(path).status_code == 404
    assert tap(client, world, world.rosa).status_code == 404


def test_a_learner_of_another_group_is_not_behind_this_link(
    client: FlaskClient, world: Any
) -> None:
    other = pad_of(world, world.other_learners[0]).rsplit("/", 1)[1]
    assert client.get(f"/g/retamas-demo/{other}").status_code == 404


@pytest.mark.parametrize("name", ["rosa", "justina"])
def test_two_taps_and_a_pin(client: FlaskClient, world: Any, name: str) -> None:
    """Rosa taps digits, Justina pictures."""
    her = getattr(world, name)
    assert pad_of(world, her) in client.get("/g/retamas-demo").text
    assert her.name in client.get(pad_of(world, her)).text
    answer = tap(client, world, her)
    assert (answer.status_code, answer.location) == (303, "/home")
    assert is_in(client)
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Max-Age" not in cookie


def test_pictures_without_script(client: FlaskClient, world: Any) -> None:
    form = {"pin-1": "ball", "pin-2": "spoon", "pin-3": "umbrella", "pin-4": "key"}
    answer = client.post(pad_of(world, world.justina), data=form, headers=OURS)
    assert answer.status_code == 303


def test_only_a_digest_of_the_cookie_is_kept(client: FlaskClient, world: Any) -> None:
    tap(client, world, world.rosa)
    token = client.get_cookie("sign_in").value  # type: ignore[union-attr]
    row = db.session.query(SignIn).one()
    assert token.encode() not in row.token_digest
    assert len(row.token_digest) == 32


def test_a_wrong_pin_is_said_and_lets_nobody_in(client: FlaskClient, world: Any) -> None:
    answer = tap(client, world, world.rosa, "8203")
    assert answer.status_code == 403
    assert not is_in(client)


def test_what_is_no_pin_costs_no_try(client: FlaskClient, world: Any) -> None:
    for _ in range(8):
        assert tap(client, world, world.rosa, "12").status_code == 403
    assert db.session.query(Throttle).count() == 0
    assert tap(client, world, world.rosa).status_code == 303


def test_five_wrong_then_rest_then_again(client: FlaskClient, world: Any, clock: Any) -> None:
    for _ in range(5):
        assert tap(client, world, world.rosa, "8203").status_code == 403
    resting = tap(client, world, world.rosa)  # even the right one is not compared
    assert resting.status_code == 429
    assert resting.headers["Retry-After"] == "3600"
    assert "60" in resting.text
    clock.advance(minutes=59, seconds=30)
    assert tap(client, world, world.rosa).status_code == 429
    clock.advance(seconds=30)
    assert tap(client, world, world.rosa).status_code == 303


def test_a_right_pin_gives_its_slot_back(client: FlaskClient, world: Any, clock: Any) -> None:
    for _ in range(12):
        assert tap(client, world, world.rosa).status_code == 303
    assert db.session.query(Throttle).count() == 0


def test_one_womans_errors_are_hers_alone(client: FlaskClient, world: Any, clock: Any) -> None:
    for _ in range(6):
        tap(client, world, world.rosa, "8203")
    assert tap(client, world, world.learners[2]).status_code == 303


def test_somebody_without_a_pin_cannot_enter(client: FlaskClient, world: Any) -> None:
    from lms.people.roles import Role

    delia = registering.add_person("Delia")
    registering.give_role(delia, Role.LEARNER, world.group)
    world.learners.append(delia)
    assert client.get(pad_of(world, delia)).status_code == 200
    assert tap(client, world, delia, "4071").status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {}, {"Origin": "http://elsewhere.example"}, {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    ],
)  # fmt: skip
def test_a_foreign_page_cannot_sign_anybody_in(
    client: FlaskClient, world: Any, headers: dict[str, str]
) -> None:
    for path, data in (
        (pad_of(world, world.rosa), {"pin": world.pins[world.rosa.uuid]}),
        ("/staff/enter", {"username": "ines", "password": world.passwords["ines"]}),
        ("/exit", {}),
    ):
        assert client.post(path, data=data, headers=headers).status_code == 403
    assert db.session.query(SignIn).count() == 0


def test_staff_enter_by_name_and_password(client: FlaskClient, world: Any) -> None:
    assert client.get("/staff/enter").status_code == 200
    answer = enter(client, "  NELIDA ", world.passwords["nelida"])
    assert (answer.status_code, answer.location) == (303, "/staff")
    assert "Las Retamas" in client.get("/staff").text


def test_an_unknown_name_is_treated_like_a_known_one(
    client: FlaskClient, world: Any, app: Flask, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str] = []
    real = hashing._compare
    monkeypatch.setattr(
        hashing, "_compare", lambda kept, secret: compared.append(kept) or real(kept, secret)
    )
    answers = {
        name: [enter(client, name, "not her password") for _ in range(6)]
        for name in ("ines", "nobody")
    }
    for one, other in zip(*answers.values(), strict=True):
        assert one.status_code == other.status_code
        assert one.text == other.text
        assert one.headers.get("Retry-After") == other.headers.get("Retry-After")
    assert [a.status_code for a in answers["nobody"]] == [403] * 5 + [429]
    assert len(compared) == 10
    assert all(kept.split("$")[:4] == hashing.NOBODY.split("$")[:4] for kept in compared)


def test_the_stand_in_hash_costs_what_a_real_one_costs(app: Flask) -> None:
    assert not hashing._argon2.check_needs_rehash(hashing.NOBODY)


@pytest.mark.parametrize(
    ("username", "password"), [("", ""), ("ines", ""), ("", "x"), ("ines", "y" * 5000)]
)
def test_an_odd_form_is_only_wrong(
    client: FlaskClient, world: Any, username: str, password: str
) -> None:
    assert enter(client, username, password).status_code == 403


def test_a_full_queue_says_busy_and_costs_no_try(
    client: FlaskClient, world: Any, app: Flask
) -> None:
    gate = threading.Event()
    small = Comparer(workers=1, waiting=0)
    app.extensions["yachay.comparer"] = small
    held: Future[bool] = small._pool.submit(gate.wait)
    assert small._room.acquire(blocking=False)
    try:
        answer = tap(client, world, world.rosa)
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "2"
        assert enter(client, "ines", "x" * 12).status_code == 503
    finally:
        gate.set()
        small._room.release()
    assert held.result()
    assert db.session.query(Throttle).count() == 0
    assert tap(client, world, world.rosa).status_code == 303


def test_the_queue_keeps_its_order_and_has_an_end() -> None:
    pool = Comparer(workers=1, waiting=2)
    gate, order = threading.Event(), []

    def ask(number: int) -> Callable[[], None]:
        return lambda: pool._do(lambda: (gate.wait(), order.append(number)))  # type: ignore[func-returns-value]

    threads = []
    for number in range(3):
        thread = threading.Thread(target=ask(number))
        thread.start()
        threads.append(thread)
        while pool._room._value > 2 - number:
            pass
    with pytest.raises(BusyError):
        pool.hash("one too many")
    gate.set()
    for thread in threads:
        thread.join()
    assert order == [0, 1, 2]


def test_a_learner_who_rests_is_signed_out(client: FlaskClient, world: Any, clock: Any) -> None:
    tap(client, world, world.rosa)
    for _ in range(4):
        clock.advance(minutes=15)
        assert is_in(client)  # she taps now and then
    clock.advance(minutes=21)
    assert not is_in(client)


def test_staff_may_rest_longer_but_not_for_ever(
    client: FlaskClient, world: Any, clock: Any
) -> None:
    enter(client, "ines", world.passwords["ines"])
    clock.advance(minutes=119)
    assert is_in(client)
    for _ in range(12):
        clock.advance(minutes=119)
        client.get("/staff")
    assert not is_in(client)


def test_another_woman_on_the_same_phone_ends_the_first_ones_sign_in(
    client: FlaskClient, world: Any
) -> None:
    tap(client, world, world.rosa)
    tap(client, world, world.justina)
    rows = db.session.query(SignIn).order_by(SignIn.id).all()
    assert [row.ended_at is None for row in rows] == [False, True]
    assert db.session.get(Person, rows[1].person_id).name == "Justina"  # type: ignore[union-attr]


def test_a_stolen_cookie_of_an_ended_sign_in_opens_nothing(
    client: FlaskClient, world: Any, app: Flask
) -> None:
    tap(client, world, world.rosa)
    token = client.get_cookie("sign_in").value  # type: ignore[union-attr]
    client.post("/exit", headers=OURS)
    thief = app.test_client()
    thief.set_cookie("sign_in", token)
    assert not is_in(thief)
    thief.set_cookie("sign_in", "guessed")
    assert not is_in(thief)


def test_the_exit_ends_the_sign_in_and_clears_cookies_only(
    client: FlaskClient, world: Any
) -> None:
    tap(client, world, world.rosa)
    answer = client.post("/exit", headers=OURS)
    assert (answer.status_code, answer.location) == (303, "/calc")
    assert answer.headers["Clear-Site-Data"] == '"cookies"'
    assert not is_in(client)
    assert db.session.query(SignIn).one().ended_at is not None
    assert client.get("/calc").status_code == 200
    assert client.post("/exit", headers=OURS).status_code == 303  # twice does no harm
    assert client.get("/exit").status_code == 405


def test_a_page_speaks_the_learners_language(
    client: FlaskClient, world: Any, signed_in: Callable[..., FlaskClient]
) -> None:
    answer = client.get("/?speak=quz")
    assert answer.status_code == 303
    assert client.get_cookie("language").value == "quz"  # type: ignore[union-attr]
    assert client.get("/?speak=xx").status_code == 200
