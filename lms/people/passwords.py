"""Which passwords staff may choose (pure)."""

import re
from enum import StrEnum

SHORTEST, LONGEST = 10, 200

_POPULAR = frozenset(
    re.findall(
        r"\S+",
        "1234567890 0123456789 0987654321 password12 password123 password1234 contrasena "
        "contraseña contrasena1 contraseña1 contraseña123 qwertyuiop 1q2w3e4r5t teamomucho "
        "tequieromucho yachay1234 yachayyachay bancocomunal promujer123 peruperuperu",
    )
)


class PasswordRefusal(StrEnum):
    """Why a password cannot be set."""

    SHORT = "short"
    LONG = "long"
    OBVIOUS = "obvious"


SENTENCES = {
    PasswordRefusal.SHORT: f"It needs {SHORTEST} characters or more.",
    PasswordRefusal.LONG: f"It may have {LONGEST} characters at most.",
    PasswordRefusal.OBVIOUS: "It is one of the first that a stranger tries.",
}


def refusal(password: str, username: str) -> PasswordRefusal | None:
    """Why this password may not be set for that username, or None when it may."""
    if len(password) < SHORTEST:
        return PasswordRefusal.SHORT
    if len(password) > LONGEST:
        return PasswordRefusal.LONG
    plain = password.casefold()
    name = username.casefold()
    if plain in _POPULAR or len(set(plain)) < 4 or (name and plain.replace(name, "") in _TAILS):
        return PasswordRefusal.OBVIOUS
    return None


_TAILS = frozenset({"", "1", "12", "123", "1234", "12345", "123456", "2024", "2025", "2026", "!"})
