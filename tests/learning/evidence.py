"""Builds what the fold reads from the short statements of tests/cases/fold.json."""

import uuid
from typing import Any

from lms.courses.document import LessonDocument
from lms.learning.fold import Progress
from lms.learning.remaining import missing
from lms.learning.rules import LessonRule, rule_of
from lms.records.timing import Certainty
from lms.records.validity import Evidence
from lms.records.vocabulary import Verb
from tests.cases import twins

TABLE = twins.table("fold")
LESSON = uuid.UUID(TABLE["lessons"]["plain"]["uuid"])
PERSON = uuid.uuid5(LESSON, "she")


def named(name: str) -> uuid.UUID:
    """The uuid that stands for a short name."""
    return uuid.uuid5(LESSON, name)


def lesson(name: str) -> LessonDocument:
    """One of the table's lessons."""
    return LessonDocument.model_validate_json(twins.json.dumps(TABLE["lessons"][name]))


def rules(case: dict[str, Any]) -> list[LessonRule]:
    """The published versions of a case."""
    return [
        rule_of(lesson(one["lesson"]), named(one["version"]), one["published"])
        for one in case["versions"]
    ]


def wire(case: dict[str, Any]) -> list[dict[str, Any]]:
    """A case's statements with uuids for names, numbered, in the form of the wire."""
    full = []
    for number, short in enumerate(case["statements"], 1):
        one = {"seq": number, "device": "a", "version": "v1", **short, "data": {**short["data"]}}
        one["id"] = str(named(f"{one['device']} {one['seq']}"))
        for name in ("version", "meeting", "device"):
            if name in one:
                one[name] = str(named(one[name]))
        if "attempt" in one["data"]:
            one["data"]["attempt"] = str(named(one["data"]["attempt"]))
        full.append(one)
    return full


def evidence(one: dict[str, Any]) -> Evidence:
    """One statement as the fold reads it."""
    def known(name: str) -> uuid.UUID | None:
        return uuid.UUID(one[name]) if name in one else None

    is_group = one.get("actor_kind") == "group"
    return Evidence(
        uuid=uuid.UUID(one["id"]), device=uuid.UUID(one["device"]), seq=one["seq"],
        at_ms=one["at"], certainty=Certainty[one.get("certainty", "exact")],
        received_ms=one.get("received", one["at"]), actor=named("group") if is_group else PERSON,
        is_group=is_group, witness=None, verb=Verb[one["verb"]],
        lesson=None if one["verb"] == "attended" else LESSON, version=known("version"),
        original=one.get("original"), group=None, meeting=known("meeting"), language="es",
        rung=None, target=None, data=one["data"],
    )


def told(progress: Progress, rule: LessonRule) -> dict[str, Any]:
    """Progress in the words of the table's `expect`."""
    return {
        "seen": {original: [list(span) for span in spans]
                 for original, spans in progress.seen.items()},
        "is_watched": progress.is_watched,
        "is_answered": progress.is_answered,
        "took_part": progress.took_part,
        "is_complete": progress.completed_at is not None,
        "attempts": [_told_attempt(one) for one in progress.attempts],
        "missing": missing(progress, rule)._asdict(),
    }


def _told_attempt(one: Any) -> dict[str, Any]:
    result = one.result
    return {
        "uuid": str(one.uuid), "number": one.number, "is_over": one.is_over,
        "answered": [*result.answered] if result else [],
        "right_keys": [*result.right] if result else [],
        "asked": result and result.asked, "right": result and len(result.right),
        "is_passed": bool(result and result.is_passed),
        "is_ended": bool(result and result.is_ended), "waiting": result is None,
    }


def expected(case: dict[str, Any]) -> dict[str, Any]:
    """A case's `expect` with uuids for names."""
    attempts = [
        {"waiting": False, **one, "uuid": str(named(one["uuid"]))}
        for one in case["expect"]["attempts"]
    ]
    return {**case["expect"], "attempts": attempts}
