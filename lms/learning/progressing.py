"""Computing progress anew for many (person, lesson) pairs at once, inside the caller's transaction.

A fixed number of queries, whatever the number of pairs. What is written depends on the evidence
and the published versions only, never on what was kept before: so keeping up and rebuilding from
nothing end in the same rows.
"""

import uuid as uuids
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Table, delete, select, text, tuple_

from lms.core import clock
from lms.core.db import db
from lms.learning.completion import course_completed
from lms.learning.fold import FoldedAttempt, Progress, fold
from lms.learning.models import Completion, Enrolment, HowCertain, LessonProgress
from lms.learning.published import Published, published_with
from lms.quizzes.models import Attempt
from lms.quizzes.shuffling import seed_of
from lms.records.evidence import valid_statements
from lms.records.timing import Certainty

Pair = tuple[uuids.UUID, uuids.UUID]
Row = dict[str, Any]

_PUBLISHING = 7060  # the key of an advisory lock: shared to compute, whole to publish


def recompute(pairs: Collection[Pair]) -> None:
    """Fold the evidence of these pairs again and write what changed of progress and completion."""
    if not pairs:
        return
    _lock({person for person, _ in pairs})
    published = published_with({lesson for _, lesson in pairs})
    progress: list[Row] = []
    attempts: list[Row] = []
    gone: list[Pair] = []
    for pair, evidence in valid_statements(pairs).items():
        if not evidence:
            gone.append(pair)
            continue
        folded = fold(evidence, published.rules.get(pair[1], ()))
        progress.append(_progress_row(pair, folded, published.course_of.get(pair[1])))
        attempts += [_attempt_row(pair, one) for one in folded.attempts]
    if gone:
        db.session.execute(
            delete(LessonProgress).where(
                tuple_(LessonProgress.person_uuid, LessonProgress.lesson_uuid).in_(gone)
            )
        )
    _upsert(LessonProgress, progress, ("person_uuid", "lesson_uuid"))
    _replace_attempts(pairs, attempts)
    touched = {
        (person, published.course_of[lesson])
        for person, lesson in pairs if lesson in published.course_of
    }
    recompute_courses(touched, published)


def recompute_courses(touched: set[Pair], published: Published) -> None:
    """Enrolment and completion of (person, course) pairs, from the progress that is kept now."""
    began: dict[Pair, list[Any]] = defaultdict(list)
    completed: dict[Pair, dict[uuids.UUID, tuple[int, Certainty]]] = defaultdict(dict)
    for person, lesson, course, began_at, done_at, certainty in db.session.execute(
        select(
            LessonProgress.person_uuid, LessonProgress.lesson_uuid, LessonProgress.course_uuid,
            LessonProgress.began_at, LessonProgress.completed_at,
            LessonProgress.completed_certainty,
        ).where(
            LessonProgress.person_uuid.in_({person for person, _ in touched}),
            LessonProgress.course_uuid.in_({course for _, course in touched}),
        )
    ):
        if course is None:
            continue
        began[person, course].append(began_at)
        if done_at is not None and certainty is not None:
            moment = clock.to_ms(done_at), Certainty[certainty.value]
            completed[person, course][lesson] = moment
    enrolments: list[Row] = []
    completions: list[Row] = []
    for person, course in touched:
        if (person, course) not in began:
            continue
        known = [at for at in began[person, course] if at is not None]
        enrolments.append({
            "person_uuid": person, "course_uuid": course,
            "uuid": Enrolment.uuid_of(person, course), "began_at": min(known, default=None),
        })
        found = course_completed(published.versions[course], completed[person, course])
        if found:
            completions.append({
                "person_uuid": person, "course_uuid": course, "version_uuid": found[0],
                "completed_at": clock.from_ms(found[1][0]),
                "completed_certainty": HowCertain.of(found[1][1]),
            })
    _write_courses(Enrolment, touched, enrolments)
    _write_courses(Completion, touched, completions)


def _lock(people: set[uuids.UUID]) -> None:
    """Let one transaction at a time compute a person: the second then reads what the first kept.

    On SQLite there is only one writer. The sorted order keeps two of us from a deadlock.
    """
    if db.session.get_bind().dialect.name != "postgresql":
        return
    db.session.execute(text("select pg_advisory_xact_lock_shared(:key, 0)"), {"key": _PUBLISHING})
    keys = sorted(int.from_bytes(person.bytes[-8:], signed=True) for person in people)
    db.session.execute(
        text("select pg_advisory_xact_lock(key) from unnest(cast(:keys as bigint[])) as key"),
        {"keys": keys},
    )


def alone_with_versions() -> None:
    """Before a new version is applied: wait for those who compute without knowing it.

    Whoever computes from now on waits until the version is committed, and knows it.
    """
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text("select pg_advisory_xact_lock(:key, 0)"), {"key": _PUBLISHING})


def _progress_row(pair: Pair, folded: Progress, course: uuids.UUID | None) -> Row:
    at, certainty = folded.completed_at or (None, None)
    return {
        "person_uuid": pair[0], "lesson_uuid": pair[1], "course_uuid": course,
        "seen": folded.seen, "seconds_seen": folded.seconds_seen,
        "is_watched": folded.is_watched, "is_answered": folded.is_answered,
        "took_part": folded.took_part, "began_at": _at(folded.began_ms),
        "last_at": _at(folded.last_ms), "completed_at": _at(at),
        "completed_certainty": None if certainty is None else HowCertain.of(certainty),
        "completed_by": folded.completed_by,
    }


def _attempt_row(pair: Pair, one: FoldedAttempt) -> Row:
    result = one.result
    return {
        "person_uuid": pair[0], "lesson_uuid": pair[1], "uuid": one.uuid,
        "version_uuid": one.version, "quiz_digest": one.quiz_digest, "seed": seed_of(one.uuid),
        "number": one.number, "is_over": one.is_over,
        "asked": result and result.asked, "right": result and len(result.right),
        "right_at_once": result and result.right_at_once, "needed": result and result.needed,
        "answered_keys": list(result.answered) if result else [],
        "right_keys": list(result.right) if result else [],
        "is_passed": bool(result and result.is_passed),
        "began_at": _at(one.began_ms), "ended_at": _at(one.ended_ms),
    }


def _at(milliseconds: int | None) -> Any:
    return None if milliseconds is None else clock.from_ms(milliseconds)


def _replace_attempts(pairs: Collection[Pair], rows: list[Row]) -> None:
    """Write the attempts of these pairs; those whose answers no longer count go."""
    key = ("person_uuid", "lesson_uuid", "uuid", "version_uuid")
    kept = {tuple(row[name] for name in key) for row in rows}
    stale = [
        number
        for number, *found in db.session.execute(
            select(Attempt.id, *(getattr(Attempt, name) for name in key)).where(
                Attempt.person_uuid.in_({person for person, _ in pairs}),
                Attempt.lesson_uuid.in_({lesson for _, lesson in pairs}),
            )
        )
        if tuple(found) not in kept and tuple(found[:2]) in pairs
    ]
    if stale:
        db.session.execute(delete(Attempt).where(Attempt.id.in_(stale)))
    _upsert(Attempt, rows, key)


def _write_courses(
    model: type[Enrolment] | type[Completion], touched: set[Pair], rows: list[Row]
) -> None:
    key = ("person_uuid", "course_uuid")
    _upsert(model, rows, key)
    without = touched - {(row["person_uuid"], row["course_uuid"]) for row in rows}
    if without:
        db.session.execute(
            delete(model).where(tuple_(model.person_uuid, model.course_uuid).in_(without))
        )


def _upsert(model: type[Any], rows: list[Row], key: Collection[str]) -> None:
    """Insert, or overwrite every column but the key, in one statement for all rows."""
    if not rows:
        return
    if db.session.get_bind().dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert
    else:
        from sqlalchemy.dialects.sqlite import insert  # type: ignore[assignment]
    table: Table = model.__table__
    statement = insert(table)
    changed: Mapping[str, Any] = {
        name: statement.excluded[name] for name in rows[0] if name not in key
    }
    db.session.connection().execute(
        statement.on_conflict_do_update(index_elements=list(key), set_=changed), rows
    )
