"""The same pages as plain forms for a browser without script: rendered for one person, `no-store`.

What she sends is written as a statement by this centre's own device. A visitor may look and try,
but nothing of hers is stored here: she has not been asked.
"""

import uuid as uuids
from decimal import Decimal
from urllib.parse import urlencode

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from lms.core.access import not_found, public
from lms.core.i18n import in_language, language_scope
from lms.learning.kept import progress_of
from lms.learning.remaining import attempt_to_continue, may_start
from lms.learning.routes import bp, shown_or_away, signed_in
from lms.learning.seconds import length_of
from lms.learning.showing import Shown, lesson_context, quiz_context
from lms.learning.states import state_of
from lms.people.models import Person
from lms.quizzes.marking import Answer, Mark, mark
from lms.quizzes.quiz import Question, QuestionKind, Quiz, QuizKind
from lms.quizzes.shuffling import arrange, seed_of
from lms.records.writing import write


@bp.get("/l/<short>/<int(max=2147483647):number>/<language>/form")
@public
def lesson_form(short: str, number: int, language: str) -> ResponseReturnValue:
    """The lesson with the browser's own player."""
    shown, _ = shown_or_away(short, number, language)
    person = signed_in()
    context = lesson_context(shown, is_form=True)
    with language_scope(language):
        return render_template(
            "learning/lesson.html", **context, csrf=generate_csrf(),
            state=state_of(person, shown.document, shown.lesson),
        )


@bp.post("/l/<short>/<int(max=2147483647):number>/<language>/form")
@public
def watched(short: str, number: int, language: str) -> ResponseReturnValue:
    """She says that she has seen it: the browser's own player tells nobody what was played."""
    shown, _ = shown_or_away(short, number, language)
    person = signed_in()
    context = lesson_context(shown, is_form=True)
    video = shown.video
    if request.form.get("watched") == "yes" and person and video:
        write(
            person.uuid, "progressed", lesson=shown.lesson.uuid,
            version=shown.document.version, original=video.original, language=language,
            data={"seen": [[0, length_of(video.duration_seconds)]]},
        )
    return redirect(context["urls"]["quiz"] or context["urls"]["finish"], 303)


@bp.get("/q/<short>/<int(max=2147483647):number>/<language>/form")
@public
def quiz_form(short: str, number: int, language: str) -> ResponseReturnValue:
    """The question that she has not answered yet, by itself."""
    shown, _ = shown_or_away(short, number, language)
    quiz = shown.lesson.quiz or not_found()
    person = signed_in()
    attempt, keys = _attempt(person, shown, quiz)
    if attempt is None or not keys:
        return redirect(quiz_context(shown, is_form=True)["urls"]["finish"], 303)
    return _page(shown, quiz, person, attempt, keys[0])


@bp.post("/q/<short>/<int(max=2147483647):number>/<language>/form")
@public
def answer(short: str, number: int, language: str) -> ResponseReturnValue:
    """One answer: kept, and in a practice quiz marked at once."""
    shown, _ = shown_or_away(short, number, language)
    quiz = shown.lesson.quiz or not_found()
    person = signed_in()
    asked = {one.key: one for one in quiz.questions}.get(request.form.get("question", ""))
    attempt = _uuid(request.form.get("attempt", ""))
    if asked is None or attempt is None:
        not_found()
    given = _given(asked)
    if given is None:
        return _page(shown, quiz, person, attempt, asked.key)
    if person:
        data = {"attempt": str(attempt), "question": asked.key}
        write(
            person.uuid, "answered", lesson=shown.lesson.uuid, version=shown.document.version,
            language=language,
            data=data | ({"number": given.number} if given.number is not None
                         else {"choices": list(given.choices)}),
        )
    onward = _onward(shown, quiz, person, attempt, asked)
    if quiz.kind is QuizKind.EXAM:
        return redirect(onward, 303)
    return _page(shown, quiz, person, attempt, asked.key, mark(asked, given), onward)


def _page(
    shown: Shown, quiz: Quiz, person: Person | None, attempt: uuids.UUID, key: str,
    marked: Mark | None = None, onward: str = "",
) -> ResponseReturnValue:
    context = quiz_context(shown, is_form=True)
    order = [one for one, _ in arrange(quiz, seed_of(attempt))]
    choices = dict(arrange(quiz, seed_of(attempt)))[key]
    question = next(one for one in quiz.questions if one.key == key)
    by_key = {choice.key: choice for choice in question.choices}
    arranged = question.model_copy(update={"choices": [by_key[one] for one in choices]})
    context |= {"questions": [arranged], "step": order.index(key) + 1}
    if person is None and (done := request.args.getlist("done")):
        context["urls"]["form"] += "?" + urlencode([("done", one) for one in done])
    with language_scope(shown.language):
        return render_template(
            "learning/quiz.html", **context, csrf=generate_csrf(), attempt=str(attempt),
            state=state_of(person, shown.document, shown.lesson),
            mark=marked and _said(shown, question, marked), onward_url=onward,
        )


def _said(shown: Shown, question: Question, marked: Mark) -> dict[str, object]:
    texts = question.feedback.right if marked.is_right else question.feedback.wrong
    for choice in question.choices:
        if choice.key == marked.said_by:
            texts = choice.feedback
    moment = question.explained_at.get(shown.language)
    look = shown.address("lesson_form") if moment is not None and not marked.is_right else None
    return {
        "is_right": marked.is_right,
        "feedback": in_language(texts, shown.language) or None,
        "explained_url": look and f"{look}#t={moment}",
    }


def _attempt(
    person: Person | None, shown: Shown, quiz: Quiz
) -> tuple[uuids.UUID | None, list[str]]:
    """The attempt that goes on or begins, and the questions left in it; None: no more tries."""
    named = _uuid(request.args.get("attempt", ""))
    if person is None:
        attempt = named or uuids.uuid4()
        done = request.args.getlist("done")
        return attempt, [key for key, _ in arrange(quiz, seed_of(attempt)) if key not in done]
    attempts = progress_of(person.uuid, shown.lesson.uuid).attempts
    going = next((one for one in attempts if one.uuid == named and one.result), None)
    going = going or attempt_to_continue(attempts, quiz)
    if going is None or going.result is None:
        if not may_start(attempts, quiz):
            return None, []
        attempt = uuids.uuid4()
        return attempt, [key for key, _ in arrange(quiz, seed_of(attempt))]
    # An exam's first answer counts, so it is asked once; practice asks until it is right.
    is_exam = quiz.kind is QuizKind.EXAM
    done = list(going.result.answered if is_exam else going.result.right)
    return going.uuid, [key for key, _ in arrange(quiz, seed_of(going.uuid)) if key not in done]


def _onward(
    shown: Shown, quiz: Quiz, person: Person | None, attempt: uuids.UUID, asked: Question
) -> str:
    """The next question's page, or the end's; a visitor's page carries what she has done."""
    query = [("attempt", str(attempt))]
    finish: str = quiz_context(shown, is_form=True)["urls"]["finish"]
    if person is None:
        done = {*request.args.getlist("done"), asked.key}
        if len(done) < len(quiz.questions):
            query += [("done", key) for key in sorted(done)]
            return f"{shown.address('quiz_form')}?{urlencode(query)}"
        return finish
    attempts = progress_of(person.uuid, shown.lesson.uuid).attempts
    result = next((one.result for one in attempts if one.uuid == attempt), None)
    if result is None or result.is_ended:
        return finish
    return f"{shown.address('quiz_form')}?{urlencode(query)}"


def _given(question: Question) -> Answer | None:
    """What the form says, or None when nothing was chosen or it is no number."""
    if question.kind is not QuestionKind.NUMBER:
        known = {choice.key for choice in question.choices}
        chosen = tuple(dict.fromkeys(k for k in request.form.getlist("choice") if k in known))
        return Answer(choices=chosen) if chosen else None
    decimals = question.number.decimals if question.number else 0
    try:
        entered = Decimal(request.form.get("number", "").strip().replace(",", "."))
        whole = entered.scaleb(decimals)
    except ArithmeticError:  # no number, or one beyond what decimals hold
        return None
    if not whole.is_finite() or whole != whole.to_integral_value() or abs(whole) > 10**12:
        return None
    return Answer(number=int(whole))


def _uuid(text: str) -> uuids.UUID | None:
    try:
        return uuids.UUID(text)
    except ValueError:
        return None
