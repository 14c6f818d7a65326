"""Sending a file that never changes: whole or a span of it, without holding anything meanwhile.

The server is handed the open file itself (`wsgi.file_wrapper`), placed at the first byte, with
Content-Length and Content-Range set by us: 120 slow phones then cost no thread and no copy.
Werkzeug's own range answer is not such a wrapper and stopped the whole site (docs/decisions/0023).
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from flask import Response, request

from lms.core.access import not_found
from lms.core.settings import settings
from lms.core.storage import storage
from lms.media.ranges import Unsatisfiable, asked_span

_YEAR = 31_536_000
_PIECE = 64 * 1024
# Servers whose wrapper keeps to Content-Length; others would send the file to its end.
_EXACT_SERVERS = {"waitress", "gunicorn"}


def send_stored(name: str, *, mimetype: str, is_open: bool) -> Response:
    """Answer the request with the stored file `name`, which is named by its content.

    `is_open`: any cache may keep it; otherwise only the person's own. 404 when it is not there.
    """
    etag = f'"{name.partition("/")[2][:32]}"'
    path = storage().path(name)
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        not_found()
    response = _answer(path, name, etag, size)
    if response.status_code == 416:  # about the question, not about the file: no cache keeps it
        response.headers["Cache-Control"] = "no-store"
        return response
    response.mimetype = mimetype
    who = "public" if is_open else "private"
    response.headers["Cache-Control"] = f"{who}, max-age={_YEAR}, immutable"
    response.headers["ETag"] = etag
    response.headers["Accept-Ranges"] = "bytes"
    return response


def _answer(path: Path, name: str, etag: str, size: int) -> Response:
    if _is_known(request.headers.get("If-None-Match"), etag):
        return Response(status=304)
    if settings().x_accel:
        # nginx sends the file, spans included, from its internal location.
        return Response(headers={"X-Accel-Redirect": f"{settings().x_accel.rstrip('/')}/{name}"})
    try:
        span = asked_span(
            request.headers.get("Range") if request.method == "GET" else None,
            request.headers.get("If-Range"), etag, size,
        )
    except Unsatisfiable:
        return Response(status=416, headers={"Content-Range": f"bytes */{size}"})
    first, length = (span.first, span.length) if span else (0, size)
    response = Response(
        _body(path, first, length) if request.method == "GET" else (),
        status=206 if span else 200,
        direct_passthrough=True,
    )
    response.headers["Content-Length"] = str(length)
    if span:
        response.headers["Content-Range"] = f"bytes {span.first}-{span.last}/{size}"
    return response


def _is_known(header: str | None, etag: str) -> bool:
    """Whether the browser has this very file already (weak comparison, as for any GET)."""
    if header is None:
        return False
    names = {each.strip().removeprefix("W/") for each in header.split(",")}
    return "*" in names or etag in names


def _body(path: Path, first: int, length: int) -> Iterable[bytes]:
    file = path.open("rb")
    file.seek(first)
    wrapper = request.environ.get("wsgi.file_wrapper")
    if wrapper is not None and wrapper.__module__.partition(".")[0] in _EXACT_SERVERS:
        wrapped: Iterable[bytes] = wrapper(file, _PIECE)
        return wrapped
    return _pieces(file, length)


def _pieces(file: BinaryIO, length: int) -> Iterator[bytes]:
    with file:
        while length > 0 and (piece := file.read(min(_PIECE, length))):
            length -= len(piece)
            yield piece
