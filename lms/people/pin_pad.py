"""The pad: what its form sends becomes a PIN as it is hashed (pure).

A script sends `pin`; without script the pictures come one by one as `pin-1` to `pin-4`.
"""

from collections.abc import Mapping

from lms.people.pins import PICTURES, PinKind, PinRefusal, refusal
from lms.people.symbols import PIN_PICTURES

PAD = tuple(PIN_PICTURES)[: len(PICTURES)]
"""The keys of the twelve pictures in the order in which the pad shows them."""

_LETTERS = dict(zip(PAD, PICTURES, strict=True))


def read_pin(kind: PinKind, form: Mapping[str, str]) -> str | None:
    """The PIN that was tapped; None when it has not the shape of one, and so cannot be right."""
    pin = form.get("pin", "").strip()
    if kind is PinKind.PICTURES:
        keys = pin.split(",") if pin else [form.get(f"pin-{n}", "") for n in range(1, 5)]
        pin = "".join(_LETTERS.get(key, "?") for key in keys)
    return None if refusal(kind, pin) is PinRefusal.SHAPE else pin
