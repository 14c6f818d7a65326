"""Every role of another institution asks for every kind of object of this one, and finds none."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.core.db import db
from lms.people import registering
from lms.people.models import Person
from lms.people.roles import Role, UnitKind
from tests.matrix import OBJECTS, Kind
from tests.people.entering import OURS

DIGITS = {"pin": "60418"}


@pytest.fixture
def strangers(world: Any) -> dict[str, Person]:
    """Somebody of every role in another institution, at its top, and one with no role at all."""
    network = registering.add_unit("Otra Red", UnitKind.NETWORK, None)
    institution = registering.add_unit("Otra Casa", UnitKind.INSTITUTION, network)
    group = registering.add_unit("Otro Grupo", UnitKind.GROUP, institution)
    people = {}
    for role in Role:
        person = registering.add_person(f"Otra {role}")
        registering.give_role(person, role, group if role is Role.LEARNER else network)
        people[str(role)] = person
    people["nothing"] = registering.add_person("Otra")
    # Who was admin here until yesterday is a stranger today.
    people["former admin"] = registering.add_person("Antes")
    registering.give_role(people["former admin"], Role.ADMIN, world.network)
    registering.end_role(people["former admin"], Role.ADMIN, world.network)
    return people


@pytest.mark.parametrize("kind", OBJECTS, ids=lambda kind: kind.name)
def test_what_is_anothers_does_not_exist(
    app: Flask, world: Any, strangers: dict[str, Person],
    signed_in: Callable[..., FlaskClient], kind: Kind,
) -> None:  # fmt: skip
    app.config["WTF_CSRF_ENABLED"] = False  # a token would be refused before the question is asked
    addresses = kind.addresses(world)
    db.session.commit()
    assert addresses
    wrong = []
    for role, person in strangers.items():
        if role in kind.roles_that_may:
            continue
        client = signed_in(app.test_client(), person)
        for method, path in addresses:
            answer = client.open(path, method=method, headers=OURS, data=DIGITS)
            if answer.status_code != 404:
                wrong.append((role, method, path, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("kind", OBJECTS, ids=lambda kind: kind.name)
def test_what_is_missing_looks_the_same_as_what_is_anothers(
    app: Flask, world: Any, strangers: dict[str, Person],
    signed_in: Callable[..., FlaskClient], kind: Kind,
) -> None:  # fmt: skip
    """The same page, word for word: nobody learns from it what exists."""
    method, path = kind.addresses(world)[0]
    db.session.commit()
    app.config["WTF_CSRF_ENABLED"] = False
    client = signed_in(app.test_client(), strangers["admin"])
    theirs = client.open(path, method=method, headers=OURS)
    nowhere = client.open("/there/is/nothing/here", method=method, headers=OURS)
    assert theirs.status_code == nowhere.status_code == 404
    assert theirs.get_json(silent=True) == nowhere.get_json(silent=True)
    assert theirs.text == nowhere.text


def test_every_row_of_the_matrix_is_met_by_somebody(
    app: Flask, world: Any, signed_in: Callable[..., FlaskClient]
) -> None:
    """A 404 proves nothing where everybody gets one: these exist for who may see them."""
    app.config["WTF_CSRF_ENABLED"] = False
    client = signed_in(app.test_client(), world.admin)
    for slug in ("sumaq-wasi", "urubamba", "las-retamas"):
        assert client.get(f"/units/{slug}").status_code == 200
    assert client.get(f"/people/{world.rosa.uuid}/pin").status_code == 200
    assert client.get("/units/red-qantu").status_code == 404
    kinds = {kind.name: kind.addresses(world) for kind in OBJECTS}
    page = kinds["original and rendition"][0][1]
    assert client.get(page).status_code == 200
    rosa = signed_in(app.test_client(), world.rosa)
    for _method, path in kinds["lesson and quiz"][:1]:
        assert rosa.get(path).status_code == 200
