"""A learner chooses a new PIN on the spot, before her facilitator, and taps it once more."""

from uuid import UUID

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core import audit
from lms.core.access import not_found, origin_checked
from lms.core.db import db, reading_only
from lms.core.i18n import gettext as _
from lms.people import doors, queries, registering, signing_in, throttling
from lms.people.hashing import BusyError, comparer
from lms.people.models import Person
from lms.people.pin_pad import PAD, read_pin
from lms.people.pins import PinKind, PinRefusal, refusal
from lms.people.routes import Choice, bp, busy
from lms.people.signing_in import Claim
from lms.people.staff_routes import person_to_reset
from lms.people.throttling import TryLaterError


@bp.get("/people/<uuid:uuid>/pin")
def new_pin(uuid: UUID) -> ResponseReturnValue:
    """Digits or pictures? The facilitator taps, then hands the phone over."""
    found = person_to_reset(uuid)
    return render_template("people/new_pin.html", learner=found.person, group=found.group)


@bp.get("/people/<uuid:uuid>/pin/<kind>")
def choose_pin(uuid: UUID, kind: str) -> ResponseReturnValue:
    """The pad for the learner's new PIN."""
    return _pad(person_to_reset(uuid).person, _kind(kind), "new")


@bp.post("/people/<uuid:uuid>/pin/<kind>")
@origin_checked
def set_pin(uuid: UUID, kind: str) -> ResponseReturnValue:
    """Set it; what she was signed in with and her wrong tries are gone. Logged."""
    chosen = _kind(kind)
    pin = read_pin(chosen, request.form)
    refused = PinRefusal.SHAPE if pin is None else refusal(chosen, pin)
    with reading_only():
        person = person_to_reset(uuid).person
        if pin is None or refused is not None:
            return _pad(person, chosen, "new", refused=refused)
        person_id = person.id
    try:
        secret_hash = comparer().hash(pin)
    except BusyError:
        return busy()
    registering.set_pin(db.session.get_one(Person, person_id), chosen, secret_hash)
    audit.note("reset_pin", uuid)
    return doors.see_other(url_for("people.try_new_pin", uuid=uuid, kind=kind))


@bp.get("/people/<uuid:uuid>/pin/<kind>/again")
def try_new_pin(uuid: UUID, kind: str) -> ResponseReturnValue:
    """The pad once more: does she remember what she chose?"""
    return _pad(person_to_reset(uuid).person, _kind(kind), "again")


@bp.post("/people/<uuid:uuid>/pin/<kind>/again")
@origin_checked
def confirm_pin(uuid: UUID, kind: str) -> ResponseReturnValue:
    """The same: done. Another: once more, or back to choose anew."""
    chosen = _kind(kind)
    with reading_only():
        found = person_to_reset(uuid)
        person_id, slug, name = found.person.id, found.group.slug, found.person.name
        secret_hash = queries.pin_of(person_id)
    pin = read_pin(chosen, request.form)
    claim = Claim(person_id, secret_hash, [throttling.of_person(uuid)])
    try:
        is_same = pin is not None and signing_in.compare(claim, pin)
    except TryLaterError:
        is_same = False
    except BusyError:
        return busy()
    if not is_same:
        with reading_only():
            return _pad(person_to_reset(uuid).person, chosen, "again", was_wrong=True)
    flash(_("%(name)s has a new PIN.", name=name))
    return doors.see_other(url_for("people.unit", slug=slug))


def _pad(
    person: Person, kind: PinKind, asked: str, *, was_wrong: bool = False,
    refused: PinRefusal | None = None,
) -> ResponseReturnValue:  # fmt: skip
    body = render_template(
        "people/pin.html",
        member=Choice("", person.name, person.symbol),
        kind=str(kind),
        pictures=PAD,
        asked=asked,
        was_wrong=was_wrong,
        refused=refused and str(refused),
        wait_seconds=0,
        # Where the page's script goes when this tap was taken; without script our answer says it.
        home_url=url_for("people.try_new_pin", uuid=person.uuid, kind=kind)
        if asked == "new" else url_for("people.staff_home"),
        back_url=url_for("people.new_pin", uuid=person.uuid),
    )  # fmt: skip
    return body, 422 if was_wrong or refused else 200


def _kind(text: str) -> PinKind:
    try:
        return PinKind(text)
    except ValueError:
        not_found()

