"""`lms people ...` as somebody at a terminal meets it."""

import json
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskClient

from lms.core.db import db
from lms.people.cli import people
from lms.people.models import Person, Tombstone, Unit
from lms.people.roles import Role
from tests.people.entering import enter, tap


def run(app: Flask, *words: str, typed: str = "") -> Result:
    db.session.commit()
    result = app.test_cli_runner().invoke(people, words, input=typed)
    db.session.rollback()
    return result


def test_the_tree_of_units(app: Flask, world: Any) -> None:
    shown = run(app, "units").output.splitlines()
    assert shown[0].startswith("red-qantu")
    assert shown[3].startswith("      las-retamas")
    added = run(app, "add-unit", "Ollantaytambo", "--kind", "branch", "--under", "sumaq-wasi")
    assert added.output == "ollantaytambo\n"
    made = db.session.query(Unit).filter_by(slug="ollantaytambo").one()
    assert made.path.startswith(world.institution.path)


def test_a_learner_from_nothing_to_signed_in(
    app: Flask, world: Any, client: FlaskClient
) -> None:
    added = run(app, "add", "Delia", "--role", "learner", "--unit", "las-retamas")
    uuid = added.output.strip()
    assert run(app, "reset-pin", uuid, typed="60418\n60418\n").exit_code == 0
    delia = db.session.query(Person).filter_by(name="Delia").one()
    world.learners.append(delia)
    assert tap(client, world, delia, "60418").status_code == 303


def test_staff_from_nothing_to_signed_in(app: Flask, world: Any, client: FlaskClient) -> None:
    typed = "un camino largo\nun camino largo\n"
    words = ["add", "Teo", "--role", "officer", "--unit", "urubamba", "--username", "Teo"]
    added = run(app, *words, typed=typed)
    assert added.exit_code == 0
    assert "camino" not in added.output  # what is typed is not shown
    assert enter(client, "teo", "un camino largo").status_code == 303
    changed = "otra palabra larga\n" * 2
    assert run(app, "password", "teo", typed=changed).exit_code == 0
    assert client.get("/staff").status_code == 401  # what was open is ended
    assert enter(client, "teo", "otra palabra larga").status_code == 303


def test_roles_come_and_go(app: Flask, world: Any) -> None:
    assert run(app, "role", "nelida", "facilitator", "las-kantutas").exit_code == 0
    assert world.facilitator.has_role(Role.FACILITATOR, world.other_group)
    assert run(app, "role", "nelida", "facilitator", "las-kantutas", "--end").exit_code == 0
    again = run(app, "role", "nelida", "facilitator", "las-kantutas", "--end")
    assert again.exit_code == 1
    assert "is no facilitator at las-kantutas" in again.output


def test_the_groups_link(app: Flask, world: Any) -> None:
    assert run(app, "link", "las-retamas").output == "/g/retamas-demo\n"
    assert run(app, "link", "las-retamas", "--new").output != "/g/retamas-demo\n"


def test_her_rights(app: Flask, world: Any) -> None:
    uuid = str(world.rosa.uuid)
    kept = json.loads(run(app, "kept", uuid).output)
    assert kept["people"][0]["name"] == "Rosa"
    assert run(app, "erase", uuid, typed="n\n").exit_code == 1
    assert db.session.query(Tombstone).count() == 0
    assert run(app, "erase", uuid, typed="y\n").exit_code == 0
    assert str(db.session.query(Tombstone).one().uuid) == uuid
    assert run(app, "erase", uuid, "--yes").exit_code == 1


@pytest.mark.parametrize(
    ("words", "typed", "said"),
    [
        (["add", " ", "--role", "learner", "--unit", "las-retamas"], "", "name is empty"),
        (["add", "X", "--role", "learner", "--unit", "nowhere"], "", "no unit 'nowhere'"),
        (["add", "X", "--role", "queen", "--unit", "urubamba"], "", "'queen' is not one of"),
        (["add", "X", "--role", "officer", "--unit", "urubamba"], "", "--username"),
        (
            ["add", "X", "--role", "learner", "--unit", "las-retamas", "--symbol", "unicorn"],
            "", "No symbol 'unicorn'",
        ),
        (
            ["add", "X", "--role", "learner", "--unit", "las-retamas", "--language", "tlh"],
            "", "No language 'tlh'",
        ),
        (
            ["add", "X", "--role", "officer", "--unit", "urubamba", "--username", "romulo"],
            "una casa grande\n" * 2, "belongs to somebody else",
        ),
        (
            ["add", "X", "--role", "officer", "--unit", "urubamba", "--username", "x"],
            "short\nshort\n", "10 characters or more",
        ),
        (["reset-pin", "nelida"], "1234\n1234\n", "first that a stranger tries"),
        (["reset-pin", "nelida"], "12\n12\n", "4 to 6 digits"),
        (["reset-pin", "nobody"], "", "nobody with the uuid or username 'nobody'"),
        (["password", "nobody"], "", "nobody with the uuid or username"),
        (["link", "urubamba"], "", "only groups have a link"),
        (["add-unit", "X", "--kind", "network", "--under", "urubamba"], "", "cannot stand under"),
        (["role", "nelida", "learner", "nowhere"], "", "no unit 'nowhere'"),
    ],
)  # fmt: skip
def test_bad_input_is_said_clearly_and_changes_nothing(
    app: Flask, world: Any, words: list[str], typed: str, said: str
) -> None:
    people = db.session.query(Person).count()
    result = run(app, *words, typed=typed)
    assert result.exit_code in (1, 2)
    assert said in result.output
    assert "Traceback" not in result.output
    assert db.session.query(Person).count() == people
