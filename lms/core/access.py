"""Default deny: a view that is not marked `@public` answers only a person who is signed in.

Forbidden and missing look alike (404), so that nobody learns what exists. Forms carry a CSRF
token; a document that is the same for all has none, and its posts are checked by `Origin`.
"""

from collections.abc import Callable
from typing import Any, NoReturn, TypeVar
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFProtect

View = TypeVar("View", bound=Callable[..., Any])

csrf = CSRFProtect()


def public(view: View) -> View:
    """Mark a view as open to strangers; tests/house keeps the exact list."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def origin_checked(view: View) -> View:
    """Accept a post without a CSRF token when the browser says that it comes from our own page."""
    view.is_origin_checked = True  # type: ignore[attr-defined]
    csrf.exempt(view)
    return view


def not_found() -> NoReturn:
    """Answer 404: there is no such thing, or not for this person."""
    abort(404)


def is_same_origin() -> bool:
    """Whether the browser says that this request comes from a page of ours.

    `Sec-Fetch-Site` where the browser sends it (only on https and localhost), else `Origin`.
    A request with neither is refused: every browser of the device floor sends Origin on a POST.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    try:
        return urlsplit(request.headers["Origin"]).netloc == request.host
    except (KeyError, ValueError):  # none, or no address at all
        return False


def init_app(app: Flask) -> None:
    """Refuse strangers and foreign posts before any view runs."""
    csrf.init_app(app)
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", None)  # the session's end is limit enough

    @app.before_request
    def refuse_strangers() -> ResponseReturnValue | None:
        if "\0" in request.path:  # no name of ours has it, and PostgreSQL takes none
            not_found()
        view = app.view_functions.get(request.endpoint or "")
        if view is None or request.endpoint == "static":
            return None
        is_checked = getattr(view, "is_origin_checked", False) and request.method == "POST"
        if is_checked and not is_same_origin():
            abort(403)
        if getattr(view, "is_public", False) or current_user.is_authenticated:
            return None
        return _stranger()


def _stranger() -> ResponseReturnValue:
    """A page sends a stranger to the door; anything else gets 401 and nothing more."""
    wants_page = request.method == "GET" and "text/html" in request.headers.get("Accept", "")
    if wants_page and "people.welcome" in current_app.view_functions:
        return redirect(url_for("people.welcome"))
    return abort(401)
