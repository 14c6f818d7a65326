"""The slow part of an import: files stored, videos measured, films made; no transaction is open.

What comes out is everything that a version says, but for its number.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import select

from lms.core.db import db, reading_only
from lms.core.i18n import _
from lms.core.ids import short_id
from lms.core.storage import storage
from lms.courses.document import LessonDocument, ModuleDocument, Video
from lms.courses.filming import MadeFilm, film_of
from lms.courses.finding import in_words
from lms.courses.package import Package
from lms.courses.problem import PackageRefusedError, Report
from lms.courses.source import CourseSource, LessonSource, lesson_uuid
from lms.courses.speaking import speak_quiz
from lms.courses.storing import Shelf
from lms.media.accepting import Unacceptable
from lms.media.importing import Stored
from lms.media.models import Original
from lms.quizzes.quiz import Quiz
from lms.storyboards.drawing import DrawingError
from lms.storyboards.rendering import RenderingError
from lms.voices.synthesising import NoVoiceError, SpeechFailedError

Tell = Callable[[float, str], None]


@dataclass
class Ready:
    """A course whose files are stored; `originals` by digest and `films` wait for their rows."""

    package: Package
    course: CourseSource
    modules: tuple[ModuleDocument, ...] = ()
    originals: dict[str, Stored] = field(default_factory=dict)
    films: list[MadeFilm] = field(default_factory=list)
    video_paths: set[str] = field(default_factory=set)
    labels: dict[str, str] = field(default_factory=dict)


def prepare(package: Package, course: CourseSource, shelf: Shelf, tell: Tell) -> Ready:
    """Store everything; PackageRefusedError lists every video that cannot be used.

    `tell(share, note)` hears how far it is, from 0 to 1.
    """
    return _Preparing(package, course, shelf, tell).ready()


class _Preparing:
    def __init__(
        self, package: Package, course: CourseSource, shelf: Shelf, tell: Tell
    ) -> None:
        self.package, self.course, self.shelf, self.tell = package, course, shelf, tell
        self.report = Report()
        self.result = Ready(package, course)
        lessons = [lesson for module in course.modules for lesson in module.lessons]
        self.steps = sum(len(one.videos) + len(one.rendered_languages) for one in lessons) or 1
        self.done = 0

    def ready(self) -> Ready:
        """Videos first, because they may be refused; then the other files."""
        modules = tuple(
            ModuleDocument(
                slug=module.slug, title=module.title,
                lessons=tuple(self._lesson(lesson) for lesson in module.lessons),
            )
            for module in self.course.modules
        )
        if self.report.problems():
            raise PackageRefusedError(self.report.problems())
        self.result.modules = modules
        for path, file in self.package.files.items():
            if path not in self.result.video_paths:
                self.shelf.put(file, f"sources/{file.digest}")
        self.tell(1.0, "")
        return self.result

    def _lesson(self, lesson: LessonSource) -> LessonDocument:
        made = {tag: self._film(lesson, tag) for tag in lesson.rendered_languages}
        films = {tag: film for tag, film in made.items() if film}
        given = {tag: self._video(path) for tag, path in lesson.videos.items()}
        videos = {tag: video for tag, video in given.items() if video}
        for tag, film in films.items():
            videos[tag] = Video(
                original=film.stored.digest, duration_seconds=round(film.duration_seconds, 3)
            )
        captions = {tag: film.captions for tag, film in films.items()}
        captions |= {tag: self._served(path) for tag, path in lesson.captions.items()}
        return LessonDocument(
            slug=lesson.slug,
            uuid=(own_uuid := lesson_uuid(self.course.uuid, lesson.slug)),
            short=short_id(own_uuid),
            title=lesson.title, summary=lesson.summary, is_sensitive=lesson.is_sensitive,
            prerequisites=tuple(lesson_uuid(self.course.uuid, one) for one in lesson.prerequisites),
            poster=self._served(lesson.poster) if lesson.poster else None,
            videos=videos, captions=captions,
            quiz=self._quiz(lesson, films, videos),
            complete_when=lesson.complete_when, watched_percent=lesson.watched_percent,
        )

    def _film(self, lesson: LessonSource, tag: str) -> MadeFilm | None:
        self.tell(self.done / self.steps, f"{lesson.slug} {tag}")
        self.done += 1
        if lesson.storyboard is None:
            return None
        try:
            film = film_of(lesson.storyboard, tag, self.shelf)
        except (NoVoiceError, SpeechFailedError, DrawingError, RenderingError) as error:
            self.report.add(
                f"lessons/{lesson.slug}/lesson.toml", f"{error}.", "", at=f"storyboard ({tag})"
            )
            return None
        self.result.films.append(film)
        self._write_down(film.stored, f"{self.course.slug} {lesson.slug} {tag}")
        return film

    def _video(self, path: str) -> Video | None:
        self.tell(self.done / self.steps, path)
        self.done += 1
        file = self.package.files[path]
        self.result.video_paths.add(path)
        stored = self.result.originals.get(file.digest) or _known(file.digest)
        try:
            stored = stored or self.shelf.put_video(file.real, file.digest)
        except Unacceptable as error:
            self.report.add(path, in_words(error), _("Send another file."))
            return None
        self._write_down(stored, f"{self.course.slug} {path}")
        return Video(
            original=stored.digest, duration_seconds=round(stored.probe.duration_seconds, 3)
        )

    def _write_down(self, stored: Stored, label: str) -> None:
        self.result.originals[stored.digest] = stored
        self.result.labels.setdefault(stored.digest, label)

    def _served(self, path: str) -> str:
        file = self.package.files[path]
        name = f"{file.digest}.{file.ending}"
        self.shelf.put(file, f"files/{name}")
        return name

    def _quiz(
        self, lesson: LessonSource, films: dict[str, MadeFilm], videos: dict[str, Video]
    ) -> Quiz | None:
        source = lesson.quiz
        if source is None or self.report.problems():  # no quiz is shown then
            return None
        names = {written: self._served(path) for written, path in source.files.items()}
        table = source.quiz.model_dump(mode="json")
        keys = [scene.key for scene in lesson.storyboard.scenes] if lesson.storyboard else []
        for number, scene in source.explained_scenes.items():
            for tag, film in films.items():
                begins = int(film.scene_starts[keys.index(scene)])
                table["questions"][number]["explained_at"].setdefault(tag, begins)
        for number, question in enumerate(table["questions"]):
            for tag, second in question["explained_at"].items():
                if tag in videos and second >= videos[tag].duration_seconds:
                    self.report.add(
                        source.path, _("The video ends before this second."),
                        _("Write an earlier one."),
                        at=f"questions[{number + 1}].explained_at.{tag}",
                    )
        try:
            names |= speak_quiz(table, self.shelf)
        except SpeechFailedError as error:
            self.report.add(source.path, f"{error}.", "")
            return None
        return Quiz.model_validate(table).with_files(names)


def _known(digest: str) -> Stored | None:
    """The measures of an original that is here already, so that it is not measured again."""
    with reading_only():
        original = db.session.scalar(select(Original).where(Original.digest == digest))
        if original is None or not storage().exists(original.storage_name):
            return None
        return Stored(digest, original.probe)
