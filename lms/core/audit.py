"""The audit log: who did what to whom, kept apart from the work itself.

A row is written in its own short transaction once the request's work is committed, so a
refused act leaves no trace of having happened, and an act never waits for its own log.
"""

from typing import Any
from uuid import UUID

from flask import has_request_context
from flask_login import current_user
from sqlalchemy import insert
from sqlalchemy.orm import Mapped, mapped_column

from lms.core import clock
from lms.core.db import JsonText, Model, UtcDateTime, UuidBytes, db, short_transaction
from lms.core.edge import after_commit


class AuditEntry(Model):
    """One act: `subject` is the uuid of what it was done to, `detail` holds no name or number."""

    __tablename__ = "audit_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[Any] = mapped_column(UtcDateTime(), index=True)
    actor: Mapped[UUID | None] = mapped_column(UuidBytes(), index=True)
    action: Mapped[str]
    subject: Mapped[UUID | None] = mapped_column(UuidBytes(), index=True)
    detail: Mapped[Any] = mapped_column(JsonText())


def note(action: str, subject: UUID | None = None, **detail: Any) -> None:
    """Write that the signed-in person (or a command) did `action`, once it is committed."""
    actor = getattr(current_user, "uuid", None) if has_request_context() else None
    row = {
        "at": clock.now(), "actor": actor, "action": action,
        "subject": subject, "detail": detail,
    }
    if has_request_context():
        after_commit(lambda: _write(row))
    else:
        db.session.execute(insert(AuditEntry), [row])


def _write(row: dict[str, Any]) -> None:
    db.session.rollback()  # the request's work is committed; the session lets go of what it read
    with short_transaction() as connection:
        connection.execute(insert(AuditEntry), [row])
