"""Sign-in pages that are the same for everybody who opens them, rendered and compressed once.

They are asked for more than anything else, often by a whole meeting at the same minute. What a
page shows is its key, so a page that would differ is another page; nothing here grows old.
"""

import gzip
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

import brotli
from flask import Flask, Response, current_app, render_template, request

from lms.core.i18n import current_language
from lms.core.shared import FOR_EVERYBODY

KEPT = 128  # pages; some 15 kB each


@dataclass(frozen=True)
class KeptPage:
    """One page's bytes by content encoding; "" is uncompressed."""

    bodies: dict[str, bytes]


def kept_page(
    template: str, *key: Hashable, status: int = 200, values: Callable[[], dict[str, Any]] = dict
) -> Response:
    """The template as a response. `key` says all that `values()` depends on besides the language.

    `values` is asked only when this page is not kept yet.
    """
    shelf: dict[Hashable, KeptPage] = current_app.extensions["yachay.kept_pages"]
    name = (template, current_language(), *key)
    page = shelf.get(name)
    if page is None:
        page = shelf[name] = _render(template, values())
        while len(shelf) > KEPT:
            shelf.pop(next(iter(shelf)), None)
    accepted = request.headers.get("Accept-Encoding", "")
    encoding = next((each for each in ("br", "gzip") if each in accepted), "")
    response = Response(page.bodies[encoding], status, mimetype="text/html")
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.headers["Vary"] = "Accept-Encoding"
    # Who is in a group is a secret, so no cache but ours may keep it.
    response.headers["Cache-Control"] = "no-store"
    return response


def init_app(app: Flask) -> None:
    """Give the app its shelf; addresses of static files differ from app to app."""
    app.extensions["yachay.kept_pages"] = {}


def _render(template: str, values: dict[str, Any]) -> KeptPage:
    body = render_template(template, **FOR_EVERYBODY, **values).encode()
    return KeptPage(
        {
            "": body,
            "br": brotli.compress(body, quality=9, mode=brotli.MODE_TEXT),
            "gzip": gzip.compress(body, 9, mtime=0),
        }
    )
