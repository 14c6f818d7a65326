"""Cookies and the signed-in person of a request: what stands between the browser and the rows."""

from typing import Any

from flask import Flask, Request, Response, g, redirect, request
from flask_login import LoginManager

from lms.core.i18n import set_language
from lms.core.settings import settings
from lms.people import pairing, signing_in
from lms.people.models import Person

LANGUAGE = "language"
_SAFE = {"GET", "HEAD", "OPTIONS"}


def init_app(app: Flask) -> None:
    """Tell Flask-Login who a request comes from; it keeps nothing in Flask's session."""
    manager = LoginManager()
    manager.session_protection = None
    manager.init_app(app, add_context_processor=False)
    manager.request_loader(_person_of)

    @app.before_request
    def speak_her_language() -> None:
        if not g.get("has_own_language"):
            set_language(request.cookies.get(LANGUAGE))


def see_other(url: str, status: int = 303) -> Response:
    """Send the browser on."""
    return redirect(url, status)  # type: ignore[return-value]  # Flask's class, typed as Werkzeug's


def let_in(response: Response, token: str) -> Response:
    """Give the browser the cookie of a sign-in; it ends with the browser."""
    _set(response, signing_in.COOKIE, token)
    return response


def keep_pairing(response: Response, token: str) -> Response:
    """Give the browser the cookie of its pairing."""
    _set(response, pairing.COOKIE, token, max_age=pairing.COOKIE_SECONDS)
    return response


def let_out(response: Response) -> Response:
    """Take the sign-in's cookie away, and Flask's session with it."""
    for name in (signing_in.COOKIE, "session"):
        response.delete_cookie(name, httponly=True, samesite="Lax")
    return response


def speak(response: Response, tag: str) -> Response:
    """Remember the language that a stranger chose."""
    _set(response, LANGUAGE, tag, max_age=pairing.COOKIE_SECONDS)
    return response


def _person_of(asked: Request) -> Person | None:
    token = asked.cookies.get(signing_in.COOKIE)
    if not token:
        return None
    person = signing_in.person_of(token, lets_go=asked.method not in _SAFE)
    if person is not None:
        g.has_own_language = True
    return person


def _set(response: Response, name: str, value: str, **more: Any) -> None:
    response.set_cookie(
        name, value, httponly=True, samesite="Lax",
        secure=settings().is_https or request.is_secure, **more,
    )  # fmt: skip
