"""The kept seed gives the same order in Python, in JavaScript and on every later day."""

import uuid
from collections import Counter
from typing import Any

import pytest

from lms.core.ids import new_uuid
from lms.quizzes.quiz import Quiz
from lms.quizzes.shuffling import arrange, seed_of
from tests.cases import twins

TABLE = twins.table("shuffling")


def _arranged(name: str, seed: int) -> list[list[Any]]:
    quiz = Quiz.model_validate(TABLE["quizzes"][name])
    return [[key, choices] for key, choices in arrange(quiz, seed)]


@pytest.mark.parametrize("case", TABLE["arrangements"], ids=lambda case: case["name"])
def test_a_seed_has_its_order(case: dict[str, Any]) -> None:
    assert _arranged(case["quiz"], case["seed"]) == case["order"]


@pytest.mark.parametrize("case", TABLE["seeds"], ids=lambda case: case["uuid"])
def test_the_seed_comes_from_the_attempt(case: dict[str, Any]) -> None:
    assert seed_of(uuid.UUID(case["uuid"])) == case["seed"]


def test_javascript_gives_the_same_orders() -> None:
    full = {
        name: Quiz.model_validate(quiz).model_dump(mode="json")
        for name, quiz in TABLE["quizzes"].items()
    }
    cases = [[full[case["quiz"]], case["seed"]] for case in TABLE["arrangements"]]
    more = [[full["exam"], seed] for seed in range(0, 2**32, 2**32 // 400)]
    found = twins.run(
        """const { arrange, seedOf, order } = await import("/js/shuffling.js");
        return { orders: given.cases.map((one) => arrange(...one)),
                 seeds: given.uuids.map(seedOf), order: order(5, 4) };""",
        {"cases": cases + more, "uuids": [case["uuid"] for case in TABLE["seeds"]]},
    )
    assert found["orders"][: len(cases)] == [case["order"] for case in TABLE["arrangements"]]
    assert found["orders"][len(cases) :] == [_arranged("exam", seed) for _, seed in more]
    assert found["seeds"] == [case["seed"] for case in TABLE["seeds"]]
    assert sorted(found["order"]) == [0, 1, 2, 3]


def test_women_who_begin_together_meet_different_orders() -> None:
    """Attempts that a group begins in one minute: no first place is taken by more than half."""
    quiz = Quiz.model_validate(TABLE["quizzes"]["practice"])
    firsts = Counter(dict(arrange(quiz, seed_of(new_uuid())))["datos"][0] for _ in range(200))
    assert len(firsts) == 4
    assert max(firsts.values()) < 100


def test_thumbs_and_a_practice_story_stand_still() -> None:
    for seed in range(50):
        arranged = _arranged("practice", seed)
        assert [key for key, _ in arranged] == ["llamar", "datos", "pin", "queso"]
        assert dict(arranged)["pin"] == ["yes", "no"]  # type: ignore[arg-type]  # pairs
