"""The group's page shows who is there now, although it is not read anew for every tap."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, update

from lms.core.db import committing, db
from lms.people import registering
from lms.people.models import Person, Unit
from lms.people.roles import Role
from tests.people.entering import pad_of, tap


def test_what_is_written_here_is_shown_at_once(client: FlaskClient, world: Any) -> None:
    assert "Delia" not in client.get("/g/kantutas-demo").text
    delia = registering.add_person("Delia")
    registering.give_role(delia, Role.LEARNER, world.other_group)
    db.session.commit()
    assert "Delia" in client.get("/g/kantutas-demo?page=2").text
    registering.end_role(delia, Role.LEARNER, world.other_group)
    db.session.commit()
    assert "Delia" not in client.get("/g/kantutas-demo?page=2").text


def test_what_another_process_wrote_is_shown_after_two_seconds(
    app: Flask, client: FlaskClient, world: Any, clock: Any, make_app: Callable[..., Flask]
) -> None:
    assert "Rosa" in client.get("/g/retamas-demo").text
    url = db.engine.url.render_as_string(hide_password=False)
    other = make_app(YACHAY_DATABASE_URL=url)
    with other.app_context(), committing():
        db.session.execute(update(Person).where(Person.name == "Rosa").values(name="Rosaura"))
    clock.advance(seconds=2)
    assert "Rosaura" in client.get("/g/retamas-demo").text


def test_who_left_cannot_sign_in_however_fresh_the_page(
    app: Flask, client: FlaskClient, world: Any, clock: Any, make_app: Callable[..., Flask]
) -> None:
    pad = pad_of(world, world.rosa)
    assert client.get(pad).status_code == 200
    uuid = world.rosa.uuid
    db.session.commit()  # what this test read must not hold the writers' lock
    url = db.engine.url.render_as_string(hide_password=False)
    other = make_app(YACHAY_DATABASE_URL=url)
    with other.app_context(), committing():
        rosa = db.session.query(Person).filter_by(uuid=uuid).one()
        group = db.session.query(Unit).filter_by(slug="las-retamas").one()
        assert registering.end_role(rosa, Role.LEARNER, group)
    assert tap(client, world, world.rosa).status_code == 404


def test_a_page_asked_for_again_is_not_read_again(
    app: Flask, client: FlaskClient, world: Any
) -> None:
    pad = pad_of(world, world.rosa)
    client.get("/g/retamas-demo")
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *of: asked.append(of[2]))
    for _ in range(3):
        client.get("/g/retamas-demo")
        client.get(pad)
    assert [each for each in asked if "roles_held" in each] == []
