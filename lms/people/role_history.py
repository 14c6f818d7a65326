"""Which role somebody held at a moment, asked for many at once.

A statement's witness is judged by the role she held *then*, so ended roles are kept and read.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select

from lms.core.db import db
from lms.people.models import RoleHeld, Unit
from lms.people.roles import Role


@dataclass(frozen=True)
class Held:
    """One role held at the unit of this path, from a moment until another (None: still)."""

    role: Role
    path: str
    began_at: datetime
    ended_at: datetime | None


@dataclass
class RoleBook:
    """The roles of some people, read once; asking it makes no query."""

    roles: dict[UUID, list[Held]] = field(default_factory=lambda: defaultdict(list))
    paths: dict[UUID, str] = field(default_factory=dict)

    def held(
        self, person: UUID, roles: Iterable[Role], unit: UUID | None, at: datetime
    ) -> bool:
        """Whether the person held one of the roles at that moment, at the unit or above it.

        `unit` None asks for the role anywhere. A unit that does not exist gives False.
        """
        wanted = set(roles)
        if unit is not None and unit not in self.paths:
            return False
        path = self.paths[unit] if unit is not None else None
        return any(
            each.role in wanted
            and each.began_at <= at
            and (each.ended_at is None or at < each.ended_at)
            and (path is None or path.startswith(each.path))
            for each in self.roles.get(person, ())
        )


def role_book(people: Iterable[UUID], units: Iterable[UUID] = ()) -> RoleBook:
    """The roles of these people at any time; `units` are the ones that will be asked about.

    Without `units` the paths of all units are read.
    """
    book = RoleBook()
    wanted, asked = list(set(people)), list(set(units))
    for some in _portions(wanted):
        rows = db.session.execute(
            select(
                RoleHeld.person_uuid, RoleHeld.role, Unit.path, RoleHeld.began_at, RoleHeld.ended_at
            )
            .join(Unit, Unit.id == RoleHeld.unit_id)
            .where(RoleHeld.person_uuid.in_(some))
        )
        for uuid, role, path, began_at, ended_at in rows:
            book.roles[uuid].append(Held(role, path, began_at, ended_at))
    if asked:
        for some in _portions(asked):
            _read_paths(book, select(Unit.uuid, Unit.path).where(Unit.uuid.in_(some)))
    elif wanted:
        _read_paths(book, select(Unit.uuid, Unit.path))
    return book


def _read_paths(book: RoleBook, query: Select[UUID, str]) -> None:
    for uuid, path in db.session.execute(query):
        book.paths[uuid] = path


def _portions(of: list[UUID], size: int = 500) -> Iterable[list[UUID]]:
    """SQLite takes a limited number of parameters in one statement."""
    return (of[start : start + size] for start in range(0, len(of), size))
