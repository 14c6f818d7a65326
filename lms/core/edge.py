"""The edge of a request: its transaction begins here, and is committed here, once.

A GET, HEAD or OPTIONS only reads. Anything else may write, and is committed when the view
answered with a status below 400; otherwise, and on any error, everything is rolled back.
"""

from collections.abc import Callable
from typing import Any

from flask import Flask, Response, g, request

from lms.core import db as database
from lms.core.db import db

_SAFE = {"GET", "HEAD", "OPTIONS"}


def after_commit(act: Callable[[], Any]) -> None:
    """Do `act` once this request's work is committed (audit, wake a worker); never if it is not.

    A GET has nothing to commit: the act is done once it has answered (who looked at what).
    """
    g.setdefault("after_commit", []).append(act)


def init_app(app: Flask) -> None:
    """Open and close each request's transaction."""

    @app.before_request
    def begin() -> None:
        if request.method in _SAFE:
            database.begin_reading()
        else:
            database.begin_writing()

    @app.after_request
    def end(response: Response) -> Response:
        if response.status_code < 400:
            if request.method in _SAFE:
                db.session.rollback()
            else:
                db.session.commit()
            for act in g.pop("after_commit", []):
                act()
        db.session.rollback()
        return response
