"""Marking, pure: an answer to a question, an attempt at a quiz. `static/js/marking.js` is its twin.

Both run the cases of tests/cases/marking.json. Practice: a question is right once any answer
to it in the attempt was right, because wrong leads to the video's moment and another try.
Exam: the first answer counts.
"""

from collections.abc import Iterable
from typing import NamedTuple

from lms.quizzes.quiz import Question, QuestionKind, Quiz, QuizKind


class Answer(NamedTuple):
    """What she chose (keys) or entered (whole, in the question's smallest unit)."""

    choices: tuple[str, ...] = ()
    number: int | None = None


class Mark(NamedTuple):
    """`said_by` is the key of the choice whose feedback to give, or None: the question's own."""

    is_right: bool
    said_by: str | None = None


class Result(NamedTuple):
    """An attempt's marks. `asked` is how many questions the quiz has, never how many she saw."""

    asked: int
    answered: tuple[str, ...]
    right: tuple[str, ...]
    right_at_once: int
    needed: int
    is_passed: bool
    is_ended: bool


def mark(question: Question, answer: Answer) -> Mark:
    """Mark one answer. An answer that does not fit the question is wrong, never an error."""
    if question.kind is QuestionKind.NUMBER:
        return Mark(_is_near(question, answer))
    chosen = set(answer.choices)
    right = {choice.key for choice in question.choices if choice.is_right}
    is_right = chosen == right and answer.number is None
    return Mark(is_right, _said_by(question, chosen, is_right))


def mark_attempt(quiz: Quiz, answers: Iterable[tuple[str, Answer]]) -> Result:
    """Mark an attempt from its (question key, answer) pairs in the order they were given."""
    questions = {question.key: question for question in quiz.questions}
    first: dict[str, bool] = {}
    ever: set[str] = set()
    for key, answer in answers:
        if key in questions:
            is_right = mark(questions[key], answer).is_right
            first.setdefault(key, is_right)
            if is_right:
                ever.add(key)
    at_once = {key for key, is_right in first.items() if is_right}
    counted = at_once if quiz.kind is QuizKind.EXAM else ever
    asked, needed = len(questions), needed_to_pass(quiz)
    return Result(
        asked=asked,
        answered=tuple(key for key in questions if key in first),
        right=tuple(key for key in questions if key in counted),
        right_at_once=len(at_once),
        needed=needed,
        is_passed=len(counted) >= needed,
        is_ended=len(counted if quiz.kind is QuizKind.PRACTICE else first) == asked,
    )


def needed_to_pass(quiz: Quiz) -> int:
    """How many questions must be right: the pass mark's share, rounded up."""
    return -(-len(quiz.questions) * quiz.pass_percent // 100)


def _is_near(question: Question, answer: Answer) -> bool:
    if question.number is None or answer.number is None or answer.choices:
        return False
    return abs(answer.number - question.number.value) <= question.number.tolerance


def _said_by(question: Question, chosen: set[str], is_right: bool) -> str | None:
    """The choice that explains most: what was wrongly chosen, then what was missed."""
    wanted = (
        [choice for choice in question.choices if choice.key in chosen]
        if is_right
        else [c for c in question.choices if c.key in chosen and not c.is_right]
        + [c for c in question.choices if c.key not in chosen and c.is_right and chosen]
    )
    spoken = [choice.key for choice in wanted if choice.feedback]
    return spoken[0] if spoken else None
