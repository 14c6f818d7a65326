"""Seconds of a video that were really played, pure: sets of whole seconds as [from, to) pairs."""

from collections.abc import Iterable
from math import floor

Span = tuple[int, int]


def length_of(duration_seconds: float) -> int:
    """How many whole seconds a video has to be seen; the last part of a second is not asked for."""
    return max(1, floor(duration_seconds))


def union(spans: Iterable[Iterable[int]], length: int) -> list[Span]:
    """The seconds in any of the spans, cut to the video's length, sorted and without overlaps."""
    joined: list[Span] = []
    for begin, end in sorted((begin, end) for begin, end in spans):
        begin, end = max(begin, 0), min(end, length)
        if begin >= end:
            continue
        if joined and begin <= joined[-1][1]:
            if end > joined[-1][1]:
                joined[-1] = (joined[-1][0], end)
        else:
            joined.append((begin, end))
    return joined


def count(spans: Iterable[Span]) -> int:
    """How many seconds a union holds."""
    return sum(end - begin for begin, end in spans)


def needed(length: int, percent: int) -> int:
    """How many seconds make this share of the video, rounded up, at least one."""
    return max(1, -(-length * percent // 100))
