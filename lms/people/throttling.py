"""Reserving a comparison before it is made, and giving the slot back when the secret was right.

Both happen in short transactions of their own, so that a refused request still counts.
"""

import hashlib
import ipaddress
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select, text

from lms.core import clock
from lms.people import limits
from lms.people.limits import ThrottleKind
from lms.people.signing_in_models import Throttle


@dataclass(frozen=True)
class Subject:
    """Whom a comparison counts against; `key` is a digest, so that the table names nobody."""

    kind: ThrottleKind
    key: bytes


class TryLaterError(Exception):
    """Too many wrong ones: the next comparison may be made `until` then."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until

    @property
    def seconds(self) -> int:
        """Whole seconds from now until then, at least 1."""
        return max(1, ceil((self.until - clock.now()).total_seconds()))


def of_person(uuid: UUID) -> Subject:
    """The person whose secret is compared."""
    return Subject(ThrottleKind.PERSON, _digest(uuid.bytes))


def of_unknown(name: str) -> Subject:
    """A username that nobody has: it is throttled like a person, so it cannot be told apart."""
    return Subject(ThrottleKind.PERSON, _digest(b"name:" + name.encode()))


def of_pairing(token_digest: bytes) -> Subject:
    """A paired browser."""
    return Subject(ThrottleKind.PAIRING, token_digest)


def of_address(address: str | None) -> Subject:
    """The sender's address; an IPv6 household is its /64."""
    try:
        ip = ipaddress.ip_address(address or "")
    except ValueError:
        return Subject(ThrottleKind.ADDRESS, _digest(b"address:unknown"))
    bits = 64 if ip.version == 6 else 32
    network = ipaddress.ip_network((ip, bits), strict=False)
    return Subject(ThrottleKind.ADDRESS, _digest(f"address:{network}".encode()))


def reserve(connection: Connection, subjects: Sequence[Subject]) -> list[int]:
    """Take one slot of each subject, or none: raises TryLaterError when one has no slot left."""
    now = clock.now()
    _lock(connection, subjects)
    waits = []
    for subject in subjects:
        until = limits.opens_at(subject.kind, _newest(connection, subject), now)
        if until is not None:
            waits.append(until)
    if waits:
        raise TryLaterError(max(waits))
    rows = [{"kind": s.kind, "key": s.key, "reserved_at": now} for s in subjects]
    return [
        connection.execute(insert(Throttle).returning(Throttle.id), row).scalar_one()
        for row in rows
    ]


def give_back(connection: Connection, slots: Sequence[int]) -> None:
    """The secret was right (or was never compared): these do not count."""
    connection.execute(delete(Throttle).where(Throttle.id.in_(slots)))


def clear(connection: Connection, subject: Subject) -> None:
    """Forget a person's wrong tries: she has a new PIN."""
    connection.execute(
        delete(Throttle).where(Throttle.kind == subject.kind, Throttle.key == subject.key)
    )


def forget_old(connection: Connection) -> None:
    """Drop reservations that no limit looks at any more."""
    connection.execute(
        delete(Throttle).where(Throttle.reserved_at < clock.now() - limits.LONGEST)
    )


def _newest(connection: Connection, subject: Subject) -> list[datetime]:
    return list(
        connection.scalars(
            select(Throttle.reserved_at)
            .where(Throttle.kind == subject.kind, Throttle.key == subject.key)
            .order_by(Throttle.reserved_at.desc())
            .limit(limits.most(subject.kind))
        )
    )


def _lock(connection: Connection, subjects: Sequence[Subject]) -> None:
    """SQLite has one writer; elsewhere two requests must not both see the last free slot."""
    if connection.dialect.name != "postgresql":
        return
    # Always in the same order, so that two requests cannot wait for each other.
    for number in sorted(zlib.crc32(subject.key) for subject in subjects):
        connection.execute(text("select pg_advisory_xact_lock(7003, :n)"), {"n": number - 2**31})


def _digest(of: bytes) -> bytes:
    return hashlib.sha256(of).digest()
