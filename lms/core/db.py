"""The database: column types, and how a transaction begins and who ends it.

One commit, at the edge (a route, a job, a command). On SQLite a transaction that may write
begins with BEGIN IMMEDIATE, because read-then-write in a deferred one fails at once with
"locked" whatever the busy timeout says; one that only reads begins deferred.
"""

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, DateTime, Dialect, Engine, LargeBinary, MetaData, Text, event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator, TypeEngine

from lms.core import writes
from lms.core.turns import await_turn, keep_turns

_POOL = 16  # connections that stay open, by demand: eight threads answer by default
MIGRATIONS = Path(__file__).resolve().parents[1] / "migrations"

_is_reading: ContextVar[bool] = ContextVar("is_reading", default=False)


class Base(DeclarativeBase):
    """All tables; constraint names are fixed so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base)

if TYPE_CHECKING:
    Model = Base  # what a type checker can follow
else:
    Model = db.Model


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive datetime; hand UTC to the database."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime without its zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """SQLite forgets the zone: it was UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class UuidBytes(TypeDecorator[uuid.UUID]):
    """A uuid in 16 bytes on SQLite, natively on PostgreSQL."""

    impl = LargeBinary(16)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The engine's own type."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(PG_UUID(as_uuid=True))
        return dialect.type_descriptor(LargeBinary(16))

    def process_bind_param(self, value: uuid.UUID | None, dialect: Dialect) -> Any:
        """A UUID to what the engine takes."""
        if value is None or dialect.name == "postgresql":
            return value
        return value.bytes

    def process_result_value(self, value: Any, dialect: Dialect) -> uuid.UUID | None:
        """What the engine gave, as a UUID."""
        if value is None or isinstance(value, uuid.UUID):
            return value
        return _uuid_of(value)


@lru_cache(maxsize=8192)
def _uuid_of(value: bytes) -> uuid.UUID:
    """The same people, lessons and devices come back in row after row."""
    return uuid.UUID(bytes=value)


class JsonText(TypeDecorator[Any]):
    """JSON without spaces: text on SQLite (small), jsonb on PostgreSQL."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The engine's own type."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(JSONB(none_as_null=True))
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """A Python value to JSON."""
        if value is None or dialect.name == "postgresql":
            return value
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """JSON to a Python value."""
        if value is None or dialect.name == "postgresql":
            return value
        return json.loads(value)


@contextmanager
def reading_only() -> Iterator[None]:
    """Read in a write request without the writers' lock; what was read is let go at the end.

    Use it before slow work (a password's comparison) in a POST. Nothing may have been written yet.
    """
    token = _is_reading.set(True)
    try:
        yield
    finally:
        _is_reading.reset(token)
        db.session.rollback()


@contextmanager
def short_transaction() -> Iterator[Connection]:
    """A transaction of its own (audit, throttles, last seen), committed at the block's end.

    It runs before the request's transaction begins or after it ends, never inside: on SQLite it
    would wait for its own request for ever, so that is refused here on every engine.
    """
    if db.session().in_transaction():
        raise RuntimeError("a short transaction cannot begin inside the request's own")
    token = _is_reading.set(False)
    try:
        with db.engine.begin() as connection:
            yield connection
    finally:
        _is_reading.reset(token)


@contextmanager
def committing() -> Iterator[None]:
    """The edge of a job or a command: commit at the end, roll everything back on an error."""
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise


def begin_reading() -> None:
    """From here on, this context's transactions only read (a GET, a page)."""
    _is_reading.set(True)


def begin_writing() -> None:
    """From here on, this context's transactions may write."""
    _is_reading.set(False)


def init_app(app: Flask, database_url: str) -> None:
    """Bind the app to its database and teach SQLite our manners."""
    app.config["SQLALCHEMY_DATABASE_URI"] = database_url
    if database_url.startswith("sqlite"):
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {
            "connect_args": {"timeout": 30, "check_same_thread": False},
            # Connections beyond the pool are opened and taught anew for each request: with five
            # for eight threads one sign-in of a hundred took twice as long.
            "pool_size": _POOL,
        }
    else:
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"pool_pre_ping": True, "pool_size": _POOL}
    db.init_app(app)
    Migrate(app, db, directory=str(MIGRATIONS))
    with app.app_context():
        writes.count(app, db.engine)
        event.listen(db.engine, "begin", _note_writer)
        if db.engine.dialect.name == "sqlite":
            _teach_sqlite(db.engine)


def _note_writer(connection: Connection) -> None:
    if not _is_reading.get():
        writes.note_write(connection)


def _teach_sqlite(engine: Engine) -> None:
    turns = keep_turns(engine)

    @event.listens_for(engine, "connect")
    def pragmas(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, below
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        # NORMAL may roll back acknowledged commits on a power cut: a receipt must hold.
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA busy_timeout=30000")
        cursor.execute("PRAGMA cache_size=-8000")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if _is_reading.get():
            connection.exec_driver_sql("BEGIN")
        else:
            await_turn(connection, turns)
            connection.exec_driver_sql("BEGIN IMMEDIATE")
