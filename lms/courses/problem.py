"""A problem of a course's folder, in words that help whoever made it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from lms.core.i18n import _

PATH = tuple[str | int, ...]


@dataclass(frozen=True, order=True)
class Problem:
    """What is wrong where, and what to do; advice does not stop an import.

    `file` is a path in the course's folder, `line` counts from 1 (0: not known), `field` is the
    TOML key such as `questions[2].choices[1].picture` ("" for a whole file).
    """

    file: str
    line: int
    field: str
    wrong: str
    remedy: str
    is_advice: bool = False

    def __str__(self) -> str:
        """One line for the terminal: place, field, what is wrong, what to do."""
        place = f"{shown(self.file)}:{self.line}" if self.line else shown(self.file)
        middle = f" {self.field}:" if self.field else ""
        kind = _("advice: ") if self.is_advice else ""
        return f"{place}:{middle} {kind}{self.wrong} {self.remedy}".rstrip()


@dataclass
class Report:
    """Collects problems while a package is read; each is kept once."""

    found: dict[Problem, None] = field(default_factory=dict)

    def add(
        self, file: str, wrong: str, remedy: str, *,
        line: int = 0, at: str = "", is_advice: bool = False,
    ) -> None:
        """Note one problem."""
        self.found[Problem(file, line, at, wrong, remedy, is_advice)] = None

    def include(self, problems: Iterable[Problem]) -> None:
        """Note problems that another reader found."""
        self.found.update(dict.fromkeys(problems))

    def problems(self) -> list[Problem]:
        """What stops an import, by file and line."""
        return sorted(one for one in self.found if not one.is_advice)

    def advice(self) -> list[Problem]:
        """What does not, by file and line."""
        return sorted(one for one in self.found if one.is_advice)


class PackageRefusedError(Exception):
    """The package has problems; nothing was imported. `problems` lists every one."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def field_name(path: PATH) -> str:
    """A TOML path as people write it: ("questions", 1, "text") is `questions[2].text`."""
    name = ""
    for part in path:
        if isinstance(part, int):
            name += f"[{part + 1}]"
        else:
            name += f".{shown(part)}" if name else shown(part)
    return name


def shown(text: str) -> str:
    """A foreign text made safe for a terminal: control characters and bad bytes are escaped."""
    return "".join(
        one if one.isprintable() else one.encode("unicode_escape", "backslashreplace").decode()
        for one in text
    )


def nearest(word: str, known: Iterable[str]) -> str:
    """A sentence that names the known word most like this one, or all of them if none is."""
    known = sorted(known)
    alike = get_close_matches(word, known, n=1, cutoff=0.6)
    if alike:
        return _("Did you mean %(word)s?", word=alike[0])
    return _("Known here: %(words)s.", words=", ".join(known))
