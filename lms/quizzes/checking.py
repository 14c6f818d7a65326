"""Reading a quiz's table (from TOML) with every problem at once, in words its maker knows."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from lms.core.i18n import _
from lms.quizzes.quiz import MAX_CHOICES, Choice, Question, QuestionKind, Quiz

Path = tuple[str | int, ...]
_ONE_RIGHT = {QuestionKind.ONE, QuestionKind.YES_NO, QuestionKind.PICTURE}


class QuizProblem(NamedTuple):
    """`path` leads through the TOML, as ("questions", 0, "choices", 1, "text", "es")."""

    path: Path
    wrong: str
    remedy: str


def read_quiz(
    table: Mapping[str, Any], languages: Collection[str], drafts: Collection[str] = ()
) -> tuple[Quiz | None, list[QuizProblem]]:
    """The quiz, or None when its shape is wrong, and all problems that were found.

    `languages` are the course's finished tags: every text must have them. `drafts` may be
    there and may be incomplete. Files are the caller's to check (`Quiz.files`).
    """
    try:
        quiz = Quiz.model_validate(dict(table))
    except ValidationError as error:
        return None, [_in_words(details) for details in error.errors()]
    problems = list(_doubles(("questions",), [question.key for question in quiz.questions]))
    if quiz.digest:
        problems.append(
            QuizProblem(("digest",), _("is not written by hand."), _("Remove the line."))
        )
    for at, question in enumerate(quiz.questions):
        path = ("questions", at)
        problems += _question_problems(path, question)
        problems += _language_problems(path, question, languages, {*languages, *drafts})
    return quiz, problems


def _question_problems(path: Path, question: Question) -> Iterator[QuizProblem]:
    if question.kind is QuestionKind.NUMBER:
        if question.number is None:
            yield QuizProblem(
                (*path, "number"), _("is missing."), _("Write it, as in number.value = 24.")
            )
        if question.choices:
            yield QuizProblem(
                (*path, "choices"), _("do not belong to a number question."),
                _("Remove them or change the question's kind."),
            )
        return
    if question.number is not None:
        yield QuizProblem(
            (*path, "number"), _("belongs to number questions only."),
            _('Remove it or write kind = "number".'),
        )
    yield from _doubles((*path, "choices"), [choice.key for choice in question.choices])
    yield from _choice_problems(path, question)


def _choice_problems(path: Path, question: Question) -> Iterator[QuizProblem]:
    place = (*path, "choices")
    keys = [choice.key for choice in question.choices]
    if question.kind is QuestionKind.YES_NO:
        if sorted(keys) != ["no", "yes"]:
            yield QuizProblem(
                place, _("of a yes/no question are exactly yes and no."),
                _("Write two choices with these keys."),
            )
    elif len(keys) < 2:
        yield QuizProblem(
            place, _("are too few."), _("Write 2 to %(most)s choices.", most=MAX_CHOICES)
        )
    right = sum(choice.is_right for choice in question.choices)
    if right == 0:
        yield QuizProblem(
            place, _("have no right answer."), _("Write is_right = true in one choice.")
        )
    elif right > 1 and question.kind in _ONE_RIGHT:
        yield QuizProblem(
            place, _("have more than one right answer."),
            _('Leave one right, or write kind = "several".'),
        )
    for at, choice in enumerate(question.choices):
        if question.kind is QuestionKind.PICTURE and not choice.picture:
            yield QuizProblem(
                (*place, at, "picture"), _("is missing in a picture question."),
                _('Name a picture file, or write kind = "one".'),
            )


def _language_problems(
    path: Path, question: Question, needed: Collection[str], known: Collection[str]
) -> Iterator[QuizProblem]:
    for at, texts, is_needed in _tagged(question):
        for tag in texts:
            if tag not in known:
                yield QuizProblem(
                    (*path, *at, tag), _("is in a language that the course does not list."),
                    _("Add the language to course.toml or remove the line."),
                )
        for tag in needed if is_needed else ():
            if tag not in texts:
                yield QuizProblem(
                    (*path, *at, tag), _("is missing."),
                    _("Write it in this language, or mark the language as a draft."),
                )


def _tagged(question: Question) -> Iterator[tuple[Path, Mapping[str, object], bool]]:
    """Each table by language: its path, itself, whether every finished language must be in it.

    What is said in one language must be said in all, so an optional text that exists is needed.
    """
    yield ("text",), question.text, True
    yield ("sound",), question.sound, False
    yield ("explained_at",), question.explained_at, False
    yield ("feedback", "right"), question.feedback.right, bool(question.feedback.right)
    yield ("feedback", "wrong"), question.feedback.wrong, bool(question.feedback.wrong)
    for at, choice in enumerate(question.choices):
        # A picture's text is what a screen reader says and the word beside it.
        has_text = question.kind is not QuestionKind.YES_NO or bool(choice.text)
        yield from _tagged_choice(("choices", at), choice, has_text)


def _tagged_choice(
    path: Path, choice: Choice, has_text: bool
) -> Iterator[tuple[Path, Mapping[str, object], bool]]:
    yield (*path, "text"), choice.text, has_text
    yield (*path, "sound"), choice.sound, False
    yield (*path, "feedback"), choice.feedback, bool(choice.feedback)


def _doubles(path: Path, keys: list[str]) -> Iterator[QuizProblem]:
    for at, key in enumerate(keys):
        if key in keys[:at]:
            yield QuizProblem(
                (*path, at, "key"), _("stands twice: %(key)s.", key=key), _("Give each its own.")
            )


def _in_words(details: ErrorDetails) -> QuizProblem:
    path = tuple(part for part in details["loc"] if part != "[key]")
    limits: dict[str, Any] = details.get("ctx") or {}
    return QuizProblem(path, *_shape_words(details["type"], limits, details["msg"]))


def _shape_words(kind: str, limits: Mapping[str, Any], message: str) -> tuple[str, str]:
    """What is wrong and what to do, for one of pydantic's kinds of error."""
    known = {
        "missing": (_("is missing."), _("Write it.")),
        "extra_forbidden": (_("is not known here."), _("Check the spelling or remove the line.")),
        "bool_type": (_("must be true or false."), _("Write it without quotes.")),
        "int_type": (
            _("must be a whole number."), _("Write it in the smallest unit, without quotes.")
        ),
        "string_type": (_("must be words in quotes."), _("Write it in quotes.")),
        "dict_type": (
            _("must have an entry for each language."), _('Write it as in text.es = "…".')
        ),
        "model_type": (_("must be a table."), _("Write its fields under it.")),
        "list_type": (_("must be a list."), _("Write each entry under its own [[…]].")),
        "string_too_short": (_("is empty."), _("Write it or remove the line.")),
        "string_pattern_mismatch": (
            _("is not a key or a language's code."),
            _("Use 1 to 40 small letters, digits and hyphens."),
        ),
    }
    if kind in known:
        return known[kind]
    if kind == "enum":
        return _("is not a kind that we know."), _("Use %(kinds)s.", kinds=limits["expected"])
    limit = next((limits[name] for name in _LIMITS if name in limits), None)
    if limit is not None:
        few = kind in {"greater_than_equal", "too_short"}
        return _("is too little.") if few else _("is too much."), _("The limit is %(limit)s.",
                                                                    limit=limit)
    return message, _("See docs/course-format.md.")


_LIMITS = ("ge", "le", "min_length", "max_length")
