"""Where somebody stands on her path, pure: which lessons are next, done, or not yet open to her."""

import uuid as uuids
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lms.courses.document import Audience, LessonDocument, VersionDocument
from lms.people.roles import Role


class Knot(StrEnum):
    """How a lesson is drawn on the khipu: an empty loop, half, tied."""

    EMPTY = "empty"
    HALF = "half"
    TIED = "tied"


@dataclass(frozen=True)
class Step:
    """One lesson on the path; `place` counts from 1 in its course."""

    document: VersionDocument
    lesson: LessonDocument
    place: int
    knot: Knot
    is_open: bool


def audiences_of(roles: Collection[Role]) -> frozenset[Audience]:
    """For whom the courses on her home are; a visitor and who has no such role sees clients'."""
    found = {Audience.CLIENT} if not roles or Role.LEARNER in roles else set()
    if Role.OFFICER in roles:
        found.add(Audience.OFFICER)
    if Role.FACILITATOR in roles:
        found.add(Audience.FACILITATOR)
    return frozenset(found) or frozenset(Audience)


def steps(documents: Iterable[VersionDocument], knots: Mapping[uuids.UUID, Knot]) -> list[Step]:
    """Every lesson of these courses in order. What is sensitive never stands on home.

    A lesson is open to her once what comes before it, by the course's own word, is done.
    """
    found = []
    for document in documents:
        for place, lesson in enumerate(document.lessons(), 1):
            if lesson.is_sensitive:
                continue
            is_open = all(knots.get(one) is Knot.TIED for one in lesson.prerequisites)
            knot = knots.get(lesson.uuid, Knot.EMPTY)
            found.append(Step(document, lesson, place, knot, is_open))
    return found


def next_steps(path: Sequence[Step]) -> list[Step]:
    """What to offer, nearest first: the next lesson of each course, then the rest that is open.

    A course that she has begun comes before one that she has not.
    """
    open_steps = [one for one in path if one.is_open and one.knot is not Knot.TIED]
    begun = {one.document.course for one in path if one.knot is not Knot.EMPTY}
    firsts: dict[uuids.UUID, Step] = {}
    for one in open_steps:
        firsts.setdefault(one.document.course, one)
    ahead = sorted(firsts.values(), key=lambda one: one.document.course not in begun)
    return ahead + [one for one in open_steps if one not in ahead]


def done_steps(path: Sequence[Step]) -> list[Step]:
    """What she has done, in the path's order."""
    return [one for one in path if one.knot is Knot.TIED]
