"""Sign-in pages that are the same for everybody who opens them, rendered and compressed once.

They are asked for more than anything else, often by a whole meeting at the same minute. What a
page shows is its key, so a page that would differ is another page; nothing here grows old.
"""

import gzip
from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache

import brotli
from flask import Flask, Response, current_app, render_template, request

from lms.core.i18n import current_language

KEPT = 128  # pages; some 15 kB each


@dataclass(frozen=True)
class KeptPage:
    """One page's bytes by content encoding; "" is uncompressed."""

    bodies: dict[str, bytes]


def kept_page(template: str, status: int = 200, **values: Hashable) -> Response:
    """The rendered template as a response. Values must be hashable: they are the key."""
    render = current_app.extensions["yachay.kept_pages"]
    page: KeptPage = render(template, current_language(), tuple(sorted(values.items())))
    accepted = request.headers.get("Accept-Encoding", "")
    encoding = next((name for name in ("br", "gzip") if name in accepted), "")
    response = Response(page.bodies[encoding], status, mimetype="text/html")
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.headers["Vary"] = "Accept-Encoding"
    # Who is in a group is a secret, so no cache but ours may keep it.
    response.headers["Cache-Control"] = "no-store"
    return response


def init_app(app: Flask) -> None:
    """Give the app its shelf; addresses of static files differ from app to app."""
    app.extensions["yachay.kept_pages"] = lru_cache(maxsize=KEPT)(_render)


def _render(template: str, language: str, values: tuple[tuple[str, Hashable], ...]) -> KeptPage:
    body = render_template(template, **dict(values)).encode()
    return KeptPage(
        {
            "": body,
            "br": brotli.compress(body, quality=9, mode=brotli.MODE_TEXT),
            "gzip": gzip.compress(body, 9, mtime=0),
        }
    )
