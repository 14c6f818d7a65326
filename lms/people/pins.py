"""Which PINs may be set (pure). A PIN of digits is "4821"; one of pictures is letters, "kcaf".

Each of the twelve pictures on the pad is a letter from a to l, in the pad's order. There are
10,000 PINs of four digits and 20,736 of four pictures; those that a stranger tries first are
refused when a PIN is set, so that a guess among the rest stays one in thousands.
"""

import re
from enum import StrEnum
from itertools import pairwise


class PinKind(StrEnum):
    """What a learner taps: digits, or pictures in order."""

    DIGITS = "digits"
    PICTURES = "pictures"


class PinRefusal(StrEnum):
    """Why a PIN cannot be set."""

    SHAPE = "shape"
    OBVIOUS = "obvious"


PICTURES = "abcdefghijkl"
SHORTEST, LONGEST = 4, 6  # digits; a PIN of pictures always has four

_SHAPE = {
    PinKind.DIGITS: re.compile(rf"[0-9]{{{SHORTEST},{LONGEST}}}"),
    PinKind.PICTURES: re.compile(rf"[{PICTURES}]{{4}}"),
}

# What people choose most (lists of leaked PINs) and what the pad's shape suggests.
_POPULAR = frozenset(
    re.findall(
        r"\d+",
        "2580 0852 1379 9731 1397 7931 3179 1590 1593 3571 7531 1470 7410 3690 0963 1004 "
        "5683 1010 2001 1236 1235 1245 1478 3698 7894 4561 1237 "
        "147258 258369 147369 159753 159357 357159 789456 456123 789123 741852 852963 963852 "
        "123654 147852 102030 131415 101010 010203 654123",
    )
)


def refusal(kind: PinKind, pin: str) -> PinRefusal | None:
    """Why this PIN may not be set, or None when it may."""
    if not _SHAPE[kind].fullmatch(pin):
        return PinRefusal.SHAPE
    if _is_obvious(pin) or (kind is PinKind.DIGITS and _is_known(pin)):
        return PinRefusal.OBVIOUS
    return None


def _is_obvious(pin: str) -> bool:
    return _is_even_walk(pin) or _is_repeated(pin) or _is_in_pairs(pin) or pin == pin[::-1]


def _is_even_walk(pin: str) -> bool:
    """The same each time or always one step on: 7777, 1234, 8642."""
    steps = {ord(b) - ord(a) for a, b in pairwise(pin)}
    return len(steps) == 1 or pin in "012345678901234" or pin in "432109876543210"


def _is_repeated(pin: str) -> bool:
    """A shorter piece over and over: 4747, 123123."""
    return any(
        len(pin) % size == 0 and pin[:size] * (len(pin) // size) == pin
        for size in range(1, len(pin) // 2 + 1)
    )


def _is_in_pairs(pin: str) -> bool:
    """Doubled all through: 5599, 112233."""
    return len(pin) % 2 == 0 and all(pin[i] == pin[i + 1] for i in range(0, len(pin), 2))


def _is_known(pin: str) -> bool:
    """Popular, or the year in which she or a child of hers was born."""
    return pin in _POPULAR or (len(pin) == 4 and 1930 <= int(pin) <= 2035)
