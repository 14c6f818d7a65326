"""The door: one answer for each statement, nothing judged that a later event could mend."""

import itertools
from typing import Any
from uuid import uuid5

import pytest
from flask.testing import FlaskClient

from lms.core.db import db
from lms.people import rights
from lms.people.models import Device
from lms.records import evidence
from lms.records.models import DisputedStatement, RefusedStatement, StatementRow
from lms.records.timing import Certainty
from tests.records.building import LESSONS, NOON_MS, SPACE, VERSION, Phone, watched

ids = itertools.count(100)


@pytest.fixture
def rosa(world: Any) -> Any:
    return world.learners[0]


@pytest.fixture
def juana(world: Any) -> Any:
    return world.learners[1]


def fates(answers: Any) -> list[str]:
    return [str(answer.fate) for answer in answers]


def seen(person: Any, lesson: int = 0) -> list[Any]:
    pair = (person.uuid, LESSONS[lesson])
    return [each.data.get("seen") for each in evidence.valid_statements([pair])[pair]]


def test_taken_once_known_ever_after(rosa: Any) -> None:
    phone = Phone(1)
    raw = watched(phone, ids, rosa.uuid, 0, 10)
    assert fates(phone.send(rosa.uuid, [raw, raw])) == ["taken", "known"]
    assert fates(phone.send(rosa.uuid, [raw])) == ["known"]
    assert seen(rosa) == [[[0, 10]]]


BAD = [
    ({"id": "not-a-uuid"}, "id"),
    ({"id": "7d1c9a52-3c1e-4d0a-9f60-2c5a7b9e1f11"}, "version 7"),
    ({"seq": 0}, "seq"),
    ({"seq": "1"}, "seq"),
    ({"at": 1.5}, "at"),
    ({"at": -1}, "at"),
    ({"verb": "loved"}, "verb"),
    ({"actor": None}, "actor"),
    ({"name": "Rosa"}, "name"),
    ({"lesson": None}, "lesson"),
    ({"original": "xyz"}, "original"),
    ({"data": {"seen": [[5, 5]]}}, "forward"),
    ({"data": {"seen": [[0, 999_999]]}}, "seen"),
    ({"data": {"seen": [[0, 1]] * 501}}, "seen"),
    ({"data": {"seen": [[0, 1]], "mark": 20}}, "mark"),
    ({"actor_kind": "group"}, "group"),
    ({"language": "x" * 50}, "language"),
]


@pytest.mark.parametrize(("change", "named"), BAD)
def test_malformed_is_refused_alone_and_says_where(
    rosa: Any, change: dict[str, Any], named: str
) -> None:
    phone = Phone(1)
    good, other = (watched(phone, ids, rosa.uuid, 0, 10) for _ in range(2))
    bad = {**watched(phone, ids, rosa.uuid, 0, 10), **change}
    bad = {key: value for key, value in bad.items() if value is not None}
    answers = phone.send(rosa.uuid, [good, bad, other])
    assert fates(answers) == ["taken", "refused", "taken"]
    assert named in answers[1].why
    assert db.session.scalar(db.select(db.func.count()).select_from(RefusedStatement)) == 1


@pytest.mark.parametrize("raw", [None, 5, "x", [], {}, {"id": 5}, {"id": "x" * 9000}])
def test_rubbish_is_refused(rosa: Any, raw: Any) -> None:
    assert fates(Phone(1).send(rosa.uuid, [raw])) == ["refused"]


def test_oversized_is_refused(rosa: Any) -> None:
    phone = Phone(1)
    raw = phone.statement(
        ids, rosa.uuid, "reassigned", target=rosa.uuid,
        data={"statements": [str(uuid5(SPACE, str(n))) for n in range(201)]},
    )
    assert fates(phone.send(rosa.uuid, [raw])) == ["refused"]


def test_two_contents_with_one_id_are_disputed_whichever_came_first(rosa: Any) -> None:
    phone = Phone(1)
    one = watched(phone, ids, rosa.uuid, 0, 10)
    two = {**one, "data": {"seen": [[20, 30]]}}
    for first, second in ((one, two), (two, one)):
        assert fates(phone.send(rosa.uuid, [first])) == ["taken"]
        assert fates(phone.send(rosa.uuid, [second])) == ["disputed"]
        assert fates(phone.send(rosa.uuid, [first, second])) == ["known", "known"]
        assert seen(rosa) == []
        assert db.session.scalar(db.select(db.func.count()).select_from(DisputedStatement)) == 1
        db.session.rollback()


def test_two_ids_with_one_number_are_disputed(rosa: Any, juana: Any) -> None:
    phone = Phone(1)
    one = watched(phone, ids, rosa.uuid, 0, 10)
    two = {**watched(phone, ids, juana.uuid, 0, 10), "seq": one["seq"]}
    assert fates(phone.send(rosa.uuid, [one, two])) == ["taken", "disputed"]
    phone.send(juana.uuid, [])
    assert seen(rosa) == seen(juana) == []


def test_another_device_cannot_take_an_id(rosa: Any, juana: Any) -> None:
    one = watched(Phone(1), ids, rosa.uuid, 0, 10)
    Phone(1).send(rosa.uuid, [one])
    thief = Phone(2)
    stolen = {**watched(thief, ids, juana.uuid, 0, 10), "id": one["id"]}
    assert fates(thief.send(juana.uuid, [stolen])) == ["refused"]
    assert seen(rosa) == [[[0, 10]]]


def test_a_wrong_secret_is_refused_whole(rosa: Any) -> None:
    phone = Phone(1)
    phone.send(rosa.uuid, [watched(phone, ids, rosa.uuid, 0, 10)])

    class Thief(Phone):
        secret = "guessed " * 8

    answers = Thief(1, seqs=itertools.count(50)).send(
        rosa.uuid, [watched(phone, ids, rosa.uuid, 20, 30)]
    )
    assert fates(answers) == ["refused"]
    assert seen(rosa) == [[[0, 10]]]


def test_statements_about_another_count_once_she_used_the_phone(rosa: Any, juana: Any) -> None:
    phone = Phone(1)
    raw = watched(phone, ids, juana.uuid, 0, 10)
    assert fates(phone.send(rosa.uuid, [raw])) == ["taken"]
    assert seen(juana) == []  # nobody vouches for it: Juana never signed in here
    phone.send(juana.uuid, [])
    assert seen(juana) == [[[0, 10]]]


def test_a_withdrawn_device_stops_counting_from_then(rosa: Any) -> None:
    phone = Phone(1)
    phone.send(rosa.uuid, [watched(phone, ids, rosa.uuid, 0, 10, minute=1),
                           watched(phone, ids, rosa.uuid, 20, 30, minute=30)])
    device = db.session.scalar(db.select(Device).filter_by(uuid=phone.uuid))
    assert device is not None
    from lms.core import clock

    device.withdrawn_at = clock.from_ms(NOON_MS + 20 * 60_000)
    db.session.flush()
    assert seen(rosa) == [[[0, 10]]]


def test_the_erased_stay_erased_and_the_others_pass(rosa: Any, juana: Any) -> None:
    phone = Phone(1)
    phone.send(rosa.uuid, [watched(phone, ids, rosa.uuid, 0, 10)])
    phone.send(juana.uuid, [])
    uuid = rosa.uuid
    rights.erase(rosa)
    late = [watched(phone, ids, uuid, 20, 30), watched(phone, ids, juana.uuid, 0, 5)]
    assert fates(phone.send(juana.uuid, late)) == ["erased", "taken"]
    kept = db.session.scalar(db.select(db.func.count()).select_from(StatementRow))
    assert kept == 2  # hers from before is a count; the late one was dropped


@pytest.mark.parametrize(
    ("wrong_by_ms", "certainty"),
    [(0, Certainty.exact), (-7_200_000, Certainty.estimated), (90_000_000, Certainty.estimated)],
)
def test_a_wrong_clock_is_corrected(rosa: Any, wrong_by_ms: int, certainty: Certainty) -> None:
    phone = Phone(1, wrong_by_ms=wrong_by_ms)
    phone.send(rosa.uuid, [watched(phone, ids, rosa.uuid, 0, 10, minute=5)])
    pair = (rosa.uuid, LESSONS[0])
    (found,) = evidence.valid_statements([pair])[pair]
    assert abs(found.at_ms - (NOON_MS + 5 * 60_000)) <= 60_000
    assert found.certainty is certainty


def test_over_http(client: FlaskClient, signed_in: Any, rosa: Any) -> None:
    phone = Phone(7)
    body = {
        "device": str(phone.uuid), "secret": phone.secret, "now": NOON_MS,
        "statements": [watched(phone, ids, rosa.uuid, 0, 10)],
    }
    origin = {"Origin": "http://localhost"}
    assert client.post("/statements", json=body, headers=origin).status_code == 401
    signed_in(client, rosa)
    assert client.post("/statements", json=body).status_code == 403
    evil = {"Origin": "http://evil.example"}
    assert client.post("/statements", json=body, headers=evil).status_code == 403
    answer = client.post("/statements", json=body, headers=origin)
    assert answer.status_code == 200
    assert [each["is"] for each in answer.json["answers"]] == ["taken"]  # type: ignore[index]
    again = client.post("/statements", json=body, headers=origin)
    assert [each["is"] for each in again.json["answers"]] == ["known"]  # type: ignore[index]
    for wrong in ({**body, "statements": [{}] * 201}, {**body, "secret": "short"}, [], "x"):
        assert client.post("/statements", json=wrong, headers=origin).status_code == 400
    assert str(VERSION)
