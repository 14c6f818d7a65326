"""What the door answers for a statement (pure)."""

from dataclasses import dataclass
from enum import StrEnum


class Fate(StrEnum):
    """What became of a statement; every one of them is a receipt."""

    TAKEN = "taken"
    KNOWN = "known"
    DISPUTED = "disputed"
    REFUSED = "refused"
    ERASED = "erased"


@dataclass(frozen=True)
class Answer:
    """The receipt for one statement; `id` as it was sent, `why` in words for staff."""

    id: str
    fate: Fate
    why: str = ""
