"""The order of questions and choices, pure, from an attempt's seed.

Its twin is `static/js/shuffling.js`; both run the cases of tests/cases/shuffling.json.

The seed is the *last* 32 bits of the attempt's uuid: the first ones of a UUIDv7 are a clock that
stands still for 65 seconds, and every woman of a group would meet the same order.
"""

import uuid
from typing import TypeVar

from lms.quizzes.quiz import QuestionKind, Quiz, QuizKind

_MASK = 0xFFFFFFFF
T = TypeVar("T")


def seed_of(attempt: uuid.UUID) -> int:
    """The attempt's seed, 0 to 2**32 - 1."""
    return attempt.int & _MASK


def arrange(quiz: Quiz, seed: int) -> list[tuple[str, list[str]]]:
    """(question key, its choice keys) in the order to show.

    Thumbs never move. Questions keep the story's order, except in an exam.
    """
    dice = _Mulberry32(seed)
    arranged = []
    for question in quiz.questions:
        keys = [choice.key for choice in question.choices]
        if quiz.is_shuffled and question.kind is not QuestionKind.YES_NO:
            keys = _shuffled(keys, dice)
        arranged.append((question.key, keys))
    if quiz.is_shuffled and quiz.kind is QuizKind.EXAM:
        arranged = _shuffled(arranged, dice)
    return arranged


class _Mulberry32:
    """Tommy Ettinger's generator of 32 bits: small, and the same in both languages."""

    def __init__(self, seed: int) -> None:
        self.state = seed & _MASK

    def next(self) -> int:
        self.state = (self.state + 0x6D2B79F5) & _MASK
        t = self.state
        t = (t ^ t >> 15) * (t | 1) & _MASK
        t = (t + ((t ^ t >> 7) * (t | 61) & _MASK) & _MASK) ^ t
        return t ^ t >> 14


def _shuffled(items: list[T], dice: _Mulberry32) -> list[T]:
    """Fisher and Yates, from the end; whole numbers only, so that no rounding can differ."""
    items = list(items)
    for last in range(len(items) - 1, 0, -1):
        other = dice.next() * (last + 1) >> 32
        items[last], items[other] = items[other], items[last]
    return items
