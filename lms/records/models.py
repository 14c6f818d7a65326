"""Tables of what people did. Append-only: a row is never changed but for its dispute and receipt.

A statement's row takes about 255 bytes on SQLite: uuids in 16 bytes, the verb as a number, and
what many statements share (version, original, group, language, rung) once, in a context row.
Rows name people by their random uuid only, not by a key: a statement may come before its person
is known, and stays, without a name, when she is erased.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import JsonText, Model, UuidBytes

# A wide key that SQLite still makes by itself.
BigKey = BigInteger().with_variant(Integer, "sqlite")


class StatementContext(Model):
    """Where and how: shared by the many statements of one sitting; `digest` names its content."""

    __tablename__ = "statement_contexts"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary(16), unique=True)
    version: Mapped[UUID | None] = mapped_column(UuidBytes)
    original: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    group: Mapped[UUID | None] = mapped_column(UuidBytes)
    language: Mapped[str | None]
    rung: Mapped[str | None]


class StatementRow(Model):
    """One statement. Times are milliseconds since 1970; `at_ms` by the device's own clock."""

    __tablename__ = "statements"
    __table_args__ = (
        UniqueConstraint("device_id", "seq"),
        Index("ix_statements_actor_lesson", "actor", "lesson"),
        Index("ix_statements_target", "target",
              sqlite_where=text("target IS NOT NULL"),
              postgresql_where=text("target IS NOT NULL")),
        Index("ix_statements_meeting", "meeting",
              sqlite_where=text("meeting IS NOT NULL"),
              postgresql_where=text("meeting IS NOT NULL")),
        Index("ix_statements_witness", "witness",
              sqlite_where=text("witness IS NOT NULL"),
              postgresql_where=text("witness IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    uuid: Mapped[UUID] = mapped_column(UuidBytes, unique=True)
    device_id: Mapped[int] = mapped_column(ForeignKey("devices.id"))
    seq: Mapped[int] = mapped_column(BigInteger)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    at_ms: Mapped[int] = mapped_column(BigInteger)
    received_ms: Mapped[int] = mapped_column(BigInteger)
    actor: Mapped[UUID] = mapped_column(UuidBytes)
    is_group: Mapped[bool]
    witness: Mapped[UUID | None] = mapped_column(UuidBytes)
    verb: Mapped[int] = mapped_column(SmallInteger)
    lesson: Mapped[UUID | None] = mapped_column(UuidBytes)
    meeting: Mapped[UUID | None] = mapped_column(UuidBytes)
    target: Mapped[UUID | None] = mapped_column(UuidBytes)
    context_id: Mapped[int] = mapped_column(ForeignKey("statement_contexts.id"))
    road: Mapped[int] = mapped_column(SmallInteger)
    is_disputed: Mapped[bool] = mapped_column(default=False)
    data: Mapped[Any] = mapped_column(JsonText)


class StatementReference(Model):
    """A statement that a `reassigned` names, so that it can be found from either side."""

    __tablename__ = "statement_references"

    statement_id: Mapped[int] = mapped_column(ForeignKey("statements.id"), primary_key=True)
    refers_to: Mapped[UUID] = mapped_column(UuidBytes, primary_key=True, index=True)


class DisputedStatement(Model):
    """Another content under an id or a (device, seq) that is taken: kept, and neither counts."""

    __tablename__ = "disputed_statements"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(UuidBytes, index=True)
    device_id: Mapped[int] = mapped_column(ForeignKey("devices.id"), index=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    actor: Mapped[UUID] = mapped_column(UuidBytes)
    received_ms: Mapped[int] = mapped_column(BigInteger)
    content: Mapped[str]


class RefusedStatement(Model):
    """What the door refused and why, for staff to see; never its content."""

    __tablename__ = "refused_statements"
    __table_args__ = (UniqueConstraint("device", "statement"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    device: Mapped[UUID] = mapped_column(UuidBytes)
    statement: Mapped[str]
    sender: Mapped[UUID | None] = mapped_column(UuidBytes, index=True)
    why: Mapped[str]
    received_ms: Mapped[int] = mapped_column(BigInteger)


class Delivery(Model):
    """One batch's two clocks: what the device thought the time was, and when it arrived."""

    __tablename__ = "deliveries"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    device_id: Mapped[int] = mapped_column(ForeignKey("devices.id"), index=True)
    device_now_ms: Mapped[int] = mapped_column(BigInteger)
    received_ms: Mapped[int] = mapped_column(BigInteger)


class DeviceUse(Model):
    """A person signed in on this device at least once: it may speak for her from then on."""

    __tablename__ = "device_uses"

    device_id: Mapped[int] = mapped_column(ForeignKey("devices.id"), primary_key=True)
    person: Mapped[UUID] = mapped_column(UuidBytes, primary_key=True, index=True)
    since_ms: Mapped[int] = mapped_column(BigInteger)
