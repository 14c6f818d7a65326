"""What could not be counted is shown to the admin of those people, and to nobody else."""

import itertools
from typing import Any

from flask.testing import FlaskClient

from lms.people import registering
from lms.people.roles import Role, UnitKind
from tests.records.building import Phone, watched


def test_an_admin_sees_disputes_and_refusals_of_her_own(
    client: FlaskClient, signed_in: Any, world: Any
) -> None:
    ids, phone, rosa = itertools.count(1), Phone(1), world.rosa.uuid
    one = watched(phone, ids, rosa, 0, 10)
    two = {**one, "data": {"seen": [[20, 30]]}}
    phone.send(rosa, [one, two, {"id": "rubbish"}])
    page = signed_in(client, world.admin).get("/records/problems").text
    assert page.count("<td>Rosa</td>") == 2
    assert one["id"] in page
    assert "en disputa" in page
    assert "rechazado" in page

    elsewhere = registering.add_unit("Otra Caja", UnitKind.INSTITUTION, world.network)
    other = registering.add_person("Otra admin")
    registering.give_role(other, Role.ADMIN, elsewhere)
    page = signed_in(client, other).get("/records/problems").text
    assert "Rosa" not in page
    assert "Nada: todo lo que llegó" in page
    for person in (world.facilitator, world.officer, world.rosa):
        assert signed_in(client, person).get("/records/problems").status_code == 404
