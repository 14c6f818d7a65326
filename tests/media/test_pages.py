"""What an admin sees of the videos, and that nobody else does."""

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from lms.core.db import committing, db
from lms.media.importing import add_original
from lms.media.models import Original, RenditionState
from lms.people.models import Unit
from lms.people.roles import UnitKind
from tests.media.test_importing import do_all_work


@pytest.fixture
def original(world: Any, silent: Path) -> Original:
    """A video of the world's institution, not yet made."""
    with committing():
        return add_original(silent, unit=world.institution, label="Mi presupuesto.mp4")


def test_from_waiting_to_a_player(
    client: FlaskClient, world: Any, signed_in: Any, original: Original
) -> None:
    signed_in(client, world.admin)
    page = client.get("/media")
    assert page.status_code == 200
    assert "Mi presupuesto.mp4" in page.text
    assert "0&nbsp;%" in page.text
    assert page.headers["Refresh"] == "5"
    address = f"/media/{original.digest[:12]}"
    assert f'href="{address}"' in page.text
    assert "<video" not in client.get(address).text
    do_all_work()
    ready = client.get(address)
    assert "Refresh" not in ready.headers
    assert ready.text.count("<video") == 4
    db.session.expire_all()
    for rendition in original.renditions:
        answer = client.get(f"/m/{rendition.name}", headers={"Range": "bytes=0-99"})
        assert answer.status_code == 206
        assert answer.headers["Cache-Control"].startswith("private")
        assert f'src="/m/{rendition.name}"' in ready.text
    assert "100&nbsp;%" in client.get("/media").text
    stranger = client.application.test_client()
    assert stranger.get(f"/m/{original.renditions[0].name}").status_code == 404
    db.session.rollback()


def test_a_failed_rung_can_be_tried_again(
    client: FlaskClient, world: Any, signed_in: Any, original: Original
) -> None:
    with committing():
        original.renditions[0].state = RenditionState.FAILED
        original.renditions[0].error = "ffmpeg ended with 1"
    client.application.config["WTF_CSRF_ENABLED"] = False
    signed_in(client, world.admin)
    address = f"/media/{original.digest[:12]}"
    page = client.get(address).text
    assert "ffmpeg ended with 1" in page
    assert f'action="{address}/again"' in page
    assert client.post(f"{address}/again").status_code == 303
    db.session.expire_all()
    assert original.renditions[0].state is RenditionState.WAITING
    assert "/again" not in client.get(address).text
    db.session.rollback()


def test_only_admins_of_those_who_gave_it(
    client: FlaskClient, world: Any, signed_in: Any, silent: Path, sound_only: Path
) -> None:
    with committing():
        other = Unit(slug="otra", name="Otra", kind=UnitKind.INSTITUTION, path="",
                     parent_id=world.network.id)
        db.session.add(other)
        db.session.flush()
        other.path = f"{world.network.path}{other.id}/"
        theirs = add_original(silent, unit=other, label="theirs.mp4")
        nobodys = add_original(sound_only, label="nobodys.m4a")
    do_all_work()
    db.session.expire_all()
    names = [each.name for original in (theirs, nobodys) for each in original.renditions]
    shorts = [theirs.digest[:12], nobodys.digest[:12]]
    db.session.rollback()
    for person in (world.admin, world.rosa, world.facilitator, world.officer, world.manager):
        own = signed_in(client.application.test_client(), person)
        listed = own.get("/media")
        assert listed.status_code == (200 if person is world.admin else 404)
        assert "theirs" not in listed.text
        assert "nobodys" not in listed.text
        for short in shorts:
            assert own.get(f"/media/{short}").status_code == 404
        for name in names:
            assert own.get(f"/m/{name}").status_code == 404
    assert client.get("/media/%25%25%25%25%25%25%25%25%25%25%25%25").status_code in (401, 404)


def test_a_list_without_videos_says_what_to_do(
    client: FlaskClient, world: Any, signed_in: Any
) -> None:
    page = signed_in(client, world.admin).get("/media")
    assert page.status_code == 200
    assert "lms media add" in page.text
