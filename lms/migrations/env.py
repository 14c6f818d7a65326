"""Alembic's entry: migrates the running app's database, in one transaction."""

from typing import Any, Literal

from alembic import context
from flask import current_app

from lms.core.db import Base, JsonText, UtcDateTime, UuidBytes, db

_OURS = {UtcDateTime: "UtcDateTime()", UuidBytes: "UuidBytes()", JsonText: "JsonText()"}


def render_item(kind: str, item: Any, autogen_context: Any) -> str | Literal[False]:
    """Write our column types by their names, not by what stands behind them."""
    if kind == "type" and type(item) in _OURS:
        autogen_context.imports.add("from lms.core.db import JsonText, UtcDateTime, UuidBytes")
        return _OURS[type(item)]
    return False


def migrate() -> None:
    """Run what is asked for on the app's engine; SQLite alters tables by copying them."""
    with db.engine.begin() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_item=render_item,
            **{
                **current_app.extensions["migrate"].configure_args,
                "render_as_batch": connection.dialect.name == "sqlite",
                "compare_type": True,
            },
        )
        with context.begin_transaction():
            context.run_migrations()


migrate()
