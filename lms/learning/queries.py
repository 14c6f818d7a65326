"""Reads for home and finish: her path with its knots, the cards, the khipu."""

import uuid as uuids
from collections.abc import Collection, Sequence
from typing import Any

from flask import url_for
from sqlalchemy import select

from lms.core.db import db
from lms.core.i18n import current_language, in_language
from lms.courses.models import CourseVersion
from lms.courses.queries import courses_for, document_of
from lms.learning.models import LessonProgress
from lms.learning.paths import Knot, Step, audiences_of, next_steps, steps
from lms.learning.showing import language_for
from lms.media.models import Rendition, Rung
from lms.media.queries import rungs_of_many
from lms.people.models import Person

Context = dict[str, Any]


def path_of(person: Person | None) -> list[Step]:
    """All lessons of her courses, in order; a visitor's are those of the open courses."""
    wanted = audiences_of({role for role, _ in person.roles_now()} if person else ())
    newest: dict[int, CourseVersion] = {}
    ids = [course.id for course in courses_for(person)]
    for version in db.session.scalars(
        select(CourseVersion)
        .where(CourseVersion.course_id.in_(ids)).order_by(CourseVersion.number)
    ):
        newest[version.course_id] = version
    documents = [document_of(newest[one]) for one in ids if one in newest]
    documents = [one for one in documents if wanted.intersection(one.audience)]
    lessons = [lesson.uuid for document in documents for lesson in document.lessons()]
    return steps(documents, knots_of(person, lessons) if person else {})


def knots_of(person: Person, lessons: Collection[uuids.UUID]) -> dict[uuids.UUID, Knot]:
    """How far she is in each of these lessons; one that she has not begun is not there."""
    rows = db.session.execute(
        select(LessonProgress.lesson_uuid, LessonProgress.completed_at).where(
            LessonProgress.person_uuid == person.uuid, LessonProgress.lesson_uuid.in_(lessons)
        )
    )
    return {lesson: Knot.TIED if done else Knot.HALF for lesson, done in rows}


def khipu(path: Sequence[Step]) -> Context:
    """A cord for each module, a knot for each lesson; the next one of the path is marked."""
    language = current_language()
    ahead = next_steps(path)
    cords: dict[tuple[uuids.UUID, str], Context] = {}
    for one in path:
        for module in one.document.modules:
            if one.lesson in module.lessons:
                key = one.document.course, module.slug
                cord = cords.setdefault(
                    key, {"title": in_language(module.title, language), "knots": []}
                )
                cord["knots"].append({
                    "state": str(one.knot),
                    "title": in_language(one.lesson.title, language),
                    "is_next": bool(ahead) and one is ahead[0],
                })
    return {
        "done": sum(one.knot is Knot.TIED for one in path),
        "total": len(path),
        "cords": list(cords.values()),
    }


def cards(found: Sequence[Step], picked: str | None = None) -> list[Context]:
    """Lessons as picture cards. `picked` is a language she chose herself, a draft perhaps."""
    shown = []
    for one in found:
        is_picked = picked in one.lesson.videos and picked in one.document.languages
        language = (
            picked if is_picked and picked
            else language_for(one.document, one.lesson, current_language())
        )
        shown.append((one, language, one.lesson.videos.get(language)))
    rungs = rungs_of_many([video.original for _, _, video in shown if video])
    return [
        {
            "url": url_for("learning.lesson", short=one.lesson.short, number=one.document.number,
                           language=language),
            "title": in_language(one.lesson.title, language),
            "poster": one.lesson.poster,
            "state": str(one.knot),
            "number": one.place,
            "bytes": _lightest(rungs.get(video.original, ())) if video else None,
            "seconds": round(video.duration_seconds) if video else 0,
        }
        for one, language, video in shown
    ]


def _lightest(rungs: Sequence[Rendition]) -> int | None:
    """Bytes of the low rung in the family that weighs less, which is what is first offered."""
    return min((one.bytes for one in rungs if one.rung == Rung.LOW and one.bytes), default=None)
