"""Writers on SQLite take turns in the order in which they came.

SQLite lets one write at a time, and who finds it taken sleeps a little and tries again: whoever
happens to wake first gets it, so with sixteen at once some are overtaken dozens of times while
others go straight through. Inside one process a queue is fairer and wastes no sleep. Writers of
other processes (a command, a second server) still meet at SQLite's own lock.
"""

import threading
from collections import deque
from typing import Any

from sqlalchemy import Connection, Engine, event

LONGEST_WAIT = 30.0  # seconds; then SQLite's own lock decides, and says "locked" if it must


class Turns:
    """A lock that is given in the order in which it was asked for; any thread may release it."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._is_taken = False

    def take(self, seconds: float = LONGEST_WAIT) -> bool:
        """Wait for one's turn; False when it did not come in time."""
        with self._guard:
            if not self._is_taken:
                self._is_taken = True
                return True
            mine = threading.Lock()
            mine.acquire()
            self._waiting.append(mine)
        if mine.acquire(timeout=seconds):
            return True
        with self._guard:
            if mine not in self._waiting:
                return True  # it was handed over in this very moment
            self._waiting.remove(mine)
            return False

    def give(self) -> None:
        """End one's turn; the next in the queue has it at once."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_taken = False


def keep_turns(engine: Engine) -> Turns:
    """Release each connection's turn when it goes back to the pool, its transaction ended."""
    turns = Turns()

    @event.listens_for(engine, "checkin")
    def end(_connection: Any, record: Any) -> None:
        if record is not None and record.info.pop("has_turn", False):
            turns.give()

    return turns


def await_turn(connection: Connection, turns: Turns) -> None:
    """Before BEGIN IMMEDIATE: wait until those who came earlier are done."""
    if not connection.info.get("has_turn") and turns.take():
        connection.info["has_turn"] = True
