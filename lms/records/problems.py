"""What an admin must look at: statements that are disputed, and those that the door refused."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from lms.core import clock
from lms.core.db import db
from lms.people.models import Person
from lms.records.models import DisputedStatement, RefusedStatement

MOST = 200


@dataclass(frozen=True)
class Problem:
    """One line of the list."""

    at: datetime
    person: Person
    kind: str
    why: str


def problems_for(admin: Person) -> list[Problem]:
    """The newest problems about people whom this admin may see, newest first."""
    people = {person.uuid: person for person in db.session.scalars(Person.visible_to(admin))}
    disputes = db.session.execute(
        select(DisputedStatement.actor, DisputedStatement.received_ms, DisputedStatement.uuid)
        .order_by(DisputedStatement.id.desc()).limit(MOST * 5)
    )
    refusals = db.session.execute(
        select(RefusedStatement.sender, RefusedStatement.received_ms, RefusedStatement.why)
        .where(RefusedStatement.sender.is_not(None))
        .order_by(RefusedStatement.id.desc()).limit(MOST * 5)
    )
    found = [
        Problem(clock.from_ms(at), people[actor], "disputed", str(uuid))
        for actor, at, uuid in disputes if actor in people
    ] + [
        Problem(clock.from_ms(at), people[sender], "refused", why)
        for sender, at, why in refusals if sender in people
    ]
    return sorted(found, key=lambda each: each.at, reverse=True)[:MOST]
