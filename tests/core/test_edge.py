"""One commit, at the edge: a view below 400 is kept, anything else leaves nothing."""

from typing import Any

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient

from lms.core import audit
from lms.core.access import public
from lms.core.audit import AuditEntry
from lms.core.db import db, reading_only, short_transaction
from lms.core.jobs import Job, enqueue


@pytest.fixture
def doors(app: Flask) -> FlaskClient:
    """Views that write and then end in different ways."""

    def written(status: int) -> Any:
        enqueue("test.nothing", f"status {status}")
        audit.note("test.act", status=status)
        if status >= 400:
            abort(status)
        return "", status

    def crashed() -> str:
        enqueue("test.nothing", "crash")
        raise ZeroDivisionError

    def read() -> str:
        with reading_only():
            count = len(db.session.scalars(db.select(Job)).all())
        with short_transaction() as connection:
            connection.execute(db.text("select 1"))
        enqueue("test.nothing", "after reading")
        return str(count)

    app.config["WTF_CSRF_ENABLED"] = False
    app.config["PROPAGATE_EXCEPTIONS"] = False
    for method in ("GET", "POST"):
        app.add_url_rule(f"/t/{method}/<int:status>", f"t{method}", public(written),
                         methods=[method])
    app.add_url_rule("/t/crash", "tcrash", public(crashed), methods=["POST"])
    app.add_url_rule("/t/read", "tread", public(read), methods=["POST"])
    return app.test_client()


def keys() -> set[str]:
    found = set(db.session.scalars(db.select(Job.key).where(Job.kind == "test.nothing")))
    db.session.rollback()
    return found


def test_only_an_answer_below_400_is_kept(doors: FlaskClient) -> None:
    for status in (200, 303, 400, 404, 409):
        doors.post(f"/t/POST/{status}")
    assert keys() == {"status 200", "status 303"}
    notes = list(db.session.scalars(db.select(AuditEntry.detail)))
    assert [note["status"] for note in notes] == [200, 303]


def test_a_page_that_is_read_changes_nothing_but_may_be_noted(doors: FlaskClient) -> None:
    doors.get("/t/GET/200")
    assert keys() == set()
    assert [note["status"] for note in db.session.scalars(db.select(AuditEntry.detail))] == [200]


def test_a_crash_leaves_nothing(app: Flask, doors: FlaskClient) -> None:
    app.testing = False
    assert doors.post("/t/crash").status_code == 500
    assert keys() == set()


def test_reading_lets_go_before_the_write_begins(doors: FlaskClient) -> None:
    assert doors.post("/t/read").status_code == 200
    assert keys() == {"after reading"}


def test_a_short_transaction_never_begins_inside_the_requests_own(app: Flask) -> None:
    db.session.scalars(db.select(Job)).all()
    with pytest.raises(RuntimeError, match="inside"), short_transaction():
        pass
