"""The worker thread: claims jobs one at a time, renews their lease, reconciles every minute."""

import threading
import time
from collections.abc import Callable

from flask import Flask
from sqlalchemy.exc import OperationalError

from lms.core import jobs

_POLL_SECONDS = 0.5
_RENEW_SECONDS = 5.0
_RECONCILE_SECONDS = 60.0


class Worker:
    """One long-lived thread per running app (ffmpeg's death signal follows the thread)."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="worker", daemon=True)

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def stop(self, seconds: float = 5.0) -> None:
        """Ask it to end and wait so long; a job that is cut is claimed again after its lease."""
        self._stop.set()
        self._thread.join(seconds)

    def _run(self) -> None:
        reconciled = -_RECONCILE_SECONDS
        while not self._stop.is_set():
            try:
                if time.monotonic() - reconciled > _RECONCILE_SECONDS:
                    with self._app.app_context():
                        jobs.reconcile()
                    reconciled = time.monotonic()
                with self._app.app_context():
                    context = jobs.claim()
                if context is None:
                    self._stop.wait(_POLL_SECONDS)
                    continue
                with _lease_kept(self._app, context), self._app.app_context():
                    jobs.perform(context)
            except OperationalError:
                # A database that is busy or away for a moment must not end the worker.
                self._app.logger.exception("the worker waits for the database")
                self._stop.wait(2)
            except Exception:
                self._app.logger.exception("the worker goes on after an error")
                self._stop.wait(2)


class _lease_kept:  # noqa: N801  a context manager reads as a verb
    """Renew the job's lease from a second thread while the block runs."""

    def __init__(self, app: Flask, context: jobs.JobContext) -> None:
        self._app = app
        self._context = context
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._renew, name="lease", daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _renew(self) -> None:
        while not self._ended.wait(_RENEW_SECONDS):
            _quietly(self._app, lambda: jobs.renew(self._context))


def _quietly(app: Flask, act: Callable[[], object]) -> None:
    try:
        with app.app_context():
            act()
    except Exception:
        app.logger.exception("a lease could not be renewed")
