"""How far the making of rungs is, and how long it will still take.

Pure. Work is counted in seconds of the reference machine (`ladder.costs`); what was really
measured on this machine turns it into seconds here.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """One rung: its cost, how much of it is done (0 to 1), and what it took if it is ready."""

    cost: float
    share: float
    took_seconds: float | None = None
    is_failed: bool = False


@dataclass(frozen=True)
class Standing:
    """What a person is told; `percent` is 100 only when nothing is left to do."""

    percent: int
    seconds_left: int
    left: int
    failed: int

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self.left == 0


def pace(parts: Iterable[Part]) -> float:
    """Seconds here for a second of the reference machine; 1 until something was measured."""
    measured = [(part.took_seconds, part.cost) for part in parts if part.took_seconds]
    cost = sum(each for _, each in measured)
    return sum(took for took, _ in measured) / cost if cost else 1.0


def standing(parts: Iterable[Part], seconds_a_cost: float = 1.0) -> Standing:
    """Sum up some rungs. A failed one is no longer waited for."""
    counted = list(parts)
    whole = sum(part.cost for part in counted)
    left = [part for part in counted if part.share < 1 and not part.is_failed]
    missing = sum(part.cost * (1 - part.share) for part in left)
    percent = 100 if not left or not whole else min(99, int(100 * (1 - missing / whole)))
    return Standing(
        percent=percent,
        seconds_left=round(missing * seconds_a_cost),
        left=len(left),
        failed=sum(part.is_failed for part in counted),
    )
