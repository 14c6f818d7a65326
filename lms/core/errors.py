"""Pages for what goes wrong: in pictures, in the look of the house, without a technical word."""

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from lms.core.db import db


def init_app(app: Flask) -> None:
    """Answer every HTTP error and every crash with a page, or JSON where a script asked."""

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> ResponseReturnValue:
        if error.code is None or error.code < 400:
            return error
        db.session.rollback()
        return _answer(error.code, error.description or "")

    @app.errorhandler(CSRFError)
    def stale_form(error: CSRFError) -> ResponseReturnValue:
        return _answer(400, error.description)

    @app.errorhandler(Exception)
    def crash(error: Exception) -> ResponseReturnValue:
        app.logger.exception("a request failed: %s %s", request.method, request.path)
        db.session.rollback()
        if app.testing:
            raise error
        return _answer(500, "")


def _answer(code: int, description: str) -> ResponseReturnValue:
    accepted = request.headers.get("Accept", "")
    if "text/html" in accepted:
        return render_template("errors/error.html", code=code, description=description), code
    return {"error": code, "description": description}, code
