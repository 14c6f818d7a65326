"""Pages that are kept for everybody know nobody, and staff rights have no PIN door."""

from typing import Any

from flask.testing import FlaskClient

from lms.core.db import db
from lms.people import registering
from lms.people.roles import Role
from tests.people.entering import OURS, enter, pad_of, tap


def test_a_kept_page_says_nothing_of_who_asked_first(
    app: Any, make_app: Any, world: Any, signed_in: Any
) -> None:
    pad = pad_of(world, world.rosa)
    pages = ["/staff/enter", pad, pad.rpartition("/")[0]]
    admin = signed_in(app.test_client(), world.admin)
    with admin.session_transaction() as session:
        session["_flashes"] = [("message", "Rosa has a new PIN.")]
    first = [admin.get(page).text for page in pages]
    stranger = app.test_client()
    for page, warmed in zip(pages, first, strict=True):
        seen = stranger.get(page).text
        assert "Rosa has a new PIN." not in seen
        assert "/records/problems" not in seen
        assert seen == warmed
    assert "/records/problems" in admin.get("/staff").text


def test_who_became_staff_signs_in_by_password_only(
    client: FlaskClient, app: Any, world: Any, signed_in: Any
) -> None:
    assert tap(client, world, world.rosa).status_code == 303
    registering.give_role(world.rosa, Role.ADMIN, world.institution)
    db.session.commit()
    assert tap(app.test_client(), world, world.rosa).status_code == 403
    nelida = signed_in(app.test_client(), world.facilitator)
    assert nelida.get(f"/people/{world.rosa.uuid}/pin").status_code == 404


def test_odd_input_is_refused_not_crashed(app: Any, client: FlaskClient, world: Any) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    assert client.post("/exit", headers={"Origin": "http://["}).status_code == 403
    assert client.get("/g/a%00b").status_code == 404
    assert client.get(f"/l/aaaaaaaa/{10**30}/es").status_code == 404
    assert enter(client, "ines\0", "x").status_code < 500
    assert client.post("/staff/enter", data={}, headers=OURS).status_code < 500


def test_the_address_is_the_phones_where_a_proxy_is_named(make_app: Any, world: Any) -> None:
    behind = make_app(YACHAY_TRUSTED_PROXIES="1")

    @behind.get("/t/who")
    def who() -> str:
        from flask import request

        return f"{request.remote_addr} {request.host}"

    who.is_public = True
    said = behind.test_client().get(
        "/t/who", headers={"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Host": "evil.example"}
    )
    assert said.text == "203.0.113.9 localhost"
