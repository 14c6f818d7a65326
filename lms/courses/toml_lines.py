"""On which line each key and value of a TOML text stands (tomllib does not say).

It walks a text that tomllib has accepted, so it checks nothing; where it loses its way it stops,
and later keys fall back on the line of the table that holds them.
"""

import re
from bisect import bisect_left
from contextlib import suppress

from lms.courses.problem import PATH

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_DEEPEST = 10
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)+")
_SCALAR = re.compile(r"[^,\]}\n#]+")
_STRINGS = (
    re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}(?!")', re.DOTALL),
    re.compile(r"'''.*?'{3,5}(?!')", re.DOTALL),
    re.compile(r'"(?:[^"\\\n]|\\.)*"'),
    re.compile(r"'[^'\n]*'"),
)


class TomlLines:
    """Lines by path; `line_of(("modules", 0, "title"))` counts from 1."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._breaks = [found.start() for found in re.finditer("\n", text)]
        self._lines: dict[PATH, int] = {}
        self._counts: dict[PATH, int] = {}
        # Where it loses its way, what was found so far still helps.
        with suppress(ValueError, IndexError, RecursionError):
            self._document()

    def line_of(self, path: PATH) -> int:
        """The line of the value at this path, or of the nearest table above it; 1 at worst."""
        while path:
            if path in self._lines:
                return self._lines[path]
            path = path[:-1]
        return 1

    def _document(self) -> None:
        table: PATH = ()
        while self._skip():
            if self._text.startswith("[[", self._at):
                table = self._header(2)
                number = self._counts.get(table, 0)
                self._counts[table] = number + 1
                self._note(table)
                table = (*table, number)
                self._note(table)
                self._at = self._text.index("]]", self._at) + 2
            elif self._text[self._at] == "[":
                table = self._header(1)
                self._note(table)
                self._at = self._text.index("]", self._at) + 1
            else:
                self._pair(table)

    def _header(self, brackets: int) -> PATH:
        self._at += brackets
        keys = self._keys()
        path: PATH = ()
        for index, key in enumerate(keys):
            path = (*path, key)
            if path in self._counts and index < len(keys) - 1:
                path = (*path, self._counts[path] - 1)
        return path

    def _pair(self, table: PATH) -> None:
        begin = self._at
        path: PATH = (*table, *self._keys())
        for length in range(len(table) + 1, len(path) + 1):
            self._note(path[:length], begin)
        self._at = self._text.index("=", self._at) + 1
        self._value(path)

    def _keys(self) -> list[str]:
        keys = []
        while True:
            self._skip()
            if self._text[self._at] in "\"'":
                keys.append(self._string()[1:-1])
            else:
                bare = _BARE.match(self._text, self._at)
                if bare is None:
                    raise ValueError("no key here")
                keys.append(bare[0])
                self._at = bare.end()
            self._skip()
            if self._text[self._at] != ".":
                return keys
            if len(keys) > _DEEPEST:
                raise ValueError("deeper than any field of a course")
            self._at += 1

    def _value(self, path: PATH) -> None:
        self._skip()
        self._note(path)
        first = self._text[self._at]
        if first in "\"'":
            self._string()
        elif first == "[":
            self._at += 1
            for number in range(len(self._text)):
                if self._ends("]"):
                    return
                self._value((*path, number))
        elif first == "{":
            self._at += 1
            while not self._ends("}"):
                self._pair(path)
        else:
            scalar = _SCALAR.match(self._text, self._at)
            self._at = scalar.end() if scalar else self._at + 1

    def _ends(self, bracket: str) -> bool:
        """Step over a comma; True, stepping over it too, at the closing bracket."""
        self._skip()
        if self._text[self._at] == ",":
            self._at += 1
            self._skip()
        if self._text[self._at] == bracket:
            self._at += 1
            return True
        return False

    def _string(self) -> str:
        for form in _STRINGS:
            if found := form.match(self._text, self._at):
                self._at = found.end()
                return found[0]
        raise ValueError("a string without end")

    def _skip(self) -> bool:
        if blank := _BLANK.match(self._text, self._at):
            self._at = blank.end()
        return self._at < len(self._text)

    def _note(self, path: PATH, at: int | None = None) -> None:
        offset = self._at if at is None else at
        self._lines.setdefault(path, bisect_left(self._breaks, offset) + 1)
