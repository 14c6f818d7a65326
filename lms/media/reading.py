"""Who may read an original's renditions: `media` does not know, so it asks, and refuses by default.

The floors above register what they know; the widest answer counts.
"""

from collections.abc import Callable
from enum import IntEnum

from lms.media.models import Original
from lms.people.models import Person


class Openness(IntEnum):
    """How open something is to a person, narrowest first.

    `OPEN`: to everybody, so any cache may keep it. `PRIVATE`: to this person, her own cache only.
    """

    REFUSED = 0
    PRIVATE = 1
    OPEN = 2


Reader = Callable[[Person | None, Original], Openness]

readers: list[Reader] = []


def reads(reader: Reader) -> Reader:
    """Register `reader(person or None, original) -> Openness`; twice is as once."""
    if reader not in readers:
        readers.append(reader)
    return reader


def may_read(person: Person | None, original: Original) -> Openness:
    """The widest of what all registered readers allow; REFUSED when nobody allows anything."""
    found = Openness.REFUSED
    for reader in readers:
        found = max(found, reader(person, original))
        if found is Openness.OPEN:
            break
    return found
