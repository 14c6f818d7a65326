"""Progress from what somebody did: cases for Python and JavaScript alike, and its properties."""

import random
import uuid
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lms.learning.fold import Progress, fold
from lms.records.timing import Certainty
from lms.records.validity import Evidence
from lms.records.vocabulary import Verb
from tests.cases import twins
from tests.learning.evidence import (
    LESSON,
    PERSON,
    TABLE,
    evidence,
    expected,
    lesson,
    named,
    rules,
    told,
    wire,
)

CASES = TABLE["cases"]


@pytest.mark.parametrize(
    "case", [c for c in CASES if c.get("only") != "javascript"], ids=lambda case: case["name"]
)
def test_case(case: dict[str, Any]) -> None:
    statements = [evidence(one) for one in wire(case)]
    progress = fold(statements, rules(case))
    assert told(progress, rules(case)[-1]) == expected(case)
    at, certainty = progress.completed_at or (None, Certainty.unknown)
    completed = at and {"at": at, "certainty": certainty.name, "by": progress.completed_by}
    assert completed == case["completed"]
    for seed in range(5):
        random.Random(seed).shuffle(statements)
        assert fold(statements + statements[:2], rules(case)[::-1]) == progress


def test_javascript_folds_the_same() -> None:
    cases = [case for case in CASES if case.get("only") != "python"]
    full = [
        {"lesson": lesson(case["versions"][0]["lesson"]).model_dump(mode="json"),
         "statements": wire(case)}
        for case in cases
    ]
    found = twins.run(
        """const { join, emptyState, missing } = await import("/js/fold.js");
        return given.map(({ lesson, statements }) => {
          const first = JSON.stringify(emptyState());
          let state = JSON.parse(first);
          state.missing = missing(state, lesson);
          for (const one of statements) {
            const before = JSON.stringify(state);
            const next = join(state, one, lesson);
            if (JSON.stringify(state) !== before) throw new Error("join changed its input");
            const again = join(next, one, lesson);
            if (JSON.stringify(again) !== JSON.stringify(next)) throw new Error("twice is more");
            state = next;
          }
          return state;
        });""",
        full,
    )
    for case, state in zip(cases, found, strict=True):
        progress = state["progress"]
        wanted = expected(case)
        assert {**{k: progress[k] for k in wanted if k != "missing" and k != "attempts"},
                "missing": state["missing"],
                "attempts": [{k: one[k] for k in wanted["attempts"][0]}
                             for one in progress["attempts"]]} == wanted, case["name"]


_TWO = rules(next(c for c in CASES if c["name"] == "a later version takes nothing away"))
_times = some.integers(1_700_000_000_000 - 2_000_000, 1_700_000_000_000 + 200_000)
_spans = some.tuples(some.integers(0, 110), some.integers(1, 60)).map(lambda p: [p[0], p[0] + p[1]])
_answers = some.fixed_dictionaries({
    "attempt": some.sampled_from([str(named("t1")), str(named("t2"))]),
    "question": some.sampled_from(["q1", "q2"]),
    "choices": some.lists(some.sampled_from("ab"), max_size=2),
})


@some.composite
def _evidence_sets(draw: Any) -> list[Evidence]:
    """What one woman's two phones and her group's meeting may have written."""
    found = []
    for seq in range(draw(some.integers(0, 12))):
        verb = draw(some.sampled_from(
            [Verb.initialized, Verb.progressed, Verb.progressed, Verb.answered, Verb.answered,
             Verb.attended, Verb.experienced, Verb.completed]))
        in_meeting = verb in (Verb.attended, Verb.experienced) or (
            verb is Verb.answered and draw(some.booleans()))
        is_group = in_meeting and verb is not Verb.attended
        data: dict[str, Any] = {}
        if verb is Verb.progressed:
            data = {"seen": draw(some.lists(_spans, min_size=1, max_size=3))}
        elif verb is Verb.answered:
            data = {"question": "q1", "round": 1, "counts": {}} if is_group else draw(_answers)
        at = draw(_times)
        found.append(Evidence(
            uuid=uuid.uuid5(LESSON, f"p{seq}"), device=named(draw(some.sampled_from("ab"))),
            seq=seq, at_ms=at, certainty=draw(some.sampled_from(Certainty)), received_ms=at,
            actor=named("group") if is_group else PERSON, is_group=is_group, witness=None,
            verb=verb, lesson=None if verb is Verb.attended else LESSON,
            version=named(draw(some.sampled_from(["v1", "v2", "v3"]))),
            original=draw(some.sampled_from(["es1", "quz1", "es2"])), group=None,
            meeting=named(draw(some.sampled_from(["m1", "m2"]))) if in_meeting else None,
            language="es", rung=None, target=None, data=data,
        ))
    return found


@given(_evidence_sets(), some.randoms(use_true_random=False))
def test_any_order_and_any_repetition_gives_the_same(
    statements: list[Evidence], dice: random.Random
) -> None:
    progress = fold(statements, _TWO)
    again = statements + statements[: len(statements) // 2]
    dice.shuffle(again)
    assert fold(again, _TWO[::-1]) == progress


@given(_evidence_sets(), some.integers(0, 12))
def test_more_statements_never_take_away(statements: list[Evidence], kept: int) -> None:
    """Without an attempt limit, a subset (a batch that came first) knows no more than the whole."""
    part, whole = fold(statements[:kept], _TWO), fold(statements, _TWO)
    assert _reached(part) <= _reached(whole)
    assert part.seconds_seen <= whole.seconds_seen
    if part.completed_at and whole.completed_at:
        assert whole.completed_at[0] <= part.completed_at[0]


@given(_evidence_sets())
def test_publishing_another_version_never_takes_completion_away(
    statements: list[Evidence],
) -> None:
    assert _reached(fold(statements, _TWO[:1])) <= _reached(fold(statements, _TWO))


@given(_evidence_sets())
def test_one_who_never_pressed_play_has_seen_nothing(statements: list[Evidence]) -> None:
    progress = fold([one for one in statements if one.verb is not Verb.progressed], _TWO)
    assert not progress.is_watched
    assert progress.seconds_seen == 0


def _reached(progress: Progress) -> set[str]:
    names = {
        "watched": progress.is_watched, "answered": progress.is_answered,
        "took part": progress.took_part, "complete": progress.completed_at is not None,
    }
    return {name for name, is_reached in names.items() if is_reached}
