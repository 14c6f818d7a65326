"""The learner's pages: home, a lesson, its quiz, finish, and her own half of them as JSON."""

from typing import NoReturn

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import not_found, public
from lms.core.i18n import current_language, in_language, set_language
from lms.courses.models import Course
from lms.courses.queries import document_of, latest_version, lesson_by_short, version_by_number
from lms.learning.kept import progress_of
from lms.learning.pack import pack
from lms.learning.paths import done_steps, next_steps
from lms.learning.queries import cards, khipu, path_of
from lms.learning.remaining import missing
from lms.learning.rules import rule_of
from lms.learning.shelf import shared_page
from lms.learning.showing import Shown, language_for, lesson_context, quiz_context
from lms.learning.states import state_of
from lms.people.models import Person
from lms.people.queries import facilitator_of

bp = Blueprint("learning", __name__)

A_PAGE = 3


@bp.get("/home")
@public
def home() -> ResponseReturnValue:
    """Her path: the next lessons, or what she has done; a visitor's is that of the open courses."""
    person = signed_in()
    path = path_of(person)
    is_done = request.args.get("show") == "done"
    found = done_steps(path) if is_done else next_steps(path)
    pages = max(1, -(-len(found) // A_PAGE))
    page = min(max(request.args.get("page", 1, int), 1), pages)

    def page_url(number: int) -> str | None:
        if not 1 <= number <= pages:
            return None
        show = "done" if is_done else None
        return url_for("learning.home", show=show, page=number if number > 1 else None)

    return render_template(
        "learning/home.html",
        **_whose(person),
        khipu=khipu(path),
        cards=cards(found[(page - 1) * A_PAGE : page * A_PAGE]),
        showing="done" if is_done else "next",
        page=page, pages=pages, previous_url=page_url(page - 1), next_url=page_url(page + 1),
        done_url=url_for("learning.home", show="done"), home_url=url_for("learning.home"),
        pack=pack(),
    )


@bp.get("/l/<short>/<int(max=2147483647):number>/<language>")
@public
def lesson(short: str, number: int, language: str) -> ResponseReturnValue:
    """The lesson's document, the same for all who may see it."""
    shown, course = shown_or_away(short, number, language)
    return shared_page("learning/lesson.html", lesson_context(shown), is_open=course.is_open)


@bp.get("/q/<short>/<int(max=2147483647):number>/<language>")
@public
def quiz(short: str, number: int, language: str) -> ResponseReturnValue:
    """The quiz's document, the same for all who may see it."""
    shown, course = shown_or_away(short, number, language)
    if shown.lesson.quiz is None:
        not_found()
    return shared_page("learning/quiz.html", quiz_context(shown), is_open=course.is_open)


@bp.get("/l/<short>/state")
@public
def state(short: str) -> ResponseReturnValue:
    """Her own half of the lesson's pages."""
    person = signed_in()
    found = lesson_by_short(person, short)
    if found is None:
        not_found()
    document = document_of(latest_version(found.course))
    own = document.lesson(found.uuid)
    if own is None:  # an older version's lesson: it is shown no more, but what she did is known
        not_found()
    return state_of(person, document, own)


@bp.get("/f/<short>/<language>")
@public
def finish(short: str, language: str) -> ResponseReturnValue:
    """A star, or what is still missing, and what is next."""
    person = signed_in()
    found = lesson_by_short(person, short)
    if found is None:
        away(person)
    if person is None:  # what a visitor did is on her own device only
        return redirect(url_for("learning.home"), 303)
    document = document_of(latest_version(found.course))
    own = document.lesson(found.uuid)
    if own is None:
        return redirect(url_for("learning.home"), 303)
    if language not in document.languages:
        not_found()
    progress = progress_of(person.uuid, own.uuid)
    shown = Shown(document, own, language)
    video = shown.video
    path = path_of(person)
    ahead = [one for one in next_steps(path) if one.lesson.uuid != own.uuid]
    same = [one for one in ahead if one.document.course == document.course]
    return render_template(
        "learning/finish.html",
        **_whose(person),
        title=in_language(own.title, language),
        is_complete=progress.completed_at is not None,
        missing=missing(
            progress, rule_of(own, document.version, 0), video.original if video else None
        )._asdict(),
        lesson_url=shown.address("lesson"),
        quiz_url=shown.address("quiz") if own.quiz else None,
        next=next(iter(cards((same or ahead)[:1], language)), None),
        khipu=khipu(path), pack=pack(), home_url=url_for("learning.home"),
    )


@bp.get("/l/<short>")
@public
def latest(short: str) -> ResponseReturnValue:
    """The lesson's newest version in her language: for cards, printed codes and old addresses."""
    person = signed_in()
    found = lesson_by_short(person, short)
    if found is None:
        away(person)
    document = document_of(latest_version(found.course))
    own = document.lesson(found.uuid)
    if own is None:
        return redirect(url_for("learning.home"), 303)
    tag = language_for(document, own, _reads(person))
    return redirect(Shown(document, own, tag).address("lesson"), 303)


def signed_in() -> Person | None:
    """The signed-in person, with the screen in her language; None is a visitor."""
    if not current_user.is_authenticated:
        return None
    person: Person = current_user._get_current_object()
    set_language(person.language)
    return person


def shown_or_away(short: str, number: int, language: str) -> tuple[Shown, Course]:
    """What to show in this version and language; missing and forbidden look alike."""
    person = signed_in()
    found = lesson_by_short(person, short)
    version = version_by_number(found.course, number) if found else None
    if found is None or version is None:
        away(person)
    document = document_of(version)
    own = document.lesson(found.uuid)
    if own is None or language not in document.languages:
        away(person)
    return Shown(document, own, language), found.course


def away(person: Person | None) -> NoReturn:
    """For what there is not, and what is not for her: 404; for a stranger, the door.

    Her sign-in may have ended while the video played, so she is not left at a dead end.
    """
    if person is None:
        abort(redirect(url_for("people.welcome"), 303))
    not_found()


def _reads(person: Person | None) -> str:
    return person.language if person else current_language()


def _whose(person: Person | None) -> dict[str, object]:
    if person is None:
        return {"person": None, "helper": None}
    helper = facilitator_of(person)
    return {
        "person": {"name": person.name, "symbol": person.symbol, "uuid": str(person.uuid)},
        "helper": {"name": helper.name, "phone": None} if helper else None,
    }


from lms.learning import form_routes  # noqa: E402, F401  # the pages without script, on this bp
