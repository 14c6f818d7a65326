"""Rows of statements: how new ones are told from known and disputed ones, and kept.

The same id with other content, or the same (device, seq) under another id: both are kept as
disputed and neither counts, whichever came first. Only the device itself can bring that about;
another device that uses a taken id is refused.
"""

import hashlib
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import and_, insert, or_, select, update

from lms.core.among import among, insert_new
from lms.core.db import db
from lms.people.models import Device
from lms.records.models import (
    Delivery,
    DisputedStatement,
    RefusedStatement,
    StatementContext,
    StatementReference,
    StatementRow,
)
from lms.records.receipts import Answer, Fate
from lms.records.statements import Arrived
from lms.records.vocabulary import Verb

Verdict = tuple[Fate, str]


class ConflictUnseen(RuntimeError):
    """A row conflicts with one that cannot be seen yet; the batch is rolled back and sent again."""


def keep(device: Device, arrived: Sequence[Arrived], road: int, now_ms: int) -> list[Verdict]:
    """Keep what is new; returns (fate, why) for each, in order."""
    if not arrived:
        return []
    verdicts: list[Verdict | None] = [None] * len(arrived)
    fresh: dict[UUID, int] = {}
    known = _Known(device, arrived)
    for index, each in enumerate(arrived):
        verdicts[index] = known.judge(each, now_ms)
        if verdicts[index] is None:
            fresh[each.statement.id] = index
            known.add(each)
    new = [arrived[index] for index in fresh.values()]
    inserted = _insert_statements(device, new, road, now_ms)
    late = [each for each in new if each.statement.id not in inserted]
    if late:
        # Another transaction kept the same ids in between; now they can be seen and compared.
        again = _Known(device, late)
        for each in late:
            verdict = again.judge(each, now_ms)
            if verdict is None:
                raise ConflictUnseen(each.statement.id)
            verdicts[fresh[each.statement.id]] = verdict
        again.settle()
    known.settle()
    _insert_references([each for each in new if each.statement.id in inserted])
    return [verdict or (Fate.TAKEN, "") for verdict in verdicts]


class _Known:
    """What is kept already under the ids and (device, seq) of a batch."""

    def __init__(self, device: Device, arrived: Sequence[Arrived]) -> None:
        ids = [each.statement.id for each in arrived]
        seqs = [each.statement.seq for each in arrived]
        self.device = device
        self.by_id: dict[UUID, tuple[int, int, bytes]] = {}
        self.by_seq: dict[int, tuple[UUID, bytes]] = {}
        self.disputed: set[bytes] = set()
        self.disputed_ids: set[UUID] = set()
        self.disputed_seqs: set[int] = set()
        self.receipts: dict[UUID, int] = {}
        self.has_new_disputes = False
        columns = (StatementRow.uuid, StatementRow.device_id, StatementRow.seq,
                   StatementRow.digest, StatementRow.received_ms)
        for condition in (
            among(StatementRow.uuid, ids),
            and_(StatementRow.device_id == device.id, among(StatementRow.seq, seqs)),
        ):
            for uuid, device_id, seq, digest, receipt in db.session.execute(
                select(*columns).where(condition)
            ):
                self.by_id[uuid] = (device_id, seq, digest)
                self.receipts[uuid] = receipt
                if device_id == device.id:
                    self.by_seq[seq] = (uuid, digest)
        for uuid, seq, digest in db.session.execute(
            select(DisputedStatement.uuid, DisputedStatement.seq, DisputedStatement.digest).where(
                DisputedStatement.device_id == device.id,
                or_(among(DisputedStatement.uuid, ids), among(DisputedStatement.seq, seqs)),
            )
        ):
            self.disputed.add(digest)
            self.disputed_ids.add(uuid)
            self.disputed_seqs.add(seq)

    def add(self, each: Arrived) -> None:
        """One that this batch brings is known to those after it."""
        statement = each.statement
        self.by_id[statement.id] = (self.device.id, statement.seq, each.digest)
        self.by_seq[statement.seq] = (statement.id, each.digest)

    def judge(self, each: Arrived, now_ms: int) -> Verdict | None:
        """None when it is new."""
        statement, digest = each.statement, each.digest
        if digest in self.disputed:
            return Fate.KNOWN, "it is disputed"
        same_id = self.by_id.get(statement.id)
        if same_id is not None and same_id[2] == digest:
            self._earlier(statement.id, now_ms)
            return Fate.KNOWN, ""
        if same_id is not None and same_id[0] != self.device.id:
            return Fate.REFUSED, "id: another device's statement has it"
        same_seq = self.by_seq.get(statement.seq)
        if (
            same_id is None and same_seq is None
            and statement.id not in self.disputed_ids
            and statement.seq not in self.disputed_seqs
        ):
            return None
        self._dispute(each, now_ms)
        return Fate.DISPUTED, "another content has its id or its number; staff will look at it"

    def settle(self) -> None:
        """Mark the rows that share an id or a number with what is disputed now."""
        if not self.has_new_disputes:
            return
        db.session.execute(
            update(StatementRow)
            .where(
                StatementRow.device_id == self.device.id,
                or_(StatementRow.uuid.in_(self.disputed_ids),
                    StatementRow.seq.in_(self.disputed_seqs)),
            )
            .values(is_disputed=True)
        )

    def _earlier(self, uuid: UUID, now_ms: int) -> None:
        """The first receipt counts, whichever copy is read first."""
        receipt = self.receipts.get(uuid)
        if receipt is not None and now_ms < receipt:
            db.session.execute(
                update(StatementRow).where(StatementRow.uuid == uuid).values(received_ms=now_ms)
            )

    def _dispute(self, each: Arrived, now_ms: int) -> None:
        statement = each.statement
        row = {
            "uuid": statement.id, "device_id": self.device.id, "seq": statement.seq,
            "digest": each.digest, "actor": statement.actor, "received_ms": now_ms,
            "content": each.canonical.decode(),
        }
        insert_new(DisputedStatement, [row], DisputedStatement.id)
        self.has_new_disputes = True
        self.disputed.add(each.digest)
        self.disputed_ids.add(statement.id)
        self.disputed_seqs.add(statement.seq)


def _insert_statements(
    device: Device, new: Sequence[Arrived], road: int, now_ms: int
) -> set[UUID]:
    if not new:
        return set()
    contexts = _contexts(new)
    rows = [
        {
            "uuid": each.statement.id, "device_id": device.id, "seq": each.statement.seq,
            "digest": each.digest, "at_ms": each.statement.at, "received_ms": now_ms,
            "actor": each.statement.actor, "is_group": each.statement.actor_kind == "group",
            "witness": each.statement.witness, "verb": int(each.verb),
            "lesson": each.statement.lesson, "meeting": each.statement.meeting,
            "target": each.statement.target, "context_id": contexts[_context_digest(each)],
            "road": road, "is_disputed": False, "data": each.statement.data,
        }
        for each in new
    ]
    return set(insert_new(StatementRow, rows, StatementRow.uuid))


def _context_of(each: Arrived) -> dict[str, Any]:
    statement = each.statement
    return {
        "version": statement.version,
        "original": bytes.fromhex(statement.original) if statement.original else None,
        "group": statement.group, "language": statement.language, "rung": statement.rung,
    }


def _context_digest(each: Arrived) -> bytes:
    statement = each.statement
    content = (statement.version, statement.original, statement.group, statement.language,
               statement.rung)
    return hashlib.sha256(repr(tuple(str(part) for part in content)).encode()).digest()[:16]


def _contexts(new: Sequence[Arrived]) -> dict[bytes, int]:
    """The ids of the contexts of these statements, making those that are not there yet."""
    wanted = {_context_digest(each): each for each in new}
    query = select(StatementContext.digest, StatementContext.id).where(
        StatementContext.digest.in_(wanted)
    )
    found = dict(iter(db.session.execute(query)))
    missing = [
        {"digest": digest, **_context_of(each)}
        for digest, each in wanted.items() if digest not in found
    ]
    if missing:
        insert_new(StatementContext, missing, StatementContext.id)
        found = dict(iter(db.session.execute(query)))
    return found


def _insert_references(new: Sequence[Arrived]) -> None:
    moving = {
        each.statement.id: each.statement.data["statements"]
        for each in new if each.verb is Verb.reassigned
    }
    if not moving:
        return
    keys = db.session.execute(
        select(StatementRow.uuid, StatementRow.id).where(StatementRow.uuid.in_(moving))
    )
    rows = [
        {"statement_id": key, "refers_to": UUID(text)}
        for uuid, key in keys for text in dict.fromkeys(moving[uuid])
    ]
    insert_new(StatementReference, rows, StatementReference.statement_id)


def keep_delivery(device_id: int, device_now_ms: int, now_ms: int) -> None:
    """Keep both clocks of a batch."""
    row = {"device_id": device_id, "device_now_ms": device_now_ms, "received_ms": now_ms}
    db.session.execute(insert(Delivery), [row])


def keep_refusals(
    answers: Sequence[Answer], device: UUID, sender: UUID | None, now_ms: int
) -> None:
    """Put what was refused on the list that staff see; the same one twice stands there once."""
    rows = [
        {"device": device, "statement": _plain(answer.id) or f"no id {index}", "sender": sender,
         "why": _plain(answer.why)[:300], "received_ms": now_ms}
        for index, answer in enumerate(answers) if answer.fate == "refused"
    ]
    if rows:
        insert_new(RefusedStatement, rows, RefusedStatement.id)


def _plain(text: str) -> str:
    """PostgreSQL takes no NUL in a text."""
    return text.replace("\0", "")
