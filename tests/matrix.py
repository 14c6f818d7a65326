"""Every kind of object that belongs to an institution, and the addresses where it is met.

The matrix test asks for each of these as every role of *another* institution and wants 404. A
feature with a new kind of object adds a row to `OBJECTS`, with a function that makes one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lms.core.db import db
from lms.core.ids import short_id
from lms.media.models import OriginalHolder
from tests.learning.school import publish
from tests.media.renditions import BODY, URL, add_rendition

Build = Callable[[Any], list[tuple[str, str]]]


@dataclass(frozen=True)
class Kind:
    """A kind of object: `addresses(world)` makes one of that world and lists (method, path)."""

    name: str
    addresses: Build
    roles_that_may: frozenset[str] = frozenset()
    """Roles for which another rule holds, such as an open door; with its own test."""


def _units(world: Any) -> list[tuple[str, str]]:
    places = (world.network, world.institution, world.branch, world.group)
    return [("GET", f"/units/{unit.slug}") for unit in places]


def _group(world: Any) -> list[tuple[str, str]]:
    slug = world.group.slug
    return [("POST", f"/groups/{slug}/pair"), ("POST", f"/groups/{slug}/link")]


def _group_without_its_link(world: Any) -> list[tuple[str, str]]:
    place = short_id(world.group.uuid)
    return [("GET", f"/g/{place}"), ("GET", f"/g/{place}/{short_id(world.rosa.uuid)}")]


def _person(world: Any) -> list[tuple[str, str]]:
    people = (world.rosa, world.facilitator, world.admin)
    paths = [
        f"/people/{each.uuid}/pin{rest}"
        for each in people
        for rest in ("", "/digits", "/pictures", "/digits/again")
    ]
    return [("GET", path) for path in paths] + [("POST", path) for path in paths if "/pin/" in path]


def _lesson(world: Any) -> list[tuple[str, str]]:
    document = publish("curso-cerrado", unit=world.institution)
    short = next(iter(document.lessons())).short
    paths = [
        f"/l/{short}/1/es", f"/l/{short}", f"/l/{short}/state", f"/l/{short}/1/es/form",
        f"/q/{short}/1/es", f"/q/{short}/1/es/form", f"/f/{short}/es",
    ]  # fmt: skip
    forms = [path for path in paths if path.endswith("/form")]
    return [("GET", path) for path in paths] + [("POST", path) for path in forms]


def _original(world: Any) -> list[tuple[str, str]]:
    """A video that the institution gave and no course shows yet: its page and its bytes."""
    rendition = add_rendition(BODY)
    db.session.add(
        OriginalHolder(original_id=rendition.original_id, unit_id=world.institution.id)
    )
    page = f"/media/{rendition.original.digest[:12]}"
    return [("GET", page), ("POST", f"{page}/again"), ("GET", URL)]


OBJECTS: list[Kind] = [
    Kind("unit", _units),
    Kind("group", _group),
    Kind("group by its short id", _group_without_its_link),
    Kind("person", _person),
    Kind("lesson and quiz", _lesson),
    Kind("original and rendition", _original),
]
