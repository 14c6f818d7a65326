"""The bar that `lms run` draws while courses are imported and media are made."""

import sys
import threading
import time

import click
from flask import Flask
from sqlalchemy import select

from lms.core import db as database
from lms.core.db import db
from lms.core.jobs import Job, JobState

_WIDTH = 28
_SECONDS = 0.5
_SECONDS_UNSEEN = 5.0  # between lines where the output is a file


class ProgressBar:
    """Draws until all jobs that waited are done; comes back when new ones arrive."""

    def __init__(self, app: Flask, stop: threading.Event) -> None:
        self._app = app
        self._stop = stop
        self._thread = threading.Thread(target=self._run, name="progress", daemon=True)
        self._known: dict[int, float] = {}
        self._told: set[int] = set()
        self._begun = time.monotonic()

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def _run(self) -> None:
        is_seen = sys.stdout.isatty()
        was_busy = False
        while not self._stop.wait(_SECONDS if is_seen else _SECONDS_UNSEEN):
            try:
                self._tell_failures(is_seen)
                line = self._line()
            except Exception:
                self._app.logger.exception("the progress bar could not read the jobs")
                continue
            if line:
                click.echo(f"\r\033[K{line}" if is_seen else line, nl=not is_seen)
            elif was_busy:
                done = "All media are ready."
                click.echo(f"\r\033[K{done}" if is_seen else done)
            was_busy = bool(line)

    def _tell_failures(self, is_seen: bool) -> None:
        """Say once what will not be tried again, and why."""
        with self._app.app_context():
            database.begin_reading()
            failed = db.session.execute(
                select(Job.id, Job.kind, Job.key, Job.error).where(Job.state == JobState.FAILED)
            ).all()
            db.session.rollback()
        for row in failed:
            if row.id not in self._told:
                self._told.add(row.id)
                start = "\r\033[K" if is_seen else ""
                click.echo(f"{start}{row.kind} {row.key} failed:\n{row.error}", err=True)

    def _line(self) -> str:
        with self._app.app_context():
            database.begin_reading()
            rows = db.session.execute(
                select(Job.id, Job.progress, Job.note, Job.state, Job.key, Job.kind)
                .where(Job.state.in_((JobState.WAITING, JobState.RUNNING)))
                .order_by(Job.priority, Job.run_at, Job.id)
            ).all()
            db.session.rollback()
        if not rows:
            self._known.clear()
            return ""
        if not self._known:
            self._begun = time.monotonic()
        open_now = {row.id: row.progress for row in rows}
        self._known = dict.fromkeys(self._known, 1.0) | open_now
        share = sum(self._known.values()) / len(self._known)
        running = next((row for row in rows if row.state == JobState.RUNNING), rows[0])
        what = running.note or running.kind
        filled = round(share * _WIDTH)
        return (
            f"[{'#' * filled}{'.' * (_WIDTH - filled)}] {share:4.0%}  "
            f"{len(rows)} to make, {self._left(share)}  {what}"
        )

    def _left(self, share: float) -> str:
        spent = time.monotonic() - self._begun
        if share < 0.02 or spent < 2:
            return "time left: not known yet"
        left = round(spent * (1 - share) / share)
        return f"about {left // 60} min left" if left >= 120 else f"about {left} s left"
