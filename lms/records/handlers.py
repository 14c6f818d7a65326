"""What this floor does when people change: tell whose evidence may count differently now."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from lms.core.db import db
from lms.people import rights
from lms.people.models import Person
from lms.people.signals import vouching_changed
from lms.records import touching
from lms.records.locking import wait_for_intake
from lms.records.models import DisputedStatement, RefusedStatement, StatementRow
from lms.records.signals import received


@vouching_changed.connect
def evidence_may_change(_sender: Any, *, person: UUID) -> None:
    """Her roles, her being known or her device changed: recompute what she did or witnessed."""
    db.session.flush()
    wait_for_intake(alone=True)
    pairs = touching.pairs_of_person(person)
    if pairs:
        received.send(pairs=pairs)


def about(person: Person) -> rights.Rows:
    """Her statements, and those of hers that are disputed or were refused."""
    return {
        "statements": rights.as_rows(
            list(db.session.scalars(select(StatementRow).where(StatementRow.actor == person.uuid)))
        ),
        "disputed_statements": rights.as_rows(
            list(db.session.scalars(
                select(DisputedStatement).where(DisputedStatement.actor == person.uuid)
            ))
        ),
        "refused_statements": rights.as_rows(
            list(db.session.scalars(
                select(RefusedStatement).where(RefusedStatement.sender == person.uuid)
            ))
        ),
    }


def erase(person: Person) -> None:
    """Nothing to delete: statements bear a random uuid only, and stay as counts (RECORDS)."""


def register() -> None:
    """Enter this feature's tables in the registries of people's rights."""
    rights.keeps(
        "records", tables=("statements", "disputed_statements", "refused_statements"),
        about=about, erase=erase,
    )
    rights.impersonal(
        "numbers and random uuids without a person's row",
        "statement_contexts", "statement_references", "deliveries", "device_uses",
    )
