"""The fold, pure: what one person did in one lesson -> her progress there.

`fold` reads the *set* of valid evidence and the rules of all published versions: it gives the
same for any order, and it can be thrown away and computed again. Its twin for the page is
`static/js/fold.js`; both run the cases of tests/cases/fold.json.

Moments are (milliseconds, certainty): the corrected time, not before the version's publication.
"""

import uuid as uuids
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lms.courses.document import Requirement
from lms.learning.rules import LessonRule
from lms.learning.seconds import Span, count, union
from lms.quizzes.marking import Answer, Result, mark_attempt
from lms.quizzes.quiz import Quiz, QuizKind
from lms.records.timing import Certainty
from lms.records.validity import Evidence
from lms.records.vocabulary import Verb

Moment = tuple[int, Certainty]


@dataclass(frozen=True, slots=True)
class FoldedAttempt:
    """One attempt. `result` is None while the version that was answered is unknown (waiting).

    `number` counts the attempts at the same quiz by (device, seq); None while waiting.
    """

    uuid: uuids.UUID
    version: uuids.UUID
    quiz_digest: str | None
    number: int | None
    is_over: bool
    result: Result | None
    began_ms: int
    ended_ms: int | None
    passed_at: Moment | None


@dataclass(frozen=True, slots=True)
class Progress:
    """What is kept of a person in a lesson; `completed_by` as "watched+answered"."""

    seen: dict[str, list[Span]] = field(default_factory=dict)
    seconds_seen: int = 0
    attempts: tuple[FoldedAttempt, ...] = ()
    is_watched: bool = False
    is_answered: bool = False
    took_part: bool = False
    completed_at: Moment | None = None
    completed_by: str | None = None
    began_ms: int | None = None
    last_ms: int | None = None


def fold(evidence: Iterable[Evidence], rules: Sequence[LessonRule]) -> Progress:
    """Progress from the valid statements of one (person, lesson), in any order, each once or more.

    `rules` are of every version that was published with this lesson. Statements of her group's
    meetings (`is_group`) stand beside her own `attended`.
    """
    by_version = {rule.version: rule for rule in rules}
    played: dict[str, list[tuple[Moment, Evidence]]] = defaultdict(list)
    answers: dict[tuple[uuids.UUID, uuids.UUID], list[Evidence]] = defaultdict(list)
    meetings: dict[uuids.UUID, dict[str, Moment]] = defaultdict(dict)
    began: int | None = None
    last: int | None = None
    for each in {one.uuid: one for one in evidence}.values():
        at = _moment(each, by_version)
        if each.meeting is not None and (each.is_group or each.verb is Verb.attended):
            _note_meeting(meetings[each.meeting], each, at)
            continue
        if each.is_group:
            continue
        if each.verb is Verb.progressed and each.original is not None:
            played[each.original].append((at, each))
        elif each.verb is Verb.answered and each.version and each.data.get("attempt"):
            answers[uuids.UUID(each.data["attempt"]), each.version].append(each)
        if each.lesson is not None and each.verb not in _ABOUT_STATEMENTS:
            began = at[0] if began is None else min(began, at[0])
            last = at[0] if last is None else max(last, at[0])

    seen, watched_at = _watch(played, rules)
    attempts = _attempts(answers, by_version)
    answered_at = min(
        (one.passed_at for one in attempts if one.passed_at and not one.is_over), default=None
    )
    took_part_at = _took_part(meetings)
    reached = {
        Requirement.WATCHED: watched_at,
        Requirement.ANSWERED: answered_at,
        Requirement.TOOK_PART: took_part_at,
    }
    completed_at, completed_by = _complete(reached, rules)
    return Progress(
        seen=seen,
        seconds_seen=max((count(spans) for spans in seen.values()), default=0),
        attempts=attempts,
        is_watched=watched_at is not None,
        is_answered=answered_at is not None,
        took_part=took_part_at is not None,
        completed_at=completed_at,
        completed_by=completed_by,
        began_ms=began,
        last_ms=last,
    )


_ABOUT_STATEMENTS = {
    Verb.voided, Verb.joined, Verb.reassigned, Verb.consented, Verb.revoked, Verb.completed
}


def _moment(each: Evidence, rules: Mapping[uuids.UUID, LessonRule]) -> Moment:
    """Nothing is done before it was published: a device that says so has a wrong clock.

    A version that was published here after the statement came in bounds nothing.
    """
    rule = rules.get(each.version) if each.version else None
    if rule and each.at_ms < rule.published_ms <= each.received_ms:
        return rule.published_ms, Certainty.unknown
    return each.at_ms, each.certainty


def _watch(
    played: Mapping[str, list[tuple[Moment, Evidence]]], rules: Sequence[LessonRule]
) -> tuple[dict[str, list[Span]], Moment | None]:
    """The seconds seen of each known original, and when one was first watched enough."""
    asked: dict[str, tuple[int, int]] = {}
    for rule in rules:
        for original, (length, enough) in rule.originals.items():
            known = asked.get(original, (length, enough))
            asked[original] = max(length, known[0]), min(enough, known[1])
    seen: dict[str, list[Span]] = {}
    watched: list[Moment] = []
    for original in sorted(played.keys() & asked.keys()):
        length, enough = asked[original]
        parts = played[original]
        spans = union((s for _, each in parts for s in each.data["seen"]), length)
        if not spans:
            continue
        seen[original] = spans
        if count(spans) >= enough:
            watched.append(_when_enough(parts, length, enough))
    return seen, min(watched, default=None)


def _when_enough(parts: list[tuple[Moment, Evidence]], length: int, enough: int) -> Moment:
    """The earliest moment by which `enough` seconds were played; by halving, as the union grows."""
    ordered = sorted(parts, key=lambda part: (part[0], part[1].order))
    low, high = 0, len(ordered) - 1
    while low < high:
        middle = (low + high) // 2
        spans = union((s for _, each in ordered[: middle + 1] for s in each.data["seen"]), length)
        if count(spans) >= enough:
            high = middle
        else:
            low = middle + 1
    return ordered[low][0][0], max(at[1] for at, _ in ordered[: low + 1])


def _attempts(
    answers: Mapping[tuple[uuids.UUID, uuids.UUID], list[Evidence]],
    rules: Mapping[uuids.UUID, LessonRule],
) -> tuple[FoldedAttempt, ...]:
    """All attempts by (device, seq) of their first answer; each marked by the version answered."""
    ordered = []
    for (attempt, version), given in answers.items():
        given.sort(key=lambda each: each.order)
        ordered.append((given[0].order, attempt, version, given))
    ordered.sort(key=lambda one: one[:3])
    numbers: dict[str, int] = defaultdict(int)
    folded = []
    for _, attempt, version, given in ordered:
        moments = [_moment(each, rules) for each in given]
        rule = rules.get(version)
        if rule is None or rule.quiz is None:
            folded.append(
                FoldedAttempt(attempt, version, None, None, False, None, min(moments)[0],
                              None, None)
            )
            continue
        quiz = rule.quiz
        numbers[quiz.digest] += 1
        number = numbers[quiz.digest]
        result = mark_attempt(quiz, [_answer(each) for each in given])
        folded.append(
            FoldedAttempt(
                attempt, version, quiz.digest, number,
                quiz.attempt_limit is not None and number > quiz.attempt_limit,
                result, min(moments)[0],
                max(moments)[0] if result.is_ended else None,
                _when_passed(quiz, given, moments) if result.is_passed else None,
            )
        )
    return tuple(folded)


def _answer(each: Evidence) -> tuple[str, Answer]:
    data = each.data
    return data["question"], Answer(tuple(data.get("choices") or ()), data.get("number"))


def _when_passed(quiz: Quiz, given: list[Evidence], moments: list[Moment]) -> Moment:
    """The earliest moment by which the answers of an attempt that is passed were enough.

    An exam's first answer to a question counts by (device, seq), whatever its clock said.
    """
    counted = list(zip((_answer(each) for each in given), moments, strict=True))
    if quiz.kind is QuizKind.EXAM:
        counted = list({answer[0]: (answer, at) for answer, at in reversed(counted)}.values())
    counted.sort(key=lambda one: one[1])
    until = len(counted)
    while until > 1 and mark_attempt(quiz, [a for a, _ in counted[: until - 1]]).is_passed:
        until -= 1
    return counted[until - 1][1][0], max(at[1] for _, at in counted[:until])


def _note_meeting(meeting: dict[str, Moment], each: Evidence, at: Moment) -> None:
    """Keep the earliest moment of each of the three things that make taking part."""
    part = {Verb.attended: "present", Verb.experienced: "shown", Verb.answered: "asked"}
    name = part.get(each.verb)
    if name and (name not in meeting or at < meeting[name]):
        meeting[name] = at


def _took_part(meetings: Mapping[uuids.UUID, Mapping[str, Moment]]) -> Moment | None:
    """Present at a meeting where the lesson was shown and its question asked."""
    reached = [_all_of(list(parts.values())) for parts in meetings.values() if len(parts) == 3]
    return min(reached, default=None)


def _complete(
    reached: Mapping[Requirement, Moment | None], rules: Sequence[LessonRule]
) -> tuple[Moment | None, str | None]:
    """The earliest moment at which any alternative of any published version was fulfilled."""
    found: list[tuple[Moment, str]] = []
    for rule in rules:
        for alternative in rule.alternatives:
            moments = [reached[requirement] for requirement in alternative]
            known = [moment for moment in moments if moment is not None]
            if known and len(known) == len(moments):
                found.append((_all_of(known), "+".join(alternative)))
    return min(found, default=(None, None))


def _all_of(moments: Sequence[Moment]) -> Moment:
    """When all had happened: the latest, as certain as the least certain of them."""
    return max(moments)[0], max(moment[1] for moment in moments)
