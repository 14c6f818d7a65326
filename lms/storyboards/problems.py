"""A problem in a storyboard, told so that its author can mend it, and where its line is."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """`file` is relative to the storyboard's folder, `line` counts from 1 (None: not known)."""

    file: str
    line: int | None
    field: str
    what: str
    remedy: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.field}: {self.what}. {self.remedy}."


class StoryboardError(Exception):
    """The storyboard cannot be used; `problems` has every reason at once."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


_SCENE = re.compile(r"\s*\[\[\s*scenes\s*\]\]")


def line_of(source: str, scene: int | None, field: str) -> int | None:
    """The line where `field` (such as "say.es") of the scene with this index stands.

    TOML's reader keeps no lines, so they are sought in the text: the field itself, else the part
    before its point, else the scene's heading. `scene` None: a field above the first scene.
    """
    at, heading, nearest = -1, None, None
    wanted = re.compile(rf"\s*{re.escape(field)}\s*[=.]")
    partly = re.compile(rf"\s*(\[\s*scenes\s*\.\s*)?{re.escape(field.split('.')[0])}\s*[\].=]")
    for number, line in enumerate(source.splitlines(), start=1):
        if _SCENE.match(line):
            at += 1
            if at == scene:
                heading = number
        elif (at if at >= 0 else None) == scene:
            if wanted.match(line):
                return number
            if nearest is None and partly.match(line):
                nearest = number
    return nearest or heading
