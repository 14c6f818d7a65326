"""How many comparisons, and when the next: tables of cases."""

from datetime import UTC, datetime, timedelta

import pytest

from lms.people.limits import LIMITS, ThrottleKind, most, opens_at
from lms.people.passwords import PasswordRefusal, refusal

NOW = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)


def ago(*minutes: float) -> list[datetime]:
    return [NOW - timedelta(minutes=each) for each in minutes]


@pytest.mark.parametrize(
    ("minutes_ago", "opens_in_minutes"),
    [
        ([], None),
        ([0, 0, 0, 0], None),
        ([0, 0, 0, 0, 0], 60),
        ([1, 2, 3, 4, 59], 1),
        ([1, 2, 3, 4, 60], None),
        ([1, 2, 3, 4, 50, 55], 10),
        ([70 * n for n in range(1, 20)], None),
        # The twentieth of a day, although none was within the hour.
        ([70 + n for n in range(20)], 24 * 60 - 89),
    ],
)
def test_a_person(minutes_ago: list[float], opens_in_minutes: float | None) -> None:
    expected = None if opens_in_minutes is None else NOW + timedelta(minutes=opens_in_minutes)
    assert opens_at(ThrottleKind.PERSON, ago(*minutes_ago), NOW) == expected


def test_an_address_errs_more_often_than_a_village_does() -> None:
    """Forty women behind one address, each wrong five times, do not stop each other."""
    assert opens_at(ThrottleKind.ADDRESS, ago(*[1] * 200), NOW) is None
    assert opens_at(ThrottleKind.ADDRESS, ago(*[1] * most(ThrottleKind.ADDRESS)), NOW) is not None


@pytest.mark.parametrize("kind", list(ThrottleKind))
def test_no_limit_is_for_good(kind: ThrottleKind) -> None:
    full = ago(*[0] * most(kind))
    until = opens_at(kind, full, NOW)
    assert until is not None
    assert opens_at(kind, full, until) is None
    assert max(limit.window for limit in LIMITS[kind]) <= timedelta(days=1)


@pytest.mark.parametrize(
    ("password", "username", "why"),
    [
        ("", "ines", "short"), ("ninechars", "ines", "short"), ("x" * 201, "ines", "long"),
        ("aaaaaaaaaa", "ines", "obvious"), ("abababababab", "ines", "obvious"),
        ("Password123", "ines", "obvious"), ("1234567890", "ines", "obvious"),
        ("CONTRASEÑA1", "ines", "obvious"), ("inesparedes123", "inesparedes", "obvious"),
        ("la-casa-ordenada", "ines", None), ("ñandú en la puna", "ines", None),
    ],
)  # fmt: skip
def test_passwords(password: str, username: str, why: str | None) -> None:
    assert refusal(password, username) == (PasswordRefusal(why) if why else None)
