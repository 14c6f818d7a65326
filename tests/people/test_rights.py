"""What is kept about a woman can be shown to her, and can be erased."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask.testing import FlaskClient
from sqlalchemy import inspect, select

from lms.core.db import db
from lms.people import rights
from lms.people.models import Person, RoleHeld, Tombstone
from lms.people.signing_in_models import PinLogin, SignIn, Throttle
from tests.people.entering import OURS, tap


def everything() -> str:
    """All text and bytes in the database, to search in."""
    found = []
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(select(table)):
            found.append(repr(tuple(row)))
    return "\n".join(found)


def test_kept_about_her_by_table_without_hashes(client: FlaskClient, world: Any) -> None:
    tap(client, world, world.rosa)
    tap(client, world, world.rosa, "8203")
    kept = rights.kept_about(world.rosa)
    assert kept["people"][0]["name"] == "Rosa"
    assert [row["role"] for row in kept["roles_held"]] == ["learner"]
    assert len(kept["sign_ins"]) == len(kept["pin_logins"]) == len(kept["throttles"]) == 1
    assert "argon2" not in repr(kept)
    assert "token_digest" not in repr(kept)
    assert rights.kept_about(world.justina)["sign_ins"] == []


def test_erasing_leaves_a_tombstone_and_nothing_that_leads_to_her(
    client: FlaskClient, world: Any
) -> None:
    tap(client, world, world.rosa)
    tap(client, world, world.rosa, "8203")
    before = db.session.query(Person).count()
    uuid = rights.erase(world.rosa)
    db.session.commit()
    assert db.session.get(Tombstone, uuid) is not None
    assert db.session.query(Person).count() == before - 1
    assert "Rosa" not in everything()
    for model in (PinLogin, SignIn):
        rows = [row for row in db.session.query(model) if db.session.get(Person, row.person_id)]
        assert len(rows) == db.session.query(model).count()
    assert db.session.query(RoleHeld).filter_by(person_uuid=uuid).count() == 0
    assert db.session.query(Throttle).filter_by(kind="person").count() == 0
    assert "Rosa" not in client.get("/g/retamas-demo").text
    assert client.get("/").status_code == 200  # her cookie opens nothing


def test_erasing_staff_ends_her_roles(
    client: FlaskClient, world: Any, signed_in: Callable[..., FlaskClient]
) -> None:
    signed_in(client, world.facilitator)
    rights.erase(world.facilitator)
    assert client.get("/units/las-retamas").status_code == 401
    assert "Nélida" not in everything()
    form = {"username": "nelida", "password": world.passwords["nelida"]}
    assert client.post("/staff/enter", data=form, headers=OURS).status_code == 403


def test_who_was_erased_may_be_erased_again_under_a_tombstone_that_stays(world: Any) -> None:
    """A late device may bring her back by mistake; her tombstone is not in the way."""
    uuid = rights.erase(world.rosa)
    again = Person(name="Rosa", uuid=uuid)
    db.session.add(again)
    db.session.flush()
    assert rights.erase(again) == uuid
    assert db.session.query(Tombstone).count() == 1


def test_every_feature_is_asked(world: Any) -> None:
    """A floor above registers; it is asked about her and told to let go, before her row goes."""
    asked: list[tuple[str, UUID]] = []

    def about(person: Person) -> rights.Rows:
        asked.append(("about", person.uuid))
        return {"drawings": [{"of": "a llama"}]}

    def erase(person: Person) -> None:
        assert not inspect(person).deleted
        asked.append(("erase", person.uuid))

    rights.keeps("drawing", tables=("drawings",), about=about, erase=erase)
    try:
        assert rights.kept_about(world.rosa)["drawings"] == [{"of": "a llama"}]
        uuid = rights.erase(world.rosa)
        assert asked == [("about", uuid), ("erase", uuid)]
    finally:
        rights._keepers.pop("drawing")
