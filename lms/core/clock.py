"""The one clock of the house, which a test can pin."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

_pinned: list[datetime] = []


def now() -> datetime:
    """The present moment in UTC, aware."""
    return _pinned[-1] if _pinned else datetime.now(UTC)


def now_ms() -> int:
    """The present moment in milliseconds since 1970."""
    return to_ms(now())


def to_ms(moment: datetime) -> int:
    """An aware datetime as milliseconds since 1970, exactly."""
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def from_ms(milliseconds: int) -> datetime:
    """Milliseconds since 1970 as an aware datetime in UTC."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)


@contextmanager
def pinned(moment: datetime) -> Iterator[None]:
    """Let the clock stand still at `moment`, in every thread, until the block ends."""
    _pinned.append(moment)
    try:
        yield
    finally:
        _pinned.pop()
