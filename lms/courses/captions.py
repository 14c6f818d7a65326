"""Whether a text is WebVTT that a browser shows: its heading and the times of its cues (pure)."""

import re
from collections.abc import Iterator

from lms.core.i18n import _

LARGEST_BYTES = 10**6

_TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMING = re.compile(rf"\s*{_TIME}\s+-->\s+{_TIME}(?:\s.*)?")


def problems_of_captions(source: bytes) -> Iterator[tuple[int, str]]:
    """(line, what is wrong) for each mistake; line 0 is the file as a whole."""
    try:
        lines = source.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        yield source.count(b"\n", 0, error.start) + 1, _("The file is not UTF-8.")
        return
    if not lines or not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]):
        yield 1, _("Captions must begin with the word WEBVTT.")
        return
    cues = 0
    for number, line in enumerate(lines, 1):
        if "-->" not in line:
            continue
        cues += 1
        timing = _TIMING.fullmatch(line)
        if timing is None:
            yield number, _("The times must look like 00:01.000 --> 00:04.500.")
        elif _milliseconds(timing, 1) >= _milliseconds(timing, 5):
            yield number, _("The caption ends before it begins.")
    if not cues:
        yield 0, _("There is no caption in it.")


def _milliseconds(timing: re.Match[str], first: int) -> int:
    hours, minutes, seconds, rest = (int(timing[first + n] or 0) for n in range(4))
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest
