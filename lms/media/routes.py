"""`/m/<name>`: a rendition's bytes. `/media`: what an admin sees of originals and their rungs."""

import re

from flask import Blueprint, Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select

from lms.core import audit
from lms.core.access import not_found, public
from lms.core.db import db
from lms.media import importing, queries
from lms.media.models import Original, Rendition, RenditionState
from lms.media.reading import Openness, may_read
from lms.media.serving import send_stored
from lms.people.models import Person
from lms.people.roles import Role

bp = Blueprint("media", __name__)

_NAME = re.compile(r"[0-9a-f]{32}\.(webm|mp4|mp3)")
_SHORT = re.compile(r"[0-9a-f]{12}")
_LOOK_AGAIN_SECONDS = "5"


@bp.get("/m/<name>")
@public
def rendition(name: str) -> Response:
    """The bytes of one rung; 404 for a stranger to it, and for what there is not."""
    if not _NAME.fullmatch(name):
        not_found()
    found = db.session.execute(
        select(Rendition, Original)
        .join(Original, Original.id == Rendition.original_id)
        .where(Rendition.name == name, Rendition.state == RenditionState.READY)
    ).all()
    # Who asks is looked up only when it matters: an open lesson is the same for all.
    openness = max((may_read(None, original) for _, original in found), default=Openness.REFUSED)
    if openness is not Openness.OPEN and found and (person := _person()) is not None:
        openness = max(may_read(person, original) for _, original in found)
    if openness is Openness.REFUSED:
        not_found()
    stored = found[0][0]
    return send_stored(
        stored.storage_name or "",
        mimetype=stored.mime.partition(";")[0],
        is_open=openness is Openness.OPEN,
    )


@bp.get("/media")
def originals() -> ResponseReturnValue:
    """All originals of the admin's own institution, with what is made of them."""
    shown = queries.shown_to(_admin())
    page = Response(render_template("media/originals.html", shown=shown))
    return _looked_at_again(page, all(each.standing.is_over for each in shown))


@bp.get("/media/<short>")
def original(short: str) -> ResponseReturnValue:
    """One original, with a player for each rung that is ready."""
    shown = _one(short)
    page = Response(render_template("media/original.html", each=shown))
    # A page that loads anew would stop what the admin is just listening to.
    return _looked_at_again(page, shown.standing.is_over or any_ready(shown.original))


@bp.post("/media/<short>/again")
def again(short: str) -> ResponseReturnValue:
    """Try the failed rungs of one original once more."""
    shown = _one(short)
    count = importing.try_again(shown.original)
    audit.note("media.again", original=shown.original.digest, rungs=count)
    return redirect(url_for("media.original", short=short), 303)


def any_ready(original: Original) -> bool:
    """Whether there is a rung to look at or listen to."""
    return any(each.state is RenditionState.READY for each in original.renditions)


def admins_look(person: Person | None, original: Original) -> Openness:
    """An admin may look at what her own units gave."""
    if person is None or not person.has_role(Role.ADMIN):
        return Openness.REFUSED
    seen = db.session.scalar(Original.visible_to(person).where(Original.id == original.id))
    return Openness.PRIVATE if seen is not None else Openness.REFUSED


def _person() -> Person | None:
    return current_user._get_current_object() if current_user.is_authenticated else None


def _admin() -> Person:
    person = _person()
    if person is None or not person.has_role(Role.ADMIN):
        not_found()
    return person


def _one(short: str) -> queries.Shown:
    person = _admin()
    shown = queries.one_shown_to(person, short) if _SHORT.fullmatch(short) else None
    if shown is None:
        not_found()
    return shown


def _looked_at_again(page: Response, is_over: bool) -> Response:
    if not is_over:
        page.headers["Refresh"] = _LOOK_AGAIN_SECONDS
    return page
