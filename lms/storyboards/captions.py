"""The words of a film as WebVTT, with the times at which they are really said."""

import re
from collections.abc import Iterable
from typing import NamedTuple

LONGEST_LINE = 40
LONGEST_CUE = 2 * LONGEST_LINE

_SENTENCE_END = re.compile(r"(?<=[.!?…:])\s+(?=[¿¡«\"A-ZÁÉÍÓÚÑ])")


class SpokenLine(NamedTuple):
    """A sentence and when it sounds, in seconds from the film's beginning."""

    begins: float
    ends: float
    words: str


def sentences(words: str) -> list[str]:
    """The sentences of a scene: each is spoken by itself and becomes a caption."""
    return [sentence for sentence in _SENTENCE_END.split(words.strip()) if sentence]


def webvtt(lines: Iterable[SpokenLine]) -> str:
    """A WebVTT file's text: at most two lines of about 40 letters at a time."""
    cues = [
        f"{_time(cue.begins)} --> {_time(cue.ends)}\n{_two_lines(_escaped(cue.words))}\n"
        for line in lines for cue in _short(line)
    ]
    return "\n".join(["WEBVTT\n", *cues])


def _short(line: SpokenLine) -> list[SpokenLine]:
    """Cut a long sentence between words; each part gets its share of the time by its letters."""
    count = -(-len(line.words) // LONGEST_CUE)
    if count <= 1:
        return [line]
    parts, wanted = [""], len(line.words) / count
    for word in line.words.split():
        if len(parts[-1]) + len(word) / 2 >= wanted and len(parts) < count:
            parts.append("")
        parts[-1] = f"{parts[-1]} {word}".strip()
    cues, begins = [], line.begins
    letters = sum(map(len, parts))
    for part in parts:
        ends = begins + (line.ends - line.begins) * len(part) / letters
        cues.append(SpokenLine(begins, ends, part))
        begins = ends
    return cues


def _two_lines(words: str) -> str:
    if len(words) <= LONGEST_LINE:
        return words
    spaces = [at for at, letter in enumerate(words) if letter == " "]
    if not spaces:
        return words
    middle = min(spaces, key=lambda at: abs(at - len(words) / 2))
    return words[:middle] + "\n" + words[middle + 1 :]


def _time(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
