"""The version document: everything a page needs to show one published version of a course.

It is made once, when the version is published, and never changes. Texts are `{tag: text}`;
files are named by content (`FileRef`, "sha256.ext"); videos by the digest of their original.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from lms.quizzes.quiz import FileRef, Quiz

FORMAT = 1

Texts = dict[str, str]


class Audience(StrEnum):
    """Whose home shows the course."""

    CLIENT = "client"
    OFFICER = "officer"
    FACILITATOR = "facilitator"


class LanguageState(StrEnum):
    """How far a course's language is: a draft is shown, and says so."""

    DRAFT = "draft"
    REVIEWED = "reviewed"


class Requirement(StrEnum):
    """What a completion rule can ask for."""

    WATCHED = "watched"
    ANSWERED = "answered"
    TOOK_PART = "took_part"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class LanguageOfCourse(_Frozen):
    """One of the course's languages."""

    state: LanguageState


class Video(_Frozen):
    """A lesson's video in one language: its original's digest (64 hex digits) and length."""

    original: str
    duration_seconds: float


class LessonDocument(_Frozen):
    """A lesson as one version has it."""

    slug: str
    uuid: UUID
    short: str
    title: Texts
    summary: Texts = {}
    is_sensitive: bool = False
    prerequisites: tuple[UUID, ...] = ()
    poster: FileRef | None = None
    videos: dict[str, Video] = {}
    captions: dict[str, FileRef] = {}
    quiz: Quiz | None = None
    complete_when: tuple[tuple[Requirement, ...], ...]
    watched_percent: Annotated[int, Field(ge=1, le=100)] = 90

    @property
    def files(self) -> frozenset[str]:
        """Every file that the lesson's pages show."""
        refs: set[str | None] = {self.poster, *self.captions.values()}
        if self.quiz:
            for question in self.quiz.questions:
                refs.update((question.picture, *question.sound.values()))
                for choice in question.choices:
                    refs.update((choice.picture, *choice.sound.values()))
        return frozenset(ref for ref in refs if ref)

    @property
    def originals(self) -> frozenset[str]:
        """The digests of its videos' originals."""
        return frozenset(video.original for video in self.videos.values())


class ModuleDocument(_Frozen):
    """A module and its lessons in order."""

    slug: str
    title: Texts
    lessons: tuple[LessonDocument, ...]


class VersionDocument(_Frozen):
    """One published version of a course, whole."""

    format: int = FORMAT
    slug: str
    course: UUID
    version: UUID
    number: int
    title: Texts
    summary: Texts = {}
    audience: tuple[Audience, ...]
    is_open: bool = False
    languages: dict[str, LanguageOfCourse]
    modules: tuple[ModuleDocument, ...]

    def lessons(self) -> Iterator[LessonDocument]:
        """All lessons in the course's order."""
        for module in self.modules:
            yield from module.lessons

    def lesson(self, lesson_uuid: UUID) -> LessonDocument | None:
        """The lesson with this uuid, if this version has it."""
        return next((one for one in self.lessons() if one.uuid == lesson_uuid), None)

    def is_draft(self, tag: str) -> bool:
        """Whether the page must say that this language is a draft."""
        language = self.languages.get(tag)
        return language is not None and language.state is LanguageState.DRAFT
