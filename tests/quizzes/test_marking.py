"""Marking: one table of cases, run by Python and by the page's JavaScript."""

from typing import Any

import pytest

from lms.quizzes.marking import Answer, mark, mark_attempt
from lms.quizzes.quiz import Question, Quiz
from tests.cases import twins

TABLE = twins.table("marking")


def _answer(given: dict[str, Any]) -> Answer:
    return Answer(tuple(given.get("choices", ())), given.get("number"))


def _quiz(case: dict[str, Any]) -> dict[str, Any]:
    return {**case["quiz"], "questions": [TABLE["questions"][k] for k in case["quiz"]["questions"]]}


@pytest.mark.parametrize("case", TABLE["marks"], ids=lambda case: case["name"])
def test_an_answer_is_marked(case: dict[str, Any]) -> None:
    question = Question.model_validate(TABLE["questions"][case["question"]])
    assert mark(question, _answer(case["answer"]))._asdict() == case["mark"]


@pytest.mark.parametrize("case", TABLE["attempts"], ids=lambda case: case["name"])
def test_an_attempt_is_marked(case: dict[str, Any]) -> None:
    quiz = Quiz.model_validate(_quiz(case))
    result = mark_attempt(quiz, [(key, _answer(given)) for key, given in case["answers"]])
    assert {**result._asdict(), "answered": [*result.answered], "right": [*result.right]} == case[
        "result"
    ]


def test_javascript_marks_the_same() -> None:
    full = {key: _dumped(key) for key in TABLE["questions"]}
    marks = [[full[case["question"]], case["answer"]] for case in TABLE["marks"]]
    attempts = [
        [Quiz.model_validate(_quiz(case)).model_dump(mode="json"), case["answers"]]
        for case in TABLE["attempts"]
    ]
    found = twins.run(
        """const { mark, markAttempt } = await import("/js/marking.js");
        return { marks: given.marks.map((one) => mark(...one)),
                 attempts: given.attempts.map((one) => markAttempt(...one)) };""",
        {"marks": marks, "attempts": attempts},
    )
    assert found["marks"] == [case["mark"] for case in TABLE["marks"]]
    assert found["attempts"] == [case["result"] for case in TABLE["attempts"]]


def _dumped(key: str) -> dict[str, Any]:
    return Question.model_validate(TABLE["questions"][key]).model_dump(mode="json")
