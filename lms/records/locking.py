"""Two batches that cannot see each other must not both be judged without the other.

On PostgreSQL a correction and what it corrects may arrive in two transactions at the same moment:
neither sees the other, and neither tells that progress was touched. So whatever may change how
*other* statements count (a correction, a meeting, a device's new user or clock, roles) runs alone;
plain work runs beside plain work. SQLite has one writer, so there is nothing to do.
"""

from sqlalchemy import text

from lms.core.db import db

_NUMBER = 7004


def wait_for_intake(*, alone: bool) -> None:
    """Take the lock to the transaction's end; decided once, since raising it later may deadlock."""
    if db.session.get_bind().dialect.name != "postgresql":
        return
    name = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
    db.session.execute(text(f"select {name}({_NUMBER})"))
