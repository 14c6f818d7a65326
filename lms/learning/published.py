"""What was published of some lessons: the rules of every version, read with two small queries.

A published version never changes, so its rules are made once a process and kept.
"""

import uuid as uuids
from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from flask import Flask, current_app
from sqlalchemy import select

from lms.core import clock
from lms.core.db import db
from lms.courses.models import Course, CourseVersion, Lesson
from lms.courses.queries import document_of
from lms.learning.completion import VersionLessons
from lms.learning.rules import LessonRule, rule_of

_MOST_KEPT = 256
_SHELF = "yachay.learning.rules"


class Published(NamedTuple):
    """By lesson: its course and its rules; by course: its versions' lessons."""

    course_of: dict[uuids.UUID, uuids.UUID]
    rules: dict[uuids.UUID, list[LessonRule]]
    versions: dict[uuids.UUID, list[VersionLessons]]


class VersionRules(NamedTuple):
    """One version's lessons and their rules."""

    lessons: VersionLessons
    rules: dict[uuids.UUID, LessonRule]


def published_with(lessons: Collection[uuids.UUID]) -> Published:
    """All published versions of the courses that these lessons belong to."""
    found = db.session.execute(
        select(Lesson.uuid, Course.id, Course.uuid)
        .join(Course, Course.id == Lesson.course_id)
        .where(Lesson.uuid.in_(lessons))
    ).all()
    courses = {key: course for _, key, course in found}
    rules: dict[uuids.UUID, list[LessonRule]] = defaultdict(list)
    versions: dict[uuids.UUID, list[VersionLessons]] = defaultdict(list)
    for key, row, version in db.session.execute(
        select(CourseVersion.course_id, CourseVersion.id, CourseVersion.uuid)
        .where(CourseVersion.course_id.in_(courses))
        .order_by(CourseVersion.course_id, CourseVersion.number)
    ):
        kept = _rules_of(row, version)
        versions[courses[key]].append(kept.lessons)
        for lesson, rule in kept.rules.items():
            rules[lesson].append(rule)
    return Published({lesson: course for lesson, _, course in found}, rules, versions)


def rules_of_version(version: CourseVersion) -> VersionRules:
    """The rules of one version's lessons, made once."""
    shelf: dict[uuids.UUID, VersionRules] = current_app.extensions[_SHELF]
    kept = shelf.get(version.uuid)
    if kept is None:
        document = document_of(version)
        published_ms = clock.to_ms(version.published_at)
        rules = {one.uuid: rule_of(one, version.uuid, published_ms) for one in document.lessons()}
        kept = VersionRules(VersionLessons(version.uuid, version.number, frozenset(rules)), rules)
        while len(shelf) >= _MOST_KEPT:
            shelf.pop(next(iter(shelf)), None)
        shelf[version.uuid] = kept
    return kept


def _rules_of(row: int, version: uuids.UUID) -> VersionRules:
    """From the shelf without touching the database, if it is there."""
    kept: VersionRules | None = current_app.extensions[_SHELF].get(version)
    return kept or rules_of_version(db.session.get_one(CourseVersion, row))


def init_app(app: Flask) -> None:
    """Give the app its shelf."""
    app.extensions[_SHELF] = {}
