"""How many comparisons of a PIN or password are made, and when the next one may be (pure).

They delay and never lock for good. A right PIN gives its slot back, so only wrong ones count.
A carrier's NAT makes a whole village one address, so an address may err often; a person may not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class ThrottleKind(StrEnum):
    """Whom a comparison is counted against."""

    PERSON = "person"
    PAIRING = "pairing"
    ADDRESS = "address"


@dataclass(frozen=True)
class Limit:
    """At most `count` comparisons within `window`."""

    count: int
    window: timedelta


LIMITS: dict[ThrottleKind, tuple[Limit, ...]] = {
    # The second keeps a patient stranger below one in 400 a day for a PIN of four digits.
    ThrottleKind.PERSON: (Limit(5, timedelta(hours=1)), Limit(20, timedelta(days=1))),
    ThrottleKind.PAIRING: (Limit(60, timedelta(minutes=10)),),
    ThrottleKind.ADDRESS: (Limit(240, timedelta(minutes=10)),),
}

LONGEST = max(limit.window for limits in LIMITS.values() for limit in limits)


def most(kind: ThrottleKind) -> int:
    """How many of the newest reservations the rule needs to see."""
    return max(limit.count for limit in LIMITS[kind])


def opens_at(kind: ThrottleKind, newest: Sequence[datetime], now: datetime) -> datetime | None:
    """When the next comparison may be; None: now. `newest` are reservations, newest first."""
    waits = [
        newest[limit.count - 1] + limit.window
        for limit in LIMITS[kind]
        if len(newest) >= limit.count
    ]
    latest = max(waits, default=now)
    return latest if latest > now else None

