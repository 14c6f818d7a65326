"""When it happened, though the device's clock is not believed (pure).

Every delivery carries the device's "now". Corrected time = device time + the smallest
(receipt - now) over all the device's deliveries: the smallest, because the line only ever adds.
"""

from enum import IntEnum

EXACT_WITHIN_MS = 60_000
MINUTE_MS = 60_000


class Certainty(IntEnum):
    """How well a moment is known; a fold keeps the worst it relied on."""

    exact = 0
    estimated = 1
    unknown = 2


def whole_minutes(offset_ms: int) -> int:
    """The offset rounded down to minutes, so that a line's jitter does not move what was kept."""
    return offset_ms // MINUTE_MS * MINUTE_MS


def regime(offset_ms: int) -> int | None:
    """What of an offset matters to kept times: None while the clock is right, else its minutes."""
    if -EXACT_WITHIN_MS <= offset_ms <= EXACT_WITHIN_MS:
        return None
    return whole_minutes(offset_ms)


def corrected(
    at_ms: int, offset_ms: int | None, received_ms: int, not_before_ms: int | None = None
) -> tuple[int, Certainty]:
    """The moment in ms, clamped between publication and receipt, and how well it is known."""
    if offset_ms is None:
        return received_ms, Certainty.unknown
    # A clock that is right within a minute is taken at its word.
    steady = regime(offset_ms)
    estimate, certainty = (
        (at_ms, Certainty.exact) if steady is None else (at_ms + steady, Certainty.estimated)
    )
    if estimate < 0:  # no clock was ever so wrong by accident; it must not break the reading
        estimate, certainty = 0, Certainty.unknown
    if estimate > received_ms:
        estimate = received_ms
        if certainty is Certainty.estimated or at_ms - received_ms > EXACT_WITHIN_MS:
            certainty = Certainty.unknown
    if not_before_ms is not None and estimate < not_before_ms:
        return not_before_ms, Certainty.unknown
    return estimate, certainty
