"""A thousand learners and what they did, for benches: rows straight into a school's database."""

import json
import random
import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from lms.core.clock import now_ms
from lms.core.db import committing, db
from lms.core.ids import new_uuid
from lms.people.models import Person, RoleHeld, Unit
from lms.people.roles import Role, UnitKind
from lms.people.signing_in import begin
from lms.people.signing_in_models import Way


@dataclass(frozen=True)
class Woman:
    """A learner of the crowd and the cookie of her phone."""

    uuid: uuid.UUID
    cookie: str


def add_people(count: int) -> None:
    """Learners with names and symbols in the first group there is."""
    with committing():
        group = db.session.scalars(select(Unit).where(Unit.kind == UnitKind.GROUP)).first()
        if group is None:
            raise LookupError("the school has no group")
        for number in range(count):
            person = Person(name=f"Persona {number}", symbol="sun")
            db.session.add(person)
            db.session.flush()
            db.session.add(
                RoleHeld(
                    person_id=person.id,
                    person_uuid=person.uuid,
                    unit_id=group.id,
                    role=Role.LEARNER,
                )
            )


def sign_in(count: int) -> list[Woman]:
    """Sign so many of the crowd in, each on her own phone."""
    rows = db.session.execute(
        select(Person.id, Person.uuid).where(Person.name.like("Persona %")).limit(count)
    ).all()
    db.session.rollback()
    return [Woman(row.uuid, begin(row.id, Way.PIN)) for row in rows]


@dataclass(frozen=True)
class Watchable:
    """What a statement says about a lesson: uuids and the digest of its video, as text."""

    lesson: str
    version: str
    original: str
    questions: tuple[tuple[str, tuple[str, ...]], ...]


def batch_of(woman: Woman, lessons: list[Watchable], size: int, seed: int) -> bytes:
    """One full batch of a phone: its woman began, watched and answered these lessons."""
    chance = random.Random(seed)
    statements: list[dict[str, Any]] = []
    at = now_ms() - 3_600_000
    for number in range(size):
        lesson = lessons[number * len(lessons) // size]
        statement: dict[str, Any] = {
            "id": str(new_uuid()),
            "seq": number + 1,
            "at": at + number * 5_000,
            "actor": str(woman.uuid),
            "lesson": lesson.lesson,
            "version": lesson.version,
            "language": "es",
        }
        if lesson.questions and number % 10 == 9:
            question, choices = chance.choice(lesson.questions)
            attempt = str(uuid.UUID(int=chance.getrandbits(128), version=4))
            data: dict[str, Any] = {"attempt": attempt, "question": question}
            data["choices"] = [chance.choice(choices)]
            statement.update(verb="answered", data=data)
        else:
            second = number % 45
            statement.update(
                verb="progressed",
                original=lesson.original,
                rung="low",
                data={"seen": [[second, second + 5]]},
            )
        statements.append(statement)
    batch = {
        "device": str(uuid.uuid4()),
        "secret": f"{seed:064x}",
        "now": now_ms(),
        "statements": statements,
    }
    return json.dumps(batch, separators=(",", ":")).encode()
