"""A person's own half of a lesson's page: the JSON that the script fills in."""

from typing import Any

from flask import url_for

from lms.core.i18n import current_language, in_language
from lms.courses.document import LessonDocument, VersionDocument
from lms.learning.fold import FoldedAttempt, Progress
from lms.learning.kept import progress_of
from lms.learning.pack import pack
from lms.learning.remaining import missing
from lms.learning.rules import rule_of
from lms.learning.showing import language_for, ready_rungs
from lms.people.models import Person
from lms.quizzes.quiz import Quiz, QuizKind

State = dict[str, Any]


def state_of(person: Person | None, document: VersionDocument, lesson: LessonDocument) -> State:
    """The state of a person, or of a visitor (None), whose statements wait on her own device."""
    progress = progress_of(person.uuid, lesson.uuid) if person else Progress()
    language = person.language if person else current_language()
    offered = lesson.videos.get(language_for(document, lesson, language))
    original = offered.original if offered else None
    return {
        "person": str(person.uuid) if person else None,
        "visitor": person is None,
        "language": language,
        "original": original,
        "witness": None,
        "pack": pack(),
        "progress": progress_json(progress, lesson.quiz),
        "missing": missing(progress, rule_of(lesson, document.version, 0), original)._asdict(),
        "rungs": ready_rungs(lesson),
        "next": next_json(document, lesson, person),
        "metered": None,
    }


def progress_json(progress: Progress, quiz: Quiz | None) -> State:
    """Progress as fold.js reads it, on a page that shows this quiz."""
    return {
        "seen": {digest: [list(span) for span in spans] for digest, spans in progress.seen.items()},
        "attempts": [attempt_json(one, quiz) for one in progress.attempts],
        "meetings": {},
        "is_watched": progress.is_watched,
        "is_answered": progress.is_answered,
        "took_part": progress.took_part,
        "is_complete": progress.completed_at is not None,
    }


def attempt_json(one: FoldedAttempt, quiz: Quiz | None) -> State:
    """One attempt; `waiting` while the version that was answered is not known here.

    Of an exam she learns the mark when the attempt has ended, and never which answers were right.
    """
    result = one.result
    is_practice = (
        quiz is not None and quiz.kind is QuizKind.PRACTICE and one.quiz_digest == quiz.digest
    )
    is_told = result is not None and (is_practice or result.is_ended)
    return {
        "uuid": str(one.uuid), "version": str(one.version), "quiz": one.quiz_digest,
        "number": one.number, "is_over": one.is_over,
        "asked": result and result.asked,
        "right": len(result.right) if result and is_told else None,
        "answered": list(result.answered) if result else [],
        "right_keys": list(result.right) if result and is_practice else [],
        "is_passed": bool(result and is_told and result.is_passed),
        "is_ended": bool(result and result.is_ended), "waiting": result is None,
    }


def next_json(
    document: VersionDocument, lesson: LessonDocument, person: Person | None
) -> State | None:
    """The lesson after this one in the course, or None at its end; a sensitive one is not named."""
    lessons = list(document.lessons())
    after = next(at for at, one in enumerate(lessons, 1) if one.uuid == lesson.uuid)
    for one in lessons[after:]:
        if not one.is_sensitive:
            wanted = person.language if person else current_language()
            language = language_for(document, one, wanted)
            return {
                "url": url_for("learning.lesson", short=one.short, number=document.number,
                               language=language),
                "title": in_language(one.title, language),
            }
    return None
