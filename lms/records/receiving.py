"""The only door: `receive(batch)` takes statements in and answers for each one.

It refuses only what is malformed, oversized or wrongly signed, one by one; it never judges roles
or versions, which `valid` does, so that order does not matter. It writes in the caller's
transaction and never commits: an answer is a receipt only once the edge has committed.
"""

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select, update

from lms.core import clock
from lms.core.among import insert_new
from lms.core.db import db
from lms.people.models import Device, DeviceKind, Tombstone
from lms.records import keeping, touching
from lms.records.locking import wait_for_intake
from lms.records.models import DeviceUse
from lms.records.receipts import Answer, Fate
from lms.records.signals import received
from lms.records.statements import Arrived, Malformed, read_arrived
from lms.records.timing import regime
from lms.records.vocabulary import CORRECTIONS, Verb

INTRICATE = {verb.name for verb in CORRECTIONS} | {Verb.attended.name, Verb.experienced.name}
MOST_STATEMENTS = 200  # in a transaction, so that others get in


class Road(IntEnum):
    """How a statement came first; told in reports, never used by the fold."""

    web = 1
    file = 2
    hub = 3
    sms = 4
    here = 5  # written by this centre itself, for a form without script


@dataclass(frozen=True)
class Batch:
    """What one device sends at once: its uuid, its secret, its own clock, decoded statements."""

    device: UUID
    secret: str
    now_ms: int
    statements: Sequence[Any]


def receive(batch: Batch, *, sender: UUID | None, road: Road = Road.web) -> list[Answer]:
    """Take a batch in; `sender` is the signed-in person who delivers it (not a witness).

    Returns an answer for each statement, in order. Raises ValueError for more than
    `MOST_STATEMENTS`. Tells `received` which (person, lesson) pairs were touched.
    """
    if len(batch.statements) > MOST_STATEMENTS:
        raise ValueError(f"a batch has at most {MOST_STATEMENTS} statements")
    now_ms = clock.now_ms()
    wait_for_intake(alone=_touches_others(batch, sender, now_ms))
    device = _device_of(batch)
    if device is None:
        why = "secret: it is not this device's"
        answers = [Answer(_id_of(raw), Fate.REFUSED, why) for raw in batch.statements]
        keeping.keep_refusals(answers, batch.device, sender, now_ms)
        return answers
    pairs = _deliver(device, batch.now_ms, now_ms)
    if sender is not None:
        pairs |= _use(device, sender, now_ms)
    answers, touched = take(device, batch.statements, road, now_ms)
    keeping.keep_refusals(answers, device.uuid, sender, now_ms)
    has_disputes = any(each.fate is Fate.DISPUTED for each in answers)
    pairs |= touching.pairs_of(touched, device.id, has_disputes=has_disputes)
    if pairs:
        received.send(pairs=pairs)
    return answers


def _touches_others(batch: Batch, sender: UUID | None, now_ms: int) -> bool:
    """Whether taking this in may change how statements of other batches count."""
    if any(
        isinstance(raw, dict) and (raw.get("verb") in INTRICATE or raw.get("meeting") is not None)
        for raw in batch.statements
    ):
        return True
    known = db.session.execute(
        select(Device.clock_offset_ms, DeviceUse.person)
        .outerjoin(DeviceUse, (DeviceUse.device_id == Device.id) & (DeviceUse.person == sender))
        .where(Device.uuid == batch.device)
    ).one_or_none()
    if known is None or known[0] is None or (sender is not None and known[1] is None):
        return True
    offset = now_ms - batch.now_ms
    return offset < known[0] and regime(offset) != regime(known[0])


def take(
    device: Device, raws: Sequence[Any], road: Road, now_ms: int
) -> tuple[list[Answer], list[Arrived]]:
    """Read, compare and keep the statements of a device that proved itself."""
    answers: list[Answer | None] = [None] * len(raws)
    arrived: dict[int, Arrived] = {}
    for index, raw in enumerate(raws):
        try:
            arrived[index] = read_arrived(raw, device.uuid)
        except Malformed as error:
            answers[index] = Answer(_id_of(raw), Fate.REFUSED, str(error))
    erased = _erased(arrived.values())
    for index, each in list(arrived.items()):
        if each.statement.actor in erased or each.statement.target in erased:
            answers[index] = Answer(str(each.statement.id), Fate.ERASED)
            del arrived[index]
    touching_now: list[Arrived] = []
    kept = keeping.keep(device, list(arrived.values()), int(road), now_ms)
    for (index, each), (fate, why) in zip(arrived.items(), kept, strict=True):
        answers[index] = Answer(str(each.statement.id), fate, why)
        if fate in (Fate.TAKEN, Fate.DISPUTED):
            touching_now.append(each)
    return [answer for answer in answers if answer is not None], touching_now


def _device_of(batch: Batch) -> Device | None:
    """The device, made known at its first word; None when the secret is not its own."""
    proof = hashlib.sha256(batch.secret.encode()).digest()
    device = db.session.scalar(select(Device).where(Device.uuid == batch.device))
    if device is None:
        device = Device(uuid=batch.device, kind=DeviceKind.BROWSER, secret_digest=proof)
        db.session.add(device)
        db.session.flush()
        return device
    if device.secret_digest is None or not hmac.compare_digest(device.secret_digest, proof):
        return None
    return device


def _deliver(device: Device, device_now_ms: int, now_ms: int) -> set[tuple[UUID, UUID]]:
    """Keep both clocks; a smaller offset moves times that were kept, so their pairs are told."""
    keeping.keep_delivery(device.id, device_now_ms, now_ms)
    offset = now_ms - device_now_ms
    before = device.clock_offset_ms
    if before is not None and offset >= before:
        return set()
    smaller = or_(Device.clock_offset_ms.is_(None), Device.clock_offset_ms > offset)
    db.session.execute(
        update(Device).where(Device.id == device.id, smaller).values(clock_offset_ms=offset)
    )
    if before is not None and regime(before) == regime(offset):
        return set()
    return touching.pairs_of_device(device.id)


def _use(device: Device, sender: UUID, now_ms: int) -> set[tuple[UUID, UUID]]:
    """Remember that this person signed in on this device; what waited for it counts from now."""
    row = {"device_id": device.id, "person": sender, "since_ms": now_ms}
    if not insert_new(DeviceUse, [row], DeviceUse.person):
        return set()
    return touching.pairs_of_device(device.id)


def _erased(arrived: Iterable[Arrived]) -> set[UUID]:
    named = set()
    for each in arrived:
        named.add(each.statement.actor)
        if each.verb in (Verb.joined, Verb.reassigned) and each.statement.target:
            named.add(each.statement.target)
    if not named:
        return set()
    return set(db.session.scalars(select(Tombstone.uuid).where(Tombstone.uuid.in_(named))))


def _id_of(raw: Any) -> str:
    """The id as sent, when there is one to speak of."""
    found = raw.get("id") if isinstance(raw, dict) else None
    return found[:64] if isinstance(found, str) else ""
