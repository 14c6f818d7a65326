"""How a test's browser signs in: what a page with our own forms would send."""

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lms.core.ids import short_id
from lms.people.models import Person
from lms.seed import World, pin_as_tapped

OURS = {"Origin": "http://localhost"}


def pad_of(world: World, person: Person) -> str:
    """The address of a learner's pad, by her group's link."""
    group = world.group if person in world.learners else world.other_group
    return f"/g/{world.links[group.slug]}/{short_id(person.uuid)}"


def tap(
    client: FlaskClient, world: World, person: Person, pin: str | None = None, **more: Any
) -> TestResponse:
    """Send a PIN from the pad; without `pin` her right one."""
    tapped = pin_as_tapped(world.pins[person.uuid]) if pin is None else pin
    return client.post(pad_of(world, person), data={"pin": tapped}, headers=OURS, **more)


def enter(client: FlaskClient, username: str, password: str, **more: Any) -> TestResponse:
    """Send the staff's form."""
    data = {"username": username, "password": password}
    return client.post("/staff/enter", data=data, headers=OURS, **more)


def is_in(client: FlaskClient) -> bool:
    """Whether somebody is signed in in this browser."""
    return client.get("/").status_code == 303
