"""Looking into a running school's database: whether its media are made."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import func, select

from lms.core.db import db
from lms.core.jobs import Job, JobState
from lms.factory import create_app
from tests.browser.school import School


@contextmanager
def app_of(environment: dict[str, str]) -> Iterator[Flask]:
    """A second app on the school's own database, its context pushed."""
    app = create_app({**environment, "YACHAY_WORKER": "no", "PORT": "0"})
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def wait_for_media(school: School, seconds: float = 900, quiet: float = 4) -> None:
    """Return when no job waits or runs any more, for so long; RuntimeError when one failed.

    TimeoutError when the work does not end.
    """
    began = time.monotonic()
    quiet_since = None
    with app_of(school.environment):
        while time.monotonic() - began < seconds:
            counts = dict(
                db.session.execute(select(Job.state, func.count()).group_by(Job.state)).all()
            )
            db.session.rollback()
            if counts.get(JobState.FAILED):
                raise RuntimeError("a job failed: " + str(_failures()))
            if counts.get(JobState.WAITING) or counts.get(JobState.RUNNING):
                quiet_since = None
            else:
                quiet_since = quiet_since or time.monotonic()
                if time.monotonic() - quiet_since > quiet:
                    return
            time.sleep(0.5)
    raise TimeoutError("the media are not made yet")


def _failures() -> list[tuple[str, str, str]]:
    rows = db.session.execute(
        select(Job.kind, Job.key, Job.error).where(Job.state == JobState.FAILED)
    )
    return [tuple(row) for row in rows]
