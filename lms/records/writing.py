"""This centre as a writer: one statement for a person who answered a form without script."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from lms.core import clock
from lms.core.db import db
from lms.core.ids import new_uuid
from lms.people.models import Device, DeviceKind
from lms.records import touching
from lms.records.locking import wait_for_intake
from lms.records.models import StatementRow
from lms.records.receipts import Fate
from lms.records.receiving import INTRICATE, Road, take
from lms.records.signals import received


def centre_device() -> Device:
    """The row of this centre, made when it first writes; locked to the transaction's end."""
    wanted = select(Device).where(Device.kind == DeviceKind.CENTRE).order_by(Device.id)
    device = db.session.scalar(wanted.limit(1).with_for_update())
    if device is None:
        device = Device(uuid=new_uuid(), kind=DeviceKind.CENTRE, clock_offset_ms=0)
        db.session.add(device)
        db.session.flush()
    return device


def write(actor: UUID, verb: str, **fields: Any) -> UUID:
    """Write one statement with the centre's own number and clock; returns its id.

    `fields` as on the wire (lesson, version, data ...). Raises ValueError when it is malformed:
    the caller built it, so that is a mistake of ours and not a visitor's.
    """
    wait_for_intake(alone=verb in INTRICATE or "meeting" in fields)
    device = centre_device()
    last = db.session.scalar(
        select(func.max(StatementRow.seq)).where(StatementRow.device_id == device.id)
    )
    now_ms = clock.now_ms()
    statement = {
        "id": str(new_uuid()), "seq": (last or 0) + 1, "at": now_ms, "actor": str(actor),
        "verb": verb,
        **{name: str(value) if isinstance(value, UUID) else value
           for name, value in fields.items() if value is not None},
    }
    answers, touched = take(device, [statement], Road.here, now_ms)
    if answers[0].fate is Fate.REFUSED:
        raise ValueError(answers[0].why)
    pairs = touching.pairs_of(touched, device.id)
    if pairs:
        received.send(pairs=pairs)
    return UUID(statement["id"])  # type: ignore[arg-type]
