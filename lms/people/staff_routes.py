"""Staff: the door, their units, who is in them, and what a facilitator does for her group."""

from uuid import UUID

from flask import Response, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from segno import make_qr

from lms.core import audit
from lms.core.access import not_found, origin_checked, public
from lms.core.db import db, reading_only
from lms.core.i18n import gettext as _
from lms.people import doors, pairing, registering, signing_in, staff_queries, throttling
from lms.people.hashing import BusyError
from lms.people.kept_pages import kept_page
from lms.people.models import Unit
from lms.people.passwords import LONGEST
from lms.people.roles import ACTS_FOR_GROUP, STAFF, UnitKind
from lms.people.routes import bp, busy, end_current
from lms.people.signing_in import Claim
from lms.people.signing_in_models import Way
from lms.people.throttling import TryLaterError


@bp.get("/staff/enter")
@public
def staff_enter() -> ResponseReturnValue:
    """The form for username and password."""
    return _form()


@bp.post("/staff/enter")
@public
@origin_checked
def try_password() -> ResponseReturnValue:
    """Compare once; an unknown name costs the same work and the same tries as a known one."""
    username = registering.plain_username(request.form.get("username", ""))[:80]
    password = request.form.get("password", "")[: LONGEST + 1]
    if not username or not password:
        return _form(was_wrong=True)
    with reading_only():
        login = staff_queries.login_of(username)
    subjects = [
        throttling.of_person(login.uuid) if login else throttling.of_unknown(username),
        throttling.of_address(request.remote_addr),
    ]
    claim = Claim(login.person_id if login else None, login.hash if login else None, subjects)
    try:
        token = signing_in.sign_in(claim, password, Way.PASSWORD)
    except TryLaterError as later:
        return _form(wait_seconds=later.seconds)
    except BusyError:
        return busy()
    if token is None:
        return _form(was_wrong=True)
    end_current()
    return doors.let_in(doors.see_other(url_for("people.staff_home")), token)


@bp.get("/staff")
def staff_home() -> ResponseReturnValue:
    """The units where she is staff, and her own learning."""
    if not current_user.is_staff:
        not_found()
    return render_template("people/staff_home.html", places=staff_queries.places_of(current_user))


@bp.get("/units/<slug>")
def unit(slug: str) -> ResponseReturnValue:
    """A unit: what stands below it, who is in it; for a group, what is done for it. Logged."""
    place = _unit_of_staff(slug)
    audit.note("saw_unit", place.uuid)
    acts = place.kind is UnitKind.GROUP and current_user.has_role(ACTS_FOR_GROUP, place)
    return render_template(
        "people/unit.html",
        unit=place,
        above=staff_queries.above(place, current_user),
        children=staff_queries.children(place, current_user),
        people=staff_queries.people_at(place, current_user),
        acts=acts,
        link=_link(place) if acts else None,
    )


@bp.post("/groups/<slug>/pair")
def pair(slug: str) -> ResponseReturnValue:
    """This browser may show the group from now on; the facilitator is signed out of it."""
    group = _group_to_act_for(slug)
    token = pairing.pair(request.cookies.get(pairing.COOKIE), group)
    audit.note("paired_phone", group.uuid)
    signing_in.end_within(db.session.connection(), request.cookies.get(signing_in.COOKIE, ""))
    response = doors.let_out(doors.see_other(url_for("people.welcome")))
    return doors.keep_pairing(response, token)


@bp.post("/groups/<slug>/link")
def new_link(slug: str) -> ResponseReturnValue:
    """A fresh link for the group; cards with the one before lead nowhere."""
    group = _group_to_act_for(slug)
    registering.new_link(group)
    audit.note("made_link", group.uuid)
    flash(_("The group has a new link. The old one no longer works."))
    return doors.see_other(url_for("people.unit", slug=slug))


def person_to_reset(uuid: UUID) -> staff_queries.Resettable:
    """A learner of a group for which the signed-in person acts; 404 for anybody else."""
    found = staff_queries.resettable(uuid, current_user)
    if found is None:
        not_found()
    return found


def _form(*, was_wrong: bool = False, wait_seconds: int = 0) -> Response:
    minutes = -(-wait_seconds // 60)
    response = kept_page(
        "people/staff_enter.html", was_wrong, minutes,
        status=429 if wait_seconds else 403 if was_wrong else 200,
        values=lambda: {"was_wrong": was_wrong, "wait_minutes": minutes},
    )  # fmt: skip
    if wait_seconds:
        response.headers["Retry-After"] = str(wait_seconds)
    return response


def _unit_of_staff(slug: str) -> Unit:
    place = staff_queries.unit_at(slug, current_user)
    if place is None or not current_user.has_role(STAFF, place):
        not_found()
    return place


def _group_to_act_for(slug: str) -> Unit:
    place = _unit_of_staff(slug)
    if place.kind is not UnitKind.GROUP or not current_user.has_role(ACTS_FOR_GROUP, place):
        not_found()
    return place


def _link(group: Unit) -> dict[str, str] | None:
    """The group's link in words and as a QR drawing to print; None when it has none yet."""
    token = staff_queries.token_of(group)
    if token is None:
        return None
    url = url_for("people.group", place=token, _external=True)
    code = make_qr(url, error="m").svg_inline(scale=4, border=4, omitsize=True, svgclass="qr")
    return {"url": url, "qr": code}
