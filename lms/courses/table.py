"""Reading a TOML file of a course field by field; every mistake becomes a problem with its line."""

import re
import tomllib
from collections.abc import Collection, Iterable
from typing import Any

from lms.core.i18n import _
from lms.courses.package import SourceFile
from lms.courses.problem import PATH, Report, field_name, nearest
from lms.courses.toml_lines import TomlLines

LARGEST_TOML_BYTES = 256 * 1024
LONGEST_TEXT = 400
SLUG = re.compile(r"(?=.{1,60}\Z)[a-z0-9]+(?:-[a-z0-9]+)*")
# tomllib takes quadratic time and memory for a key of very many parts: such a text is not read.
_ENDLESS_KEY = re.compile(r"""(?:(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*){20}""")


class Table:
    """One table of the file; ask for each field, then `finish()` reports what nobody asked for."""

    def __init__(
        self, report: Report, file: str, lines: TomlLines, data: dict[str, Any], path: PATH = ()
    ) -> None:
        self.report, self.file, self.lines, self.data, self.path = report, file, lines, data, path
        self._asked: set[str] = set()

    def wrong(self, key: str | PATH, wrong: str, remedy: str, *, is_advice: bool = False) -> None:
        """Report a problem of a field of this table."""
        path = self.path + ((key,) if isinstance(key, str) else key)
        self.report.add(
            self.file, wrong, remedy,
            line=self.lines.line_of(path), at=field_name(path), is_advice=is_advice,
        )

    def has(self, key: str) -> bool:
        """Whether the field is written at all."""
        return key in self.data

    def take(self, key: str) -> Any:
        """The field as it stands; None when it is not there."""
        self._asked.add(key)
        return self.data.get(key)

    def finish(self) -> None:
        """Report every field that nobody asked for, with the nearest one that we know."""
        for key in self.data.keys() - self._asked:
            self.wrong(key, _("This field is not known here."), nearest(key, self._asked))

    def required(self, key: str) -> Any:
        """The field as it stands, or a problem and None."""
        value = self.take(key)
        if value is None:
            self.wrong(key, _("It is missing."), _("Write it."))
        return value

    def string(self, key: str, *, is_required: bool = False) -> str | None:
        """A string of one or more signs."""
        value = self.required(key) if is_required else self.take(key)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip():
            self.wrong(key, _("It must be a text in quotes."), _("Write it in quotes."))
            return None
        return value

    def slug(self, key: str) -> str | None:
        """A required slug."""
        value = self.string(key, is_required=True)
        if value is not None and not SLUG.fullmatch(value):
            self.wrong(
                key, _("This is not a slug."),
                _("Use a-z, 0-9 and single hyphens, at most 60 of them."),
            )
            return None
        return value

    def flag(self, key: str) -> bool:
        """true or false; false when it is not there."""
        value = self.take(key)
        if value is None or isinstance(value, bool):
            return bool(value)
        self.wrong(key, _("It must be true or false."), _("Write it without quotes."))
        return False

    def whole(self, key: str, low: int, high: int) -> int | None:
        """A whole number from `low` to `high`, if it is there."""
        value = self.take(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.wrong(
                key, _("It must be a whole number from %(low)s to %(high)s.", low=low, high=high),
                _("Write it without quotes."),
            )
            return None
        return value

    def strings(self, key: str, *, is_required: bool = False) -> list[str]:
        """A list of strings, none twice; what is wrong in it is reported and left out."""
        value = self.required(key) if is_required else self.take(key)
        if value is None:
            return []
        if not isinstance(value, list) or (is_required and not value):
            self.wrong(
                key, _("It must be a list of texts."),
                _('Write it as in %(name)s = ["…"].', name=key),
            )
            return []
        taken: list[str] = []
        for number, one in enumerate(value):
            if not isinstance(one, str) or not one:
                self.wrong(
                    (key, number), _("It must be a text in quotes."), _("Write it in quotes.")
                )
            elif one in taken:
                self.wrong((key, number), _("%(word)s stands twice.", word=one), _("Remove one."))
            else:
                taken.append(one)
        return taken

    def words(self, key: str, known: Iterable[str], *, is_required: bool = False) -> list[str]:
        """A list of words out of a closed choice."""
        known = list(known)
        taken = self.strings(key, is_required=is_required)
        for number, word in enumerate(taken):
            if word not in known:
                self.wrong(
                    (key, number), _("%(word)s is not known here.", word=word), nearest(word, known)
                )
        return [word for word in taken if word in known]

    def table(self, key: str) -> "Table | None":
        """The table below this field, if it is there."""
        value = self.take(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.wrong(
                key, _("It must be a table."), _("Write its fields below [%(name)s].", name=key)
            )
            return None
        return Table(self.report, self.file, self.lines, value, (*self.path, key))

    def tables(self, key: str) -> list["Table"]:
        """The required tables written as [[key]]; one at least."""
        value = self.required(key)
        if value is None:
            return []
        if not isinstance(value, list) or not value or not all(isinstance(x, dict) for x in value):
            self.wrong(
                key, _("It must be a list of tables."),
                _("Write each below its own [[%(name)s]].", name=key),
            )
            return []
        return [
            Table(self.report, self.file, self.lines, one, (*self.path, key, number))
            for number, one in enumerate(value)
        ]

    def by_language(self, key: str, tags: Collection[str]) -> dict[str, str]:
        """`key.TAG = "…"`: texts or paths by language, for the course's languages only."""
        value = self.take(key)
        if isinstance(value, str):
            self.wrong(
                key, _("It is given per language."),
                _('Write it as in %(name)s.es = "…".', name=key),
            )
            return {}
        below = self.table(key)
        if below is None:
            return {}
        taken = {}
        for tag in below.data:
            text = below.string(tag)
            if tag not in tags:
                below.wrong(
                    tag, _("The course does not list the language %(tag)s.", tag=tag),
                    _("Add it to course.toml below [languages.%(tag)s], or remove this.", tag=tag)
                    + " " + nearest(tag, tags),
                )
            elif text is not None and len(text) > LONGEST_TEXT:
                below.wrong(
                    tag, _("It is longer than %(most)s signs.", most=LONGEST_TEXT),
                    _("Make it shorter."),
                )
            elif text is not None:
                taken[tag] = text.strip()
        return taken


def read_table(file: SourceFile, report: Report) -> Table | None:
    """The whole file as a table, or None and its problem (too large, not UTF-8, not TOML)."""
    if file.size_bytes > LARGEST_TOML_BYTES:
        report.add(
            file.path, _("The file is larger than %(most)s kB.", most=LARGEST_TOML_BYTES // 1024),
            _("Make it smaller."),
        )
        return None
    source = file.read()
    try:
        text = source.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        report.add(
            file.path, _("The file is not UTF-8."), _("Save it as UTF-8."),
            line=source.count(b"\n", 0, error.start) + 1,
        )
        return None
    if found := _ENDLESS_KEY.search(text):
        report.add(
            file.path, _("A key has too many parts."), _("Write it shorter."),
            line=text.count("\n", 0, found.start()) + 1,
        )
        return None
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        # "at end of document" names no line: then it is the last one.
        line = int(place[1]) if place else text.count("\n") + 1
        report.add(
            file.path, _("This is not TOML: %(why)s.", why=_reason(error)),
            _("Look for a missing quote, bracket or = here or just above."), line=line,
        )
        return None
    return Table(report, file.path, TomlLines(text), data)


def _reason(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return _("brackets are nested too deeply")
    return re.sub(r" \(at [^)]*\)", "", str(error))
