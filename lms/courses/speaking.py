"""Words of a quiz that nobody recorded are spoken by the synthesiser: nothing needs reading.

A recording that the course brings always wins. A language without a synthesiser stays silent.
"""

from collections.abc import Iterator
from typing import Any

from lms.courses.storing import Shelf
from lms.voices.clips import ENDING, clips_of
from lms.voices.synthesising import NoVoiceError


def speak_quiz(table: dict[str, Any], shelf: Shelf) -> dict[str, str]:
    """Give every question and choice of `table` (a quiz's JSON form) that has words and no sound
    the name of a stored clip; the names, mapped to themselves. Raises SpeechFailedError."""
    names: dict[str, str] = {}
    tags = {tag for part in _parts(table) for tag in part["text"]}
    for tag in sorted(tags):
        silent = [
            part for part in _parts(table) if part["text"].get(tag) and tag not in part["sound"]
        ]
        words = list(dict.fromkeys(part["text"][tag] for part in silent))
        try:
            clips = dict(zip(words, clips_of(words, tag), strict=True))
        except NoVoiceError:
            continue
        for part in silent:
            name = shelf.put_bytes(clips[part["text"][tag]], ENDING)
            part["sound"][tag] = names[name] = name
    return names


def _parts(table: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for question in table["questions"]:
        yield question
        yield from question["choices"]
