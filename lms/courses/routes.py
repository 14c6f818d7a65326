"""`/files/<digest>.<ending>`: the pictures, sounds and captions that courses show."""

import re

from flask import Blueprint, Response, request
from flask_login import current_user

from lms.core.access import not_found, public
from lms.core.storage import storage
from lms.courses.admitting import openness_of
from lms.media.reading import Openness
from lms.media.serving import send_stored
from lms.people.models import Person

bp = Blueprint("courses", __name__)

_NAME = re.compile(r"[0-9a-f]{64}\.([a-z0-9]{1,5})")
_TYPES = {
    "svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg", "webp": "image/webp",
    "vtt": "text/vtt", "mp3": "audio/mpeg", "ogg": "audio/ogg", "opus": "audio/ogg",
    "m4a": "audio/mp4", "wav": "audio/wav",
}
_SQUEEZED = {"svg", "vtt"}
_YEAR = 31_536_000
# A drawing opened by itself is a page: it may style itself and do nothing else.
_DRAWING_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


@bp.get("/files/<name>")
@public
def file(name: str) -> Response:
    """The file's bytes; 404 for whom no course shows it."""
    match = _NAME.fullmatch(name)
    if match is None or match[1] not in _TYPES:
        not_found()
    stored = f"files/{name}"
    # Who asks is looked up only when it matters: an open course is the same for all.
    openness = openness_of(None, stored)
    if openness is not Openness.OPEN and current_user.is_authenticated:
        person: Person = current_user._get_current_object()
        openness = openness_of(person, stored)
    if openness is Openness.REFUSED:
        not_found()
    is_open = openness is Openness.OPEN
    send = _send_text if match[1] in _SQUEEZED else send_stored
    response = send(stored, mimetype=_TYPES[match[1]], is_open=is_open)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = _DRAWING_POLICY
    return response


def _send_text(name: str, *, mimetype: str, is_open: bool) -> Response:
    """A small text as one body, which is compressed on its way: a drawing weighs a third then."""
    try:
        body = storage().path(name).read_bytes()
    except FileNotFoundError:
        not_found()
    response = Response(body, mimetype=mimetype)
    response.set_etag(name.partition("/")[2][:32])
    who = "public" if is_open else "private"
    response.headers["Cache-Control"] = f"{who}, max-age={_YEAR}, immutable"
    response.make_conditional(request)
    return response
