"""Reading one lesson's folder: lesson.toml and everything that it names."""

from collections.abc import Mapping
from pathlib import Path

from lms.core.i18n import _
from lms.courses.document import LanguageState, Requirement
from lms.courses.finding import CAPTIONS, PICTURE, TOML, VIDEO, Finder, Kind
from lms.courses.package import Package
from lms.courses.problem import Report, nearest
from lms.courses.quiz_reading import read_quiz_file
from lms.courses.source import CompleteWhen, LessonSource, QuizSource
from lms.courses.table import Table, read_table
from lms.storyboards.problems import StoryboardError
from lms.storyboards.scenes import Storyboard, read_storyboard

DEFAULT_RULE: CompleteWhen = (
    (Requirement.WATCHED, Requirement.ANSWERED), (Requirement.TOOK_PART,)
)
DEFAULT_PERCENT = 90


class LessonReader:
    """Reads the lessons of one course, which share its languages and its rule."""

    def __init__(
        self, package: Package, report: Report, finder: Finder, main_language: str,
        languages: Mapping[str, LanguageState], voices: frozenset[str],
        rule: CompleteWhen | None, percent: int | None,
    ) -> None:
        self.package, self.report, self.finder = package, report, finder
        self.main_language, self.languages, self.voices = main_language, languages, voices
        self.rule, self.percent = rule, percent

    def read(self, slug: str) -> tuple[LessonSource | None, Table | None]:
        """The lesson, or None; and its table, on which later problems are reported."""
        folder = f"lessons/{slug}"
        path = f"{folder}/lesson.toml"
        self.finder.used.add(path)
        table = read_table(self.package.files[path], self.report)
        if table is None:
            return None, None
        title = titled(table, self.languages, self.main_language)
        summary = table.by_language("summary", self.languages)
        videos = self._files(table, "video", folder, VIDEO)
        storyboard = self._storyboard(table, folder, videos)
        poster = table.string("poster")
        if poster:
            poster = self.finder.find(table, "poster", poster, folder, PICTURE)
        captions = self._files(table, "captions", folder, CAPTIONS)
        quiz = self._quiz(table, folder, storyboard, {*videos, *_spoken(storyboard)})
        rule = read_rule(table) if table.has("complete_when") else None
        if rule and not table.has("quiz") and any(Requirement.ANSWERED in one for one in rule):
            table.wrong(
                "complete_when", _("There is nothing to answer in this lesson."),
                _("Add a quiz, or take out answered."),
            )
        lesson = LessonSource(
            slug=slug, title=title, summary=summary,
            is_sensitive=table.flag("sensitive"),
            prerequisites=tuple(table.strings("prerequisites")),
            poster=poster, videos=videos, captions=captions, storyboard=storyboard, quiz=quiz,
            complete_when=rule or self._rule(has_quiz=table.has("quiz")),
            watched_percent=(
                table.whole("watched_percent", 1, 100) or self.percent or DEFAULT_PERCENT
            ),
        )
        table.finish()
        return lesson, table

    def _files(self, table: Table, key: str, folder: str, kind: Kind) -> dict[str, str]:
        found = {}
        for tag, written in table.by_language(key, self.languages).items():
            if path := self.finder.find(table, (key, tag), written, folder, kind):
                found[tag] = path
        return found

    def _storyboard(
        self, table: Table, folder: str, videos: Mapping[str, str]
    ) -> Storyboard | None:
        written = table.string("storyboard")
        if not written:
            if not table.has("video"):
                table.wrong(
                    "video", _("The lesson has neither a video nor a storyboard."),
                    _('Write video.es = "es.mp4", or storyboard = "storyboard.toml".'),
                )
            elif videos and self.main_language not in videos:
                table.wrong(
                    ("video", self.main_language), _("It is missing."),
                    _("Add it: who reads no other language has no video."), is_advice=True,
                )
            return None
        path = self.finder.find(table, "storyboard", written, folder, TOML)
        if path is None:
            return None
        file = self.package.files[path]
        try:
            storyboard = read_storyboard(file.real, list(self.languages), self.package.folder)
        except StoryboardError as error:
            # Its own words name the file by its name alone: here it has a path.
            for one in error.problems:
                self.report.add(
                    path, f"{one.what}.", f"{one.remedy}.", line=one.line or 0, at=one.field
                )
            return None
        root = self.package.folder.resolve()
        for scene in storyboard.scenes:
            self.finder.used.add(scene.picture.resolve().relative_to(root).as_posix())
        for tag in storyboard.languages:
            if tag not in videos and tag not in self.voices:
                table.wrong(
                    "storyboard", _("No voice speaks the language %(tag)s.", tag=tag),
                    _("Record a video and name it as video.%(tag)s.", tag=tag),
                )
        return storyboard

    def _quiz(
        self, table: Table, folder: str, storyboard: Storyboard | None, spoken: set[str]
    ) -> QuizSource | None:
        written = table.string("quiz")
        if not written:
            return None
        path = self.finder.find(table, "quiz", written, folder, TOML)
        if path is None:
            return None
        beside = Path(path).parent.as_posix()
        quiz, below = read_quiz_file(
            self.package.files[path], beside, self.languages, self.main_language,
            self.finder, self.report,
        )
        if quiz is None or below is None:
            return None
        scenes = [scene.key for scene in storyboard.scenes] if storyboard else []
        for number, scene in quiz.explained_scenes.items():
            if scene not in scenes and (storyboard or not table.has("storyboard")):
                below.wrong(
                    ("questions", number, "explained_scene"),
                    _("There is no scene %(scene)s.", scene=scene),
                    nearest(scene, scenes) if scenes else _("Only a storyboard has scenes."),
                )
        for number, question in enumerate(quiz.quiz.questions):
            for tag in question.explained_at.keys() - spoken if spoken else ():
                below.wrong(
                    ("questions", number, "explained_at", tag),
                    _("The lesson has no video in this language."), _("Remove it."),
                )
        return quiz

    def _rule(self, *, has_quiz: bool) -> CompleteWhen:
        """The course's rule or the default; `answered` falls away where nothing is asked."""
        rule = self.rule or DEFAULT_RULE
        if has_quiz:
            return rule
        left = (tuple(x for x in one if x is not Requirement.ANSWERED) for one in rule)
        return tuple(one for one in left if one) or ((Requirement.WATCHED,),)


def _spoken(storyboard: Storyboard | None) -> tuple[str, ...]:
    return storyboard.languages if storyboard else ()


def titled(table: Table, languages: Mapping[str, LanguageState], main: str) -> dict[str, str]:
    """The `title` of a table; it must be there in the main language."""
    title = table.by_language("title", languages)
    written = table.data.get("title", {})
    if isinstance(written, dict) and main not in written:
        table.wrong(
            ("title", main), _("The title is missing in %(tag)s.", tag=main),
            _('Write title.%(tag)s = "…".', tag=main),
        )
    return title


def read_rule(table: Table) -> CompleteWhen | None:
    """`complete_when`: a list of alternatives, each a list of what it takes together."""
    value = table.take("complete_when")
    known = [one.value for one in Requirement]
    if not isinstance(value, list) or not value or not all(
        isinstance(one, list) and one for one in value
    ):
        table.wrong(
            "complete_when", _("It must be a list of lists."),
            _('Write it as in complete_when = [["watched", "answered"], ["took_part"]].'),
        )
        return None
    rule = []
    for number, one in enumerate(value):
        taken = []
        for place, word in enumerate(one):
            if word in known and Requirement(word) not in taken:
                taken.append(Requirement(word))
            else:
                table.wrong(
                    ("complete_when", number, place),
                    _("%(word)s is not known here.", word=word)
                    if word not in known else _("%(word)s stands twice.", word=word),
                    nearest(str(word), known) if word not in known else _("Remove one."),
                )
        rule.append(tuple(taken))
    return tuple(one for one in rule if one) or None
