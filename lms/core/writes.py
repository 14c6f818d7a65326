"""Counts the write transactions that this process has ended.

Who keeps what it read may use it until the count moves: then something was written, here. What
another process writes is not counted, so nothing may be kept for long.
"""

from typing import Any

from flask import Flask, current_app
from sqlalchemy import Connection, Engine, event


class Writes:
    """The count of one app's engine."""

    def __init__(self) -> None:
        self.ended = 0


def writes() -> Writes:
    """The running app's count."""
    found: Writes = current_app.extensions["yachay.writes"]
    return found


def count(app: Flask, engine: Engine) -> Writes:
    """Begin to count; `note_write` marks the connections that count."""
    counted = app.extensions["yachay.writes"] = Writes()

    @event.listens_for(engine, "checkin")
    def end(_connection: Any, record: Any) -> None:
        # The connection goes back to the pool after its COMMIT: who reads from here on sees it.
        if record is not None and record.info.pop("writes", False):
            counted.ended += 1

    return counted


def note_write(connection: Connection) -> None:
    """This connection's transaction may write."""
    connection.info["writes"] = True
