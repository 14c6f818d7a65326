"""Checking a course's package: every problem at once, and the course when there is none."""

import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from lms.core.i18n import Language, _
from lms.courses.document import FORMAT, Audience, LanguageState
from lms.courses.finding import Finder
from lms.courses.lesson_reading import LessonReader, read_rule, titled
from lms.courses.ordering import circles
from lms.courses.package import Package
from lms.courses.problem import Report, nearest
from lms.courses.source import CourseSource, LessonSource, ModuleSource, course_uuid
from lms.courses.table import SLUG, Table, read_table


@dataclass(frozen=True)
class Known:
    """What the installation knows: its languages by tag, and the one that every title needs."""

    languages: Mapping[str, Language]
    main_language: str = "es"

    @property
    def voices(self) -> frozenset[str]:
        """The languages that a synthesiser speaks."""
        return frozenset(tag for tag, one in self.languages.items() if one.voice)


def check(package: Package, known: Known, report: Report) -> CourseSource | None:
    """Read the whole course; what comes back is whole only when `report` holds no problem.

    None when there is no course.toml of a known format.
    """
    file = package.files.get("course.toml")
    if file is None:
        report.add(
            "course.toml", _("The file is missing."),
            _("This folder is no course: docs/course-format.md shows one."),
        )
        return None
    table = read_table(file, report)
    if table is None:
        return None
    if table.take("format") != FORMAT:
        table.wrong(
            "format",
            _("It is missing.") if not table.has("format") else
            _("This format is not known: %(format)s.", format=table.data["format"]),
            _("Write format = %(format)s; a newer one needs a newer Yachay.", format=FORMAT),
        )
        if table.has("format"):
            return None  # nothing below can be judged by this format's rules
    return _Checking(package, known, report, table).course()


class _Checking:
    def __init__(self, package: Package, known: Known, report: Report, table: Table) -> None:
        self.package, self.known, self.report, self.table = package, known, report, table
        self.finder = Finder(package)
        self.finder.used.add("course.toml")
        self.places: Counter[str] = Counter()
        self.lessons: dict[str, LessonSource] = {}
        self.tables: dict[str, Table] = {}

    def course(self) -> CourseSource:
        """Read everything, then judge what only the whole shows."""
        table = self.table
        slug = table.slug("slug") or ""
        if slug and slug != self.package.name:
            table.wrong(
                "slug", _("The folder's name is %(name)s.", name=self.package.name),
                _("Give both the same name, so that people find it."), is_advice=True,
            )
        languages = self._languages()
        title = titled(table, languages, self.known.main_language)
        summary = table.by_language("summary", languages)
        audience = table.words("audience", Audience, is_required=True)
        rule = read_rule(table) if table.has("complete_when") else None
        reader = LessonReader(
            self.package, self.report, self.finder, self.known.main_language, languages,
            self.known.voices, rule, table.whole("watched_percent", 1, 100),
        )
        own_uuid = self._uuid(slug)
        modules = self._modules(reader, languages)
        is_open = table.flag("open")
        table.finish()
        self._prerequisites()
        self._unused()
        return CourseSource(
            slug=slug, uuid=own_uuid, title=title, summary=summary,
            audience=tuple(Audience(one) for one in audience), is_open=is_open,
            languages=languages, modules=modules,
        )

    def _uuid(self, slug: str) -> uuid.UUID:
        written = self.table.string("id")
        try:
            return uuid.UUID(written) if written else course_uuid(slug)
        except ValueError:
            self.table.wrong(
                "id", _("This is no UUID."), _("Remove it, or write all its digits and hyphens.")
            )
            return course_uuid(slug)

    def _languages(self) -> dict[str, LanguageState]:
        self.table.required("languages")
        below = self.table.table("languages")
        found: dict[str, LanguageState] = {}
        for tag in below.data if below else ():
            row = below.table(tag) if below else None
            if below and tag not in self.known.languages:
                below.wrong(
                    tag, _("There is no language %(tag)s.", tag=tag),
                    nearest(tag, self.known.languages),
                )
            if row is None:
                continue
            state = row.string("state", is_required=True)
            if state and state not in list(LanguageState):
                row.wrong(
                    "state", _("%(word)s is not known here.", word=state),
                    nearest(state, LanguageState),
                )
            row.finish()
            # A language with a mistake stays known, or each of its texts would be another one.
            is_reviewed = state == LanguageState.REVIEWED
            found[tag] = LanguageState.REVIEWED if is_reviewed else LanguageState.DRAFT
        if below is not None and self.known.main_language not in found:
            self.table.wrong(
                "languages", _("The language %(tag)s is missing.", tag=self.known.main_language),
                _("Every title needs it: it is what is shown when nothing else fits."),
            )
            found[self.known.main_language] = LanguageState.REVIEWED
        return found

    def _modules(
        self, reader: LessonReader, languages: Mapping[str, LanguageState]
    ) -> tuple[ModuleSource, ...]:
        modules, slugs = [], set()
        for table in self.table.tables("modules"):
            slug = table.slug("slug") or ""
            if slug and slug in slugs:
                table.wrong(
                    "slug", _("Another module is called %(slug)s.", slug=slug), _("Rename one.")
                )
            slugs.add(slug)
            title = titled(table, languages, self.known.main_language)
            lessons = []
            for number, lesson in enumerate(table.strings("lessons", is_required=True)):
                if found := self._lesson(reader, table, number, lesson):
                    lessons.append(found)
            table.finish()
            modules.append(ModuleSource(slug, title, tuple(lessons)))
        return tuple(modules)

    def _lesson(
        self, reader: LessonReader, table: Table, number: int, slug: str
    ) -> LessonSource | None:
        at = ("lessons", number)
        if not SLUG.fullmatch(slug):
            table.wrong(
                at, _("This is not a slug."),
                _("Use a-z, 0-9 and single hyphens, at most 60 of them."),
            )
            return None
        self.places[slug] += 1
        if self.places[slug] > 1:
            table.wrong(
                at, _("The lesson %(slug)s stands in the course already.", slug=slug),
                _("Remove it here, or give the other lesson its own folder and name."),
            )
            return None
        if f"lessons/{slug}/lesson.toml" not in self.package.files:
            there = {path.split("/")[1] for path in self.package.files if _is_lesson(path)}
            table.wrong(
                at, _("There is no file %(file)s.", file=f"lessons/{slug}/lesson.toml"),
                nearest(slug, there) if there else _("Add it."),
            )
            return None
        lesson, below = reader.read(slug)
        if lesson and below:
            self.lessons[slug], self.tables[slug] = lesson, below
        return lesson

    def _prerequisites(self) -> None:
        order = list(self.places)
        for slug, lesson in self.lessons.items():
            for number, other in enumerate(lesson.prerequisites):
                at = ("prerequisites", number)
                if other not in self.places:
                    self.tables[slug].wrong(
                        at, _("There is no lesson %(slug)s in this course.", slug=other),
                        nearest(other, order),
                    )
                elif order.index(other) > order.index(slug):
                    self.tables[slug].wrong(
                        at, _("%(slug)s comes later in the course.", slug=other),
                        _("Put it before this lesson."), is_advice=True,
                    )
        needs = {slug: lesson.prerequisites for slug, lesson in self.lessons.items()}
        for circle in circles(needs):
            self.tables[circle[0]].wrong(
                "prerequisites",
                _("The lessons wait for each other: %(circle)s.",
                  circle=" → ".join([*circle, circle[0]])),
                _("Take one of them out."),
            )

    def _unused(self) -> None:
        for path in sorted(self.package.files.keys() - self.finder.used):
            if _is_lesson(path) and path.split("/")[1] not in self.places:
                self.report.add(
                    path, _("The lesson stands in no module."),
                    _("Add it to a module of course.toml."), is_advice=True,
                )
            else:
                self.report.add(
                    path, _("Nothing names this file."), _("Name it, or remove it."),
                    is_advice=True,
                )


def _is_lesson(path: str) -> bool:
    parts = path.split("/")
    return len(parts) == 3 and parts[0] == "lessons" and parts[2] == "lesson.toml"
