"""The learners' doors: welcome, a group's members, the PIN, and the way out."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import not_found, origin_checked, public
from lms.core.db import reading_only
from lms.core.i18n import current_language, languages
from lms.core.ids import short_id
from lms.people import doors, pairing, queries, signing_in, throttling
from lms.people.hashing import BusyError
from lms.people.kept_pages import kept_page
from lms.people.members import Member, members_behind, members_of, members_shown
from lms.people.pin_pad import PAD, read_pin
from lms.people.signing_in import Claim
from lms.people.signing_in_models import Way
from lms.people.throttling import TryLaterError

bp = Blueprint("people", __name__)

A_PAGE = 6


@dataclass(frozen=True)
class Choice:
    """Something to tap on a sign-in page."""

    url: str
    name: str
    symbol: str | None = None


@dataclass(frozen=True)
class LanguageChoice:
    """A language that a stranger may choose."""

    tag: str
    name: str
    url: str
    is_current: bool


@bp.get("/")
@public
def welcome() -> ResponseReturnValue:
    """The first page: home for who is signed in, her groups on a paired phone, else a greeting."""
    if (tag := request.args.get("speak")) in languages():
        return doors.speak(doors.see_other(url_for("people.welcome")), tag or "")
    if request.cookies.get(signing_in.COOKIE) and current_user.is_authenticated:
        return doors.see_other(home_of_current_user())
    groups = pairing.groups_of(request.cookies.get(pairing.COOKIE))
    if len(groups) == 1:
        place = short_id(groups[0].uuid)
        return _members_page(place, members_of(groups[0].id), url_for("people.welcome"))
    shown = tuple((short_id(group.uuid), group.name) for group in groups)
    return kept_page("people/welcome.html", shown, values=lambda: _greeting(shown))


@bp.get("/g/<place>")
@public
def group(place: str) -> ResponseReturnValue:
    """Who is in the group: symbols and names, six a page."""
    return _members_page(place, _members_at(place), f"/g/{place}")


@bp.get("/g/<place>/<short>")
@public
def enter_pin(place: str, short: str) -> ResponseReturnValue:
    """The pad for her PIN."""
    return _pad(place, _member_at(place, short))


@bp.post("/g/<place>/<short>")
@public
@origin_checked
def try_pin(place: str, short: str) -> ResponseReturnValue:
    """Compare her PIN once; in, wrong, wait or busy."""
    with reading_only():
        member = _member_at(place, short, is_shown=False)
        secret_hash = queries.pin_of(member.id)
    pin = read_pin(member.kind, request.form)
    if pin is None:  # no PIN looks like this, so it costs her no try
        return _pad(place, member, was_wrong=True)
    subjects = [throttling.of_person(member.uuid), throttling.of_address(request.remote_addr)]
    if paired := request.cookies.get(pairing.COOKIE):
        subjects.append(throttling.of_pairing(signing_in.digest(paired)))
    try:
        token = signing_in.sign_in(Claim(member.id, secret_hash, subjects), pin, Way.PIN)
    except TryLaterError as later:
        return _pad(place, member, wait_seconds=later.seconds)
    except BusyError:
        return busy()
    if token is None:
        return _pad(place, member, was_wrong=True)
    end_current()
    return doors.let_in(doors.see_other("/home"), token)


@bp.post("/exit")
@public
@origin_checked
def exit_now() -> ResponseReturnValue:
    """End the sign-in and forget every cookie; a pairing is handed over (see decision 0011)."""
    end_current()
    with reading_only():
        kept = pairing.kept_through_exit(request.cookies.get(pairing.COOKIE))
    if kept:
        response = doors.see_other(url_for("people.keep_pairing", kept=kept), 307)
    else:
        response = doors.see_other(url_for("people.calc"))
    # Never "storage": it would delete downloads and other women's unsent statements.
    response.headers["Clear-Site-Data"] = '"cookies"'
    return doors.let_out(response)


@bp.post("/exit/<kept>")
@public
@origin_checked
def keep_pairing(kept: str) -> ResponseReturnValue:
    """The second step of the exit on a paired phone: the pairing's cookie anew."""
    response = doors.see_other(url_for("people.calc"))
    token = pairing.give_back(kept)
    return doors.keep_pairing(response, token) if token else response


@bp.get("/calc")
@public
def calc() -> ResponseReturnValue:
    """A calculator: the neutral page behind the exit."""
    response = kept_page("calc.html")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


def home_of_current_user() -> str:
    """Where the signed-in person begins."""
    return url_for("people.staff_home") if current_user.is_staff else "/home"


def end_current() -> None:
    """End the sign-in that this browser still has, if any."""
    if token := request.cookies.get(signing_in.COOKIE):
        signing_in.end(token)


def busy() -> Response:
    """Too many are signing in at this moment: try again in a moment."""
    response = kept_page(
        "errors/error.html", 503, status=503, values=lambda: {"code": 503, "description": ""}
    )
    response.headers["Retry-After"] = "2"
    return response


def _greeting(groups: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    return {
        "groups": [
            Choice(url_for("people.group", place=place), name) for place, name in groups
        ],
        "visit_url": "/home",
        "staff_url": url_for("people.staff_enter"),
        "languages": [
            LanguageChoice(
                each.tag, each.name, url_for("people.welcome", speak=each.tag),
                each.tag == current_language(),
            )
            for each in languages().values()
        ],
    }  # fmt: skip


def _members_page(place: str, members: list[Member], own_url: str) -> Response:
    pages = max(1, -(-len(members) // A_PAGE))
    page = min(max(request.args.get("page", 1, int), 1), pages)
    shown = tuple(members[(page - 1) * A_PAGE : page * A_PAGE])

    def values() -> dict[str, Any]:
        return {
            "members": [
                Choice(url_for("people.enter_pin", place=place, short=m.short), m.name, m.symbol)
                for m in shown
            ],
            "page": page,
            "pages": pages,
            "previous_url": f"{own_url}?page={page - 1}" if page > 1 else None,
            "next_url": f"{own_url}?page={page + 1}" if page < pages else None,
            "back_url": url_for("people.welcome"),
        }

    return kept_page("people/group.html", own_url, place, shown, page, pages, values=values)


def _pad(
    place: str, member: Member, *, was_wrong: bool = False, wait_seconds: int = 0
) -> Response:
    # Whole minutes, so that a page is kept for each minute and not for each second.
    wait = -(-wait_seconds // 60) * 60
    response = kept_page(
        "people/pin.html", place, member, was_wrong, wait,
        status=429 if wait_seconds else 403 if was_wrong else 200,
        values=lambda: {
            "member": Choice("", member.name, member.symbol),
            "kind": str(member.kind),
            "pictures": PAD,
            "was_wrong": was_wrong,
            "wait_seconds": wait,
            "back_url": url_for("people.group", place=place),
        },
    )  # fmt: skip
    if wait_seconds:
        response.headers["Retry-After"] = str(wait_seconds)
    return response


def _members_at(place: str, *, is_shown: bool = True) -> list[Member]:
    """Who is behind a link, or in a group that this paired phone shows; 404 for any other."""
    members = members_shown(place) if is_shown else members_behind(place)
    if members or queries.group_of_link(place) is not None:
        return members
    for unit in pairing.groups_of(request.cookies.get(pairing.COOKIE)):
        if short_id(unit.uuid) == place:
            return members_of(unit.id)
    return not_found()


def _member_at(place: str, short: str, *, is_shown: bool = True) -> Member:
    for member in _members_at(place, is_shown=is_shown):
        if member.short == short:
            return member
    return not_found()
