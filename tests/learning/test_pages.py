"""The learner's pages over HTTP: one document for all, her own half beside it, and the limits."""

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.core.db import db
from lms.courses.document import Audience
from lms.people.models import Person
from tests.learning.school import Phone, in_version, lesson, publish, quiz

SignedIn = Callable[[FlaskClient, Person], FlaskClient]


@pytest.fixture
def rosa(client: FlaskClient, world: Any, signed_in: SignedIn) -> Phone:
    """Rosa's phone, signed in."""
    return Phone(signed_in(client, world.rosa), world.rosa)


def address(course: Any, slug: str, page: str = "l", language: str = "es", rest: str = "") -> str:
    return f"/{page}/{in_version(course, slug).short}/{course.number}/{language}{rest}"


def complete(phone: Phone, course: Any, slug: str) -> None:
    attempt = uuid.uuid4()
    phone.send(phone.saw(course, slug, [0, 100]),
               *(phone.answered(course, slug, attempt, key, "a") for key in ("q1", "q2")))


def links(page: str) -> list[str]:
    """The lesson cards' addresses."""
    return re.findall(r'href="(/l/[^"]+)"', page)


def test_home_offers_the_next_lessons_and_keeps_the_done_ones(rosa: Phone) -> None:
    course = publish(lessons=[{"slug": one} for one in ("uno", "dos", "tres", "cuatro")])
    page = rosa.client.get("/home")
    assert page.headers["Cache-Control"] == "no-store"
    assert links(page.text) == [address(course, one) for one in ("uno", "dos", "tres")]
    assert links(rosa.client.get("/home?page=2").text) == [address(course, "cuatro")]
    complete(rosa, course, "uno")
    assert links(rosa.client.get("/home").text)[0] == address(course, "dos")
    assert links(rosa.client.get("/home?show=done").text) == [address(course, "uno")]


def test_home_waits_for_prerequisites_and_never_shows_what_is_sensitive(rosa: Phone) -> None:
    own = uuid.uuid5(uuid.NAMESPACE_OID, "curso")
    first = lesson(own, "uno").uuid
    course = publish(lessons=[
        {"slug": "uno"}, {"slug": "dos", "prerequisites": (first,)},
        {"slug": "tres", "is_sensitive": True},
    ])
    assert links(rosa.client.get("/home").text) == [address(course, "uno")]
    complete(rosa, course, "uno")
    assert links(rosa.client.get("/home").text) == [address(course, "dos")]
    assert "tres" not in rosa.client.get("/home").text
    assert rosa.client.get(address(course, "tres")).status_code == 200


def test_each_sees_the_courses_made_for_her(
    rosa: Phone, world: Any, app: Flask, signed_in: SignedIn
) -> None:
    ours = publish("ours", [{"slug": "uno"}])
    theirs = publish("theirs", [{"slug": "otro"}], audience=(Audience.OFFICER,))
    officer = signed_in(app.test_client(), world.officer)
    assert links(rosa.client.get("/home").text) == [address(ours, "uno")]
    assert links(officer.get("/home").text) == [address(theirs, "otro")]
    assert rosa.client.get(address(theirs, "otro")).status_code == 404


def test_the_document_is_the_same_for_all_and_knows_nobody(
    rosa: Phone, world: Any, app: Flask, signed_in: SignedIn
) -> None:
    course = publish()
    complete(rosa, course, "uno")
    elena = signed_in(app.test_client(), world.learners[2])
    for page in ("l", "q"):
        hers = rosa.client.get(address(course, "uno", page))
        assert hers.status_code == 200
        assert hers.data == elena.get(address(course, "uno", page)).data
        assert hers.headers["Cache-Control"] == "private, no-cache"
        assert "Cookie" in hers.headers["Vary"]
        assert world.rosa.name not in hers.text
        assert rosa.actor not in hers.text
        assert "csrf" not in hers.text
        again = rosa.client.get(address(course, "uno", page),
                                headers={"If-None-Match": hers.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")


def test_forbidden_and_missing_look_alike(
    rosa: Phone, world: Any, app: Flask, client: FlaskClient
) -> None:
    from lms.people.registering import add_unit
    from lms.people.roles import UnitKind

    other = add_unit("Otra casa", UnitKind.INSTITUTION, world.network)
    course = publish("theirs", [{"slug": "uno"}], unit=other)
    short = in_version(course, "uno").short
    stranger = app.test_client()
    for path in (address(course, "uno"), address(course, "uno", "q"), f"/l/{short}",
                 address(course, "uno", rest="/form"), address(course, "uno", "q", rest="/form"),
                 f"/f/{short}/es", f"/l/{short}/state"):
        missing = path.replace(short, "aaaaaaaa")
        assert [rosa.client.get(one).status_code for one in (path, missing)] == [404, 404]
        forbidden, unknown = stranger.get(path), stranger.get(missing)
        assert forbidden.status_code == unknown.status_code != 200
        assert forbidden.headers.get("Location") == unknown.headers.get("Location")


@pytest.mark.parametrize("tail", ["/7/es", "/1/quy", "/1/xx", "/0/es"])
def test_a_version_or_language_that_there_is_not(rosa: Phone, tail: str) -> None:
    course = publish()
    assert rosa.client.get(f"/l/{in_version(course, 'uno').short}{tail}").status_code == 404


def test_her_state_says_what_is_missing(rosa: Phone) -> None:
    course = publish()
    short = in_version(course, "uno").short
    state = rosa.client.get(f"/l/{short}/state")
    assert state.headers["Cache-Control"] == "no-store"
    assert state.json["person"] == rosa.actor
    assert state.json["missing"] == {"seconds": 90, "questions": 2, "needs_meeting": False}
    assert state.json["next"]["url"] == address(course, "dos")
    attempt = uuid.uuid4()
    rosa.send(rosa.saw(course, "uno", [0, 50]), rosa.answered(course, "uno", attempt, "q1", "a"))
    state = rosa.client.get(f"/l/{short}/state").json
    assert state["missing"] == {"seconds": 40, "questions": 1, "needs_meeting": False}
    assert list(state["progress"]["seen"].values()) == [[[0, 50]]]
    assert state["progress"]["attempts"][0]["right_keys"] == ["q1"]
    finish = rosa.client.get(f"/f/{short}/es").text
    assert "40" in finish
    complete(rosa, course, "uno")
    assert rosa.client.get(f"/l/{short}/state").json["progress"]["is_complete"]
    assert address(course, "dos") in rosa.client.get(f"/f/{short}/es").text


def test_a_draft_is_shown_only_to_who_picks_it_and_says_so(
    client: FlaskClient, world: Any, signed_in: SignedIn
) -> None:
    course = publish()
    signed_in(client, world.justina)  # she speaks Quechua, in which this course is a draft
    short = in_version(course, "uno").short
    assert links(client.get("/home").text)[0] == address(course, "uno", language="es")
    assert client.get(f"/l/{short}").headers["Location"] == address(course, "uno")
    spanish = client.get(address(course, "uno")).text
    assert address(course, "uno", language="quz") in spanish
    quechua = client.get(address(course, "uno", language="quz")).text
    assert 'lang="quz"' in quechua
    assert quechua.count("notice") > spanish.count("notice")


def test_an_exam_sends_no_key_to_the_browser(rosa: Phone) -> None:
    course = publish(lessons=[{"slug": "uno", "quiz": quiz("q1", "q2", kind="exam")}])
    for path in (address(course, "uno"), address(course, "uno", "q"),
                 address(course, "uno", "q", rest="/form")):
        page = rosa.client.get(path).text
        assert "is_right" not in page
        assert "Sobre la b" not in page
    attempt = uuid.uuid4()
    rosa.send(rosa.answered(course, "uno", attempt, "q1", "b"))
    short = in_version(course, "uno").short
    one = rosa.client.get(f"/l/{short}/state").json["progress"]["attempts"][0]
    assert (one["answered"], one["right"], one["right_keys"]) == (["q1"], None, [])
    rosa.send(rosa.answered(course, "uno", attempt, "q2", "a"))
    one = rosa.client.get(f"/l/{short}/state").json["progress"]["attempts"][0]
    assert (one["right"], one["is_passed"], one["right_keys"]) == (1, False, [])


def test_a_visitor_sees_open_courses_only(world: Any, client: FlaskClient) -> None:
    closed = publish("closed", [{"slug": "uno"}])
    course = publish("open", [{"slug": "dos"}], is_open=True)
    assert links(client.get("/home").text) == [address(course, "dos")]
    page = client.get(address(course, "dos"))
    assert page.headers["Cache-Control"] == "public, no-cache"
    state = client.get(f"/l/{in_version(course, 'dos').short}/state").json
    assert (state["person"], state["visitor"]) == (None, True)
    assert client.get(address(closed, "uno")).status_code in {303, 404}


def test_an_old_version_is_still_shown_under_its_number(rosa: Phone) -> None:
    first = publish()
    publish(lessons=[{"slug": "dos"}])
    db.session.commit()
    assert rosa.client.get(address(first, "uno")).status_code == 200
    short = in_version(first, "uno").short
    assert rosa.client.get(f"/l/{short}").headers["Location"] == "/home"
    assert rosa.client.get(f"/l/{short}/state").status_code == 404
