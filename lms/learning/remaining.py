"""What is still missing in a lesson, and which attempt goes on; pure. Twin: `static/js/fold.js`."""

from collections.abc import Sequence
from typing import NamedTuple

from lms.courses.document import Requirement
from lms.learning.fold import FoldedAttempt, Progress
from lms.learning.rules import LessonRule
from lms.learning.seconds import count
from lms.quizzes.marking import needed_to_pass
from lms.quizzes.quiz import Quiz, QuizKind


class Missing(NamedTuple):
    """Seconds of the video, questions, and whether a meeting alone can complete the lesson."""

    seconds: int = 0
    questions: int = 0
    needs_meeting: bool = False


def missing(progress: Progress, rule: LessonRule, original: str | None = None) -> Missing:
    """What one version's lesson still asks of her; nothing once it is complete by any version.

    Of the rule's alternatives, the first that she can do alone is spoken of; of the videos, the
    one that lacks least among those she began and the one before her (`original`).
    """
    if progress.completed_at is not None:
        return Missing()
    alone = [one for one in rule.alternatives if Requirement.TOOK_PART not in one]
    chosen = (alone or list(rule.alternatives) or [()])[0]
    return Missing(
        seconds=_seconds(progress, rule, original) if Requirement.WATCHED in chosen else 0,
        questions=_questions(progress, rule) if Requirement.ANSWERED in chosen else 0,
        needs_meeting=not alone,
    )


def attempt_to_continue(attempts: Sequence[FoldedAttempt], quiz: Quiz) -> FoldedAttempt | None:
    """Her last attempt at this quiz that is still open: nothing is asked twice."""
    for one in reversed(_at(attempts, quiz)):
        if one.result and not (one.is_over or one.result.is_ended or one.result.is_passed):
            return one
    return None


def may_start(attempts: Sequence[FoldedAttempt], quiz: Quiz) -> bool:
    """Whether the limit leaves another attempt; one that starts all the same is marked over."""
    return quiz.attempt_limit is None or len(_at(attempts, quiz)) < quiz.attempt_limit


def _at(attempts: Sequence[FoldedAttempt], quiz: Quiz) -> list[FoldedAttempt]:
    return [one for one in attempts if one.quiz_digest == quiz.digest]


def _seconds(progress: Progress, rule: LessonRule, original: str | None) -> int:
    if progress.is_watched or not rule.originals:
        return 0
    near = [one for one in rule.originals if one in progress.seen or one == original]
    return min(
        max(0, rule.originals[one][1] - count(progress.seen.get(one, ())))
        for one in near or list(rule.originals)[:1]
    )


def _questions(progress: Progress, rule: LessonRule) -> int:
    if progress.is_answered or rule.quiz is None:
        return 0
    quiz = rule.quiz
    going = attempt_to_continue(progress.attempts, quiz)
    if going is None or going.result is None:
        return needed_to_pass(quiz) if quiz.kind is QuizKind.PRACTICE else len(quiz.questions)
    if quiz.kind is QuizKind.PRACTICE:
        return going.result.needed - len(going.result.right)
    return going.result.asked - len(going.result.answered)
