"""Waiting until a school has made its media."""

import time

from sqlalchemy import func, select

from bench.crowd import app_of
from lms.core.db import db
from lms.core.jobs import Job, JobState
from tests.browser.school import School


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
