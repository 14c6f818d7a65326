"""A course as its folder says it, checked: what an import makes a version document from.

Files are paths in the package; texts are `{tag: text}`.
"""

import uuid
from dataclasses import dataclass

from lms.courses.document import Audience, LanguageState, Requirement, Texts
from lms.quizzes.quiz import Quiz
from lms.storyboards.scenes import Storyboard

CompleteWhen = tuple[tuple[Requirement, ...], ...]

_NAMESPACE = uuid.UUID("2f0c7f1e-6a8d-5b53-9a5c-7d3b1c0e4a11")


@dataclass(frozen=True)
class QuizSource:
    """The quiz of the file `path`; `files` leads from a path beside it to one in the package.

    `explained_scenes` leads from a question's index to the key of the scene that explains it.
    """

    path: str
    quiz: Quiz
    files: dict[str, str]
    explained_scenes: dict[int, str]


@dataclass(frozen=True)
class LessonSource:
    """A lesson; `storyboard` makes the videos of its languages that `videos` lacks."""

    slug: str
    title: Texts
    summary: Texts
    is_sensitive: bool
    prerequisites: tuple[str, ...]
    poster: str | None
    videos: dict[str, str]
    captions: dict[str, str]
    storyboard: Storyboard | None
    quiz: QuizSource | None
    complete_when: CompleteWhen
    watched_percent: int

    @property
    def rendered_languages(self) -> tuple[str, ...]:
        """The languages whose video the storyboard makes."""
        if self.storyboard is None:
            return ()
        return tuple(tag for tag in self.storyboard.languages if tag not in self.videos)


@dataclass(frozen=True)
class ModuleSource:
    """A module and its lessons in order."""

    slug: str
    title: Texts
    lessons: tuple[LessonSource, ...]


@dataclass(frozen=True)
class CourseSource:
    """The whole course; `uuid` is the written `id`, or derived from the slug."""

    slug: str
    uuid: uuid.UUID
    title: Texts
    summary: Texts
    audience: tuple[Audience, ...]
    is_open: bool
    languages: dict[str, LanguageState]
    modules: tuple[ModuleSource, ...]


def course_uuid(slug: str) -> uuid.UUID:
    """The uuid of a course that has no `id` of its own: the same everywhere."""
    return uuid.uuid5(_NAMESPACE, slug)


def lesson_uuid(course: uuid.UUID, slug: str) -> uuid.UUID:
    """A lesson's uuid: the same in every version of its course."""
    return uuid.uuid5(course, f"lesson/{slug}")


def version_uuid(course: uuid.UUID, digest: str) -> uuid.UUID:
    """A version's uuid: the same wherever the same files are imported."""
    return uuid.uuid5(course, f"version/{digest}")
