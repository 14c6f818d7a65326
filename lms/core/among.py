"""Many values or rows in one statement, without a placeholder for each.

psycopg reads a statement's placeholders in Python: two hundred rows of seventeen columns cost more
there than in the server. PostgreSQL takes a whole array as one parameter; SQLite has no arrays, and
minds placeholders little.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, any_, column, func, literal, select
from sqlalchemy.dialects import postgresql, sqlite

from lms.core.db import db


def among(of: Any, values: Collection[Any]) -> ColumnElement[bool]:
    """SQL: the column has one of these values."""
    if db.engine.dialect.name != "postgresql":
        found: ColumnElement[bool] = of.in_(values)
        return found
    equal: ColumnElement[bool] = of == any_(literal(list(values), ARRAY(of.type, dimensions=1)))
    return equal


def insert_new(model: Any, rows: list[dict[str, Any]], returning: Any) -> list[Any]:
    """Insert what does not conflict; returns `returning` of the rows that were new.

    On SQLite the answer is exact for one row, and for many when all were new: it counts instead of
    asking for each. There is one writer, so what the caller looked up before is still so.
    """
    connection = db.session.connection()
    if db.engine.dialect.name != "postgresql":
        each = sqlite.insert(model).on_conflict_do_nothing()
        new = connection.execute(each, rows).rowcount
        return [row.get(returning.key) for row in rows] if new == len(rows) else []
    columns = [model.__table__.c[name] for name in rows[0]]
    arrays = [
        literal([row[one.name] for row in rows], ARRAY(one.type, dimensions=1)) for one in columns
    ]
    names = [column(one.name, one.type) for one in columns]
    source = func.unnest(*arrays).table_valued(*names).render_derived(name="brought")
    whole = (
        postgresql.insert(model)
        .from_select([one.name for one in columns], select(*source.c))
        .on_conflict_do_nothing()
        .returning(returning)
    )
    return list(connection.execute(whole).scalars())
