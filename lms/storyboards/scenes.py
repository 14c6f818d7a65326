"""What a storyboard is: reading `storyboard.toml` into scenes, or every problem it has."""

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lms.storyboards.checking import problem_of_drawing
from lms.storyboards.problems import Problem, StoryboardError, line_of

FORMAT = 1
LONGEST_WORDS = 1000  # characters in one scene: about a minute of speech
MOST_SCENES = 100
PAUSE_SECONDS = 0.6
LONGEST_PAUSE_SECONDS = 10.0

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_FIELDS = {"key", "picture", "say", "pause_seconds"}


@dataclass(frozen=True)
class Scene:
    """One drawing and what is said while it shows; `picture` is an absolute path."""

    key: str
    picture: Path
    say: dict[str, str]
    pause_seconds: float = PAUSE_SECONDS


@dataclass(frozen=True)
class Storyboard:
    """Scenes in order. Every scene has words in every language of `languages`."""

    scenes: tuple[Scene, ...]

    @property
    def languages(self) -> tuple[str, ...]:
        """The tags in which a film can be made, in the order in which the author wrote them."""
        return tuple(self.scenes[0].say)


def read_storyboard(file: Path, languages: Collection[str], root: Path | None = None) -> Storyboard:
    """The storyboard in `file`; `languages` are the tags that may be used, and pictures must lie
    inside `root` (default: the file's folder). Raises StoryboardError with every problem."""
    return _Reading(file, languages, root or file.parent).storyboard()


class _Reading:
    """One reading of one file: collects problems instead of stopping at the first."""

    def __init__(self, file: Path, languages: Collection[str], root: Path) -> None:
        self.file, self.languages, self.root = file, languages, root.resolve()
        self.source = ""
        self.problems: list[Problem] = []
        self.keys: set[str] = set()

    def storyboard(self) -> Storyboard:
        rows = self._rows()
        scenes = [self._scene(index, row) for index, row in enumerate(rows)]
        self._same_languages(rows)
        if self.problems:
            raise StoryboardError(self.problems)
        return Storyboard(tuple(scenes))

    def _found(self, scene: int | None, field: str, what: str, remedy: str) -> None:
        line = line_of(self.source, scene, field)
        place = field if scene is None else f"scenes[{scene + 1}].{field}"
        self.problems.append(Problem(self.file.name, line, place, what, remedy))

    def _rows(self) -> list[dict[str, Any]]:
        try:
            self.source = self.file.read_text(encoding="utf-8")
            table = tomllib.loads(self.source)
        except FileNotFoundError:
            self._found(None, "storyboard", "there is no such file", "Add it or correct its name")
            return []
        except UnicodeDecodeError:
            self._found(None, "storyboard", "it is not UTF-8", "Save it as UTF-8 text")
            return []
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"at line (\d+)", str(error))
            self.problems.append(Problem(
                self.file.name, int(line[1]) if line else None, "storyboard",
                f"it is not TOML: {error}", "Correct it; texts stand between quotation marks",
            ))
            return []
        for field in table.keys() - {"format", "scenes"}:
            self._found(None, field, "a field that format 1 does not have", "Remove it")
        if table.get("format") != FORMAT:
            self._found(None, "format", f"it is {table.get('format')!r}, not {FORMAT}",
                        f"Write format = {FORMAT}")
        rows = table.get("scenes")
        if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
            self._found(None, "scenes", "there is no scene", "Write [[scenes]] for each drawing")
            return []
        if len(rows) > MOST_SCENES:
            self._found(MOST_SCENES, "key", f"there are more than {MOST_SCENES} scenes",
                        "Make two lessons of it")
            return []
        return rows

    def _scene(self, index: int, row: dict[str, Any]) -> Scene:
        for field in row.keys() - _FIELDS:
            self._found(index, field, "a field that a scene does not have",
                        f"Use {', '.join(sorted(_FIELDS))}")
        return Scene(self._key(index, row), self._picture(index, row), self._say(index, row),
                     self._pause(index, row))

    def _key(self, index: int, row: dict[str, Any]) -> str:
        key = row.get("key")
        if not isinstance(key, str) or not _KEY.fullmatch(key):
            self._found(index, "key", f"{key!r} is not a short name",
                        "Use small letters a-z, digits and single hyphens")
            return ""
        if key in self.keys:
            self._found(index, "key", f"another scene is called {key!r}", "Give it its own name")
        self.keys.add(key)
        return key

    def _picture(self, index: int, row: dict[str, Any]) -> Path:
        name = row.get("picture")
        if not isinstance(name, str) or not name:
            self._found(index, "picture", "it is missing", 'Write picture = "name.svg"')
            return self.file
        path = self.file.parent / name
        if not path.resolve().is_relative_to(self.root):
            self._found(index, "picture", f"{name!r} leaves the folder", "Copy the drawing into it")
        elif path.is_symlink():
            self._found(index, "picture", f"{name!r} is a link", "Put the drawing itself there")
        elif not path.is_file():
            self._found(index, "picture", f"there is no file {name!r}", "Add it or correct it")
        elif (what := problem_of_drawing(path)) is not None:
            self._found(index, "picture", f"{name!r}: {what}",
                        "Draw it as a plain SVG with shapes only")
        return path

    def _say(self, index: int, row: dict[str, Any]) -> dict[str, str]:
        say = row.get("say")
        if not isinstance(say, dict) or not say:
            self._found(index, "say", "nothing is said", 'Write say.es = "…"')
            return {}
        for tag, words in say.items():
            if tag not in self.languages:
                self._found(index, f"say.{tag}", "this is not a language of the course",
                            f"Use one of {', '.join(sorted(self.languages))}")
            if not isinstance(words, str) or not words.strip():
                self._found(index, f"say.{tag}", "there are no words", "Write what is said")
            elif len(words) > LONGEST_WORDS:
                self._found(index, f"say.{tag}", f"it is longer than {LONGEST_WORDS} characters",
                            "Make two scenes of it")
        return {tag: " ".join(str(words).split()) for tag, words in say.items()}

    def _pause(self, index: int, row: dict[str, Any]) -> float:
        pause = row.get("pause_seconds", PAUSE_SECONDS)
        if isinstance(pause, bool) or not isinstance(pause, int | float) or not (
            0 <= pause <= LONGEST_PAUSE_SECONDS
        ):
            self._found(index, "pause_seconds", f"{pause!r} is not a number of seconds",
                        f"Use 0 to {LONGEST_PAUSE_SECONDS:.0f}")
            return PAUSE_SECONDS
        return float(pause)

    def _same_languages(self, rows: list[dict[str, Any]]) -> None:
        spoken = [set(row["say"]) if isinstance(row.get("say"), dict) else set() for row in rows]
        for index, tags in enumerate(spoken):
            for tag in sorted(set().union(*spoken) - tags if tags else ()):
                self._found(index, f"say.{tag}", "other scenes speak this language, this one not",
                            "Add its words, or take the language out of all scenes")
