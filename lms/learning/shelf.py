"""Pages that are the same for everybody: rendered once, kept in memory, asked for again by ETag.

A page's key is all that it shows of the lesson. The browser may keep it and asks each time
whether it is still the same: that question also asks whether she may see it.
"""

import hashlib
from functools import lru_cache
from typing import Any

from flask import Flask, Response, current_app, json, render_template, request

from lms.core import clock
from lms.core.i18n import language_scope
from lms.core.shared import FOR_EVERYBODY

KEPT = 64  # pages; some 20 kB each
_FRESH_MS = 600_000  # after ten minutes a page is rendered anew: a word may have got its clip
_SHELF = "yachay.learning.shelf"


class _Context:
    """What a template needs, equal to another when its page would be the same."""

    def __init__(self, key: str, values: dict[str, Any]) -> None:
        self.key = key
        self.values = values

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Context) and other.key == self.key

    def __hash__(self) -> int:
        return hash(self.key)


def shared_page(template: str, values: dict[str, Any], *, is_open: bool) -> Response:
    """The page as an answer, or 304. `is_open`: a cache between us may keep it too.

    `values` holds `page_document` and `languages`; what else the page shows of the lesson must
    follow from them and from the version, which never changes.
    """
    key = json.dumps(
        [template, values["page_document"], values["languages"], clock.now_ms() // _FRESH_MS],
        sort_keys=True,
    )
    body, etag = current_app.extensions[_SHELF](template, _Context(key, values))
    response = Response(body, mimetype="text/html")
    response.set_etag(etag)
    who = "public" if is_open else "private"
    response.headers["Cache-Control"] = f"{who}, no-cache"
    if not is_open:
        response.vary.add("Cookie")
    response.make_conditional(request)
    return response


def init_app(app: Flask) -> None:
    """Give the app its shelf."""
    app.extensions[_SHELF] = lru_cache(maxsize=KEPT)(_render)


def _render(template: str, context: _Context) -> tuple[bytes, str]:
    with language_scope(context.values["language"]):
        body = render_template(template, **FOR_EVERYBODY, **context.values).encode()
    return body, hashlib.sha256(body).hexdigest()[:32]
