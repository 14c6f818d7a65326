"""Builds statements and batches for tests: ids in order, a device that counts, clocks that lie."""

import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from lms.core import clock
from lms.records.receipts import Answer
from lms.records.receiving import Batch, receive

SPACE = UUID("6f2b9d1e-0000-4000-8000-000000000000")
NOON_MS = clock.to_ms(datetime(2026, 3, 4, 17, 0, tzinfo=UTC))
VERSION = uuid5(SPACE, "version")
LESSONS = (uuid5(SPACE, "lesson 1"), uuid5(SPACE, "lesson 2"))
ORIGINAL = "ab" * 32


def uuid7(number: int) -> UUID:
    """The same UUIDv7 for the same number, in order."""
    return UUID(int=(1_772_000_000_000 + number) << 80 | 7 << 76 | 2 << 62 | number)


@dataclass
class Phone:
    """A device: its uuid, its secret, its counter, and by how much its clock is wrong."""

    number: int
    wrong_by_ms: int = 0
    seqs: Any = field(default_factory=lambda: itertools.count(1))

    @property
    def uuid(self) -> UUID:
        """Stable, by its number."""
        return uuid5(SPACE, f"phone {self.number}")

    @property
    def secret(self) -> str:
        """Long enough for the door."""
        return f"secret of phone {self.number} ".ljust(32, "x")

    def statement(
        self, ids: Any, actor: UUID, verb: str, minute: int = 0, **fields: Any
    ) -> dict[str, Any]:
        """One statement as JSON, `minute` minutes after noon by the right clock."""
        return {
            "id": str(uuid7(next(ids))),
            "seq": next(self.seqs),
            "at": NOON_MS + minute * 60_000 + self.wrong_by_ms,
            "actor": str(actor),
            "verb": verb,
            **{key: str(value) if isinstance(value, UUID) else value
               for key, value in fields.items()},
        }

    def batch(self, statements: list[dict[str, Any]], minute: int = 60) -> Batch:
        """A batch sent `minute` minutes after noon by the right clock."""
        now = NOON_MS + minute * 60_000 + self.wrong_by_ms
        return Batch(self.uuid, self.secret, now, statements)

    def send(self, sender: UUID | None, statements: list[dict[str, Any]], minute: int = 60
             ) -> list[Answer]:
        """Deliver, with the centre's clock pinned to that minute."""
        with clock.pinned(clock.from_ms(NOON_MS + minute * 60_000)):
            return receive(self.batch(statements, minute), sender=sender)


def watched(phone: Phone, ids: Any, actor: UUID, begin: int, end: int, *, lesson: int = 0,
            minute: int = 0) -> dict[str, Any]:
    """Seconds of a lesson's video that were played."""
    return phone.statement(
        ids, actor, "progressed", minute, lesson=LESSONS[lesson], version=VERSION,
        original=ORIGINAL, language="es", rung="low", data={"seen": [[begin, end]]},
    )


def attended(phone: Phone, ids: Any, actor: UUID, group: UUID, meeting: UUID, witness: UUID,
             minute: int = 0) -> dict[str, Any]:
    """Somebody was at a meeting."""
    return phone.statement(ids, actor, "attended", minute, group=group, meeting=meeting,
                           witness=witness)


def shown(phone: Phone, ids: Any, group: UUID, meeting: UUID, witness: UUID, *, lesson: int = 0,
          minute: int = 0) -> list[dict[str, Any]]:
    """A meeting saw a lesson and answered its question."""
    where = {"lesson": LESSONS[lesson], "version": VERSION, "group": group, "meeting": meeting,
             "witness": witness, "actor_kind": "group"}
    return [
        phone.statement(ids, group, "experienced", minute, **where),
        phone.statement(ids, group, "answered", minute, **where,
                        data={"question": "q1", "round": 1, "counts": {"a": 5, "b": 1}}),
    ]
