"""What a lesson's pages show, the same for everybody: language, rungs, addresses, the document.

Nothing here knows a person. A `Shown` is one lesson of one version in one language.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import url_for

from lms.core.i18n import chain_of, in_language, languages
from lms.courses.document import LessonDocument, VersionDocument, Video
from lms.learning.money import money
from lms.learning.pack import pack
from lms.media.models import Rendition
from lms.media.queries import rungs_of_many

Context = dict[str, Any]


@dataclass(frozen=True)
class Shown:
    """A lesson as one version shows it in one language; `place` counts from 1 in its course."""

    document: VersionDocument
    lesson: LessonDocument
    language: str

    @property
    def place(self) -> int:
        """Its place among the course's lessons."""
        return next(
            at for at, one in enumerate(self.document.lessons(), 1) if one.uuid == self.lesson.uuid
        )

    @property
    def video(self) -> Video | None:
        """The video in this language, else in the nearest one: a screen falls back whole."""
        for tag in (*chain_of(self.language), *self.lesson.videos):
            if tag in self.lesson.videos:
                return self.lesson.videos[tag]
        return None

    def address(self, endpoint: str) -> str:
        """The address of one of its pages in this version and language."""
        return url_for(
            f"learning.{endpoint}", short=self.lesson.short, number=self.document.number,
            language=self.language,
        )


def language_for(document: VersionDocument, lesson: LessonDocument, wanted: str) -> str:
    """The language in which somebody who reads `wanted` is shown the lesson.

    A draft is never chosen for her: she must pick it herself.
    """
    ready = [tag for tag in document.languages if not document.is_draft(tag)]
    spoken = [tag for tag in ready if tag in lesson.videos or not lesson.videos]
    for tag in chain_of(wanted):
        if tag in spoken:
            return tag
    return (spoken or ready or list(document.languages))[0]


def rungs_json(renditions: Iterable[Rendition]) -> list[Context]:
    """The ready rungs as the page and its script read them."""
    return [
        {
            "rung": str(each.rung), "family": str(each.family),
            "url": url_for("media.rendition", name=each.name), "bytes": each.bytes,
            "mime": each.mime, "kbps": each.kbps, "height": each.height,
        }
        for each in renditions
    ]


def ready_rungs(lesson: LessonDocument) -> dict[str, list[Context]]:
    """The ready rungs of the lesson's video by language."""
    found = rungs_of_many(lesson.originals)
    return {tag: rungs_json(found.get(v.original, ())) for tag, v in lesson.videos.items()}


def lesson_context(shown: Shown, *, is_form: bool = False) -> Context:
    """What learning/lesson.html needs."""
    lesson = shown.lesson
    video = shown.video
    rungs = rungs_json(rungs_of_many([video.original]).get(video.original, ())) if video else []
    urls = {
        "state": url_for("learning.state", short=lesson.short),
        "quiz": shown.address("quiz_form" if is_form else "quiz") if lesson.quiz else None,
        "home": url_for("learning.home"),
        "finish": url_for("learning.finish", short=lesson.short, language=shown.language),
        "form": shown.address("lesson_form"),
    }
    captions = lesson.captions.get(shown.language)
    return _common(shown, "lesson", is_form) | {
        "rungs": rungs,
        "captions_url": captions and f"/files/{captions}",
        "pack": pack(),
        "urls": urls,
        "page_document": _document(shown, video, urls)
        | {"lesson": _browser_lesson(lesson), "rungs": rungs, "pack": pack()},
    }


def quiz_context(shown: Shown, *, is_form: bool = False) -> Context:
    """What learning/quiz.html needs; all questions, the first one shown."""
    lesson = shown.lesson
    quiz = lesson.quiz
    if quiz is None:
        raise ValueError("this lesson has no quiz")
    urls = {
        "state": url_for("learning.state", short=lesson.short),
        "lesson": shown.address("lesson_form" if is_form else "lesson"),
        "home": url_for("learning.home"),
        "finish": url_for("learning.finish", short=lesson.short, language=shown.language),
        "form": shown.address("quiz_form"),
    }
    video = shown.video
    rungs = rungs_json(rungs_of_many([video.original]).get(video.original, ())) if video else []
    return _common(shown, "quiz", is_form) | {
        "questions": quiz.questions,
        "steps": len(quiz.questions),
        "step": 1,
        "money": money(),
        "urls": urls,
        "page_document": _document(shown, video, urls)
        | {"lesson": _browser_lesson(lesson), "quiz": quiz.for_browser(), "rungs": rungs},
    }


def _common(shown: Shown, page: str, is_form: bool) -> Context:
    return {
        "language": shown.language,
        "lesson": shown.lesson,
        "title": in_language(shown.lesson.title, shown.language),
        "number": shown.place,
        "total": sum(1 for _ in shown.document.lessons()),
        "languages": _choices(shown, f"{page}_form" if is_form else page),
        "is_draft": shown.document.is_draft(shown.language),
        "home_url": url_for("learning.home"),
    }


def _choices(shown: Shown, endpoint: str) -> list[Context]:
    """The course's languages that this lesson speaks; drafts are there to be picked."""
    lesson = shown.lesson
    return [
        {
            "tag": tag,
            "name": languages()[tag].name if tag in languages() else tag,
            "url": Shown(shown.document, lesson, tag).address(endpoint),
            "is_draft": shown.document.is_draft(tag),
            "is_current": tag == shown.language,
        }
        for tag in shown.document.languages
        if tag in lesson.videos or not lesson.videos
    ]


def _document(shown: Shown, video: Video | None, urls: Context) -> Context:
    return {
        "version": str(shown.document.version),
        "number": shown.document.number,
        "language": shown.language,
        "chain": list(chain_of(shown.language)),
        "original": video and video.original,
        "seconds": video.duration_seconds if video else 0,
        "urls": urls,
    }


def _browser_lesson(lesson: LessonDocument) -> Context:
    """The lesson for the page's script; an exam's key is not in it."""
    table: Context = lesson.model_dump(mode="json", exclude={"quiz"})
    return table | {"quiz": lesson.quiz.for_browser() if lesson.quiz else None}
