"""What one published version asks for in a lesson, in the shape that the fold reads (pure)."""

import uuid as uuids
from dataclasses import dataclass

from lms.courses.document import LessonDocument, Requirement
from lms.learning.seconds import length_of, needed
from lms.quizzes.quiz import Quiz


@dataclass(frozen=True, slots=True)
class LessonRule:
    """`originals`: digest -> (whole seconds, how many of them are watched enough)."""

    version: uuids.UUID
    published_ms: int
    originals: dict[str, tuple[int, int]]
    quiz: Quiz | None
    alternatives: tuple[tuple[Requirement, ...], ...]


def rule_of(lesson: LessonDocument, version: uuids.UUID, published_ms: int) -> LessonRule:
    """The rule of a lesson as one version has it."""
    originals = {}
    for video in lesson.videos.values():
        length = length_of(video.duration_seconds)
        originals[video.original] = (length, needed(length, lesson.watched_percent))
    return LessonRule(version, published_ms, originals, lesson.quiz, lesson.complete_when)
