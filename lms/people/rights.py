"""People's rights: what is kept about somebody, and erasing it. Every feature registers here.

A table either holds something about people, and its feature says how to show and how to erase
it, or it does not, and its feature says why. A house test fails for a table in neither list.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import inspect

from lms.core.db import db
from lms.people.models import Person, Tombstone
from lms.people.signals import vouching_changed

Rows = dict[str, list[dict[str, Any]]]
About = Callable[[Person], Rows]
Erase = Callable[[Person], None]


@dataclass(frozen=True)
class Keeper:
    """One feature's answer for its tables."""

    feature: str
    tables: tuple[str, ...]
    about: About
    erase: Erase


_keepers: dict[str, Keeper] = {}
_impersonal: dict[str, str] = {}


def keeps(feature: str, *, tables: tuple[str, ...], about: About, erase: Erase) -> None:
    """Register a feature's tables about people.

    `about(person)` gives {table: [row as a dict]}; `erase(person)` deletes or empties the rows in
    the caller's transaction and leaves what only counts. Registering again replaces.
    """
    _keepers[feature] = Keeper(feature, tables, about, erase)


def impersonal(reason: str, *tables: str) -> None:
    """Register tables that hold nothing about a person, with the reason in words."""
    for table in tables:
        _impersonal[table] = reason


def kept_about(person: Person) -> Rows:
    """Everything that is kept about the person, by table, for her to see."""
    found: Rows = {}
    for keeper in _keepers.values():
        for table, rows in keeper.about(person).items():
            found.setdefault(table, []).extend(rows)
    return found


def erase(person: Person) -> UUID:
    """Erase the person from every feature and leave a tombstone; gives the uuid it bears.

    The floors above let go first, and the person's own row goes last.
    """
    uuid = person.uuid
    for feature, keeper in reversed(_keepers.items()):
        if feature != "people":
            keeper.erase(person)
    db.session.flush()
    if db.session.get(Tombstone, uuid) is None:
        db.session.add(Tombstone(uuid=uuid))
    _keepers["people"].erase(person)
    db.session.flush()
    vouching_changed.send(person=uuid)
    return uuid


def registered() -> dict[str, str]:
    """Every registered table with its keeper or its reason, for the house test."""
    kept = {table: f"kept by {k.feature}" for k in _keepers.values() for table in k.tables}
    return {**kept, **_impersonal}


def as_rows(found: list[Any]) -> list[dict[str, Any]]:
    """Model instances as plain dicts of their columns, without hashes and digests."""
    return [
        {
            column.key: getattr(row, column.key)
            for column in inspect(type(row)).columns
            if column.key not in {"hash", "token_digest"}
        }
        for row in found
    ]
