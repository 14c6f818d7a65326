"""A worker in a process of its own, for tests that kill it: `python -m tests.media.encoder`.

It prints `ready`, makes rungs until none waits, prints `done` and ends. Its leases are short, so
that what a killed one held is free again within a second.
"""

import sys
import time
from datetime import timedelta

from flask import Flask

from lms.core import jobs, worker
from lms.core.jobs import Job, JobState
from lms.factory import create_app
from lms.media.models import Rendition, RenditionState

LEASE_SECONDS = 1.0


def main() -> None:
    """Work until nothing is left."""
    jobs.LEASE = timedelta(seconds=LEASE_SECONDS)
    jobs.BACK_OFF = timedelta(seconds=0.1)
    worker._RENEW_SECONDS = 0.2
    worker._POLL_SECONDS = 0.05
    worker._RECONCILE_SECONDS = 0.5
    app = create_app()
    running = worker.Worker(app)
    running.start()
    say("ready")
    while not _is_over(app):
        time.sleep(0.1)
    running.stop(30)
    say("done")


def say(word: str) -> None:
    """Tell the test."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def _is_over(app: Flask) -> bool:
    from sqlalchemy import func, select

    from lms.core import db as database
    from lms.core.db import db

    with app.app_context():
        database.begin_reading()
        making = db.session.scalar(
            select(func.count(Rendition.id)).where(Rendition.state != RenditionState.READY)
        )
        open_jobs = db.session.scalar(
            select(func.count(Job.id)).where(Job.state.in_((JobState.WAITING, JobState.RUNNING)))
        )
        return not making and not open_jobs


if __name__ == "__main__":
    main()
