"""When a course is complete, pure: every lesson of some published version is."""

import uuid as uuids
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from lms.learning.fold import Moment


class VersionLessons(NamedTuple):
    """One published version and the lessons it has."""

    version: uuids.UUID
    number: int
    lessons: frozenset[uuids.UUID]


def course_completed(
    versions: Iterable[VersionLessons], completed: Mapping[uuids.UUID, Moment]
) -> tuple[uuids.UUID, Moment] | None:
    """The version completed first and when, or None.

    `completed` holds the lessons she completed. A lesson that a later version adds takes nothing
    away, because the earlier version stays complete.
    """
    found = []
    for version in versions:
        if version.lessons and version.lessons <= completed.keys():
            moments = [completed[lesson] for lesson in version.lessons]
            moment = max(moments)[0], max(one[1] for one in moments)
            found.append((moment, version.number, version.version))
    if not found:
        return None
    moment, _number, chosen = min(found)
    return chosen, moment
