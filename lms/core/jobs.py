"""Work that waits: a row in our database is the truth, and a worker holds it by a lease.

The row is written in the same transaction as what it is for. A worker claims it under a fresh
token until `lease_until`, renews the lease while it works, writes its output under the token,
and only then marks it done. A worker that is killed leaves a lease that runs out: the row is
then claimed again, and what the first one wrote aside is swept (docs/decisions/0004).
"""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from flask import Flask, current_app
from sqlalchemy import Index, UniqueConstraint, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from lms.core import clock
from lms.core.db import JsonText, Model, UtcDateTime, committing, db, reading_only

LEASE = timedelta(seconds=30)
TRIES = 3
BACK_OFF = timedelta(seconds=20)


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(Model):
    """One piece of work; `kind` and `key` together name it, `priority` 0 comes first."""

    __tablename__ = "jobs"
    __table_args__ = (
        UniqueConstraint("kind", "key"),
        Index("ix_jobs_next", "state", "priority", "run_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    key: Mapped[str]
    payload: Mapped[Any] = mapped_column(JsonText(), nullable=True)
    state: Mapped[str] = mapped_column(default=JobState.WAITING)
    priority: Mapped[int] = mapped_column(default=100)
    run_at: Mapped[datetime] = mapped_column(UtcDateTime())
    attempt: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime())
    token: Mapped[str | None]
    progress: Mapped[float] = mapped_column(default=0.0)
    note: Mapped[str] = mapped_column(default="")
    error: Mapped[str] = mapped_column(default="")


@dataclass(frozen=True)
class JobContext:
    """What a job's function gets: its row's words, and the lease it works under."""

    id: int
    kind: str
    key: str
    payload: Any
    token: str
    attempt: int

    def progress(self, share: float, note: str = "") -> None:
        """Tell how far the work is (0 to 1); its own small commit."""
        with committing():
            db.session.execute(
                update(Job).where(Job.id == self.id, Job.token == self.token)
                .values(progress=share, note=note)
            )

    def still_mine(self) -> bool:
        """Whether this worker still holds the lease; call it inside the transaction that switches.

        It locks the row to that transaction's end, so that nobody takes the job over in between.
        """
        held = db.session.execute(
            update(Job).where(Job.id == self.id, Job.token == self.token)
            .values(lease_until=clock.now() + LEASE).returning(Job.id)
        )
        return held.scalar_one_or_none() is not None

    @contextmanager
    def committing(self) -> Iterator[None]:
        """Commit at the end if the lease is still ours; else raise LostLease and write nothing."""
        with committing():
            if not self.still_mine():
                raise LostLease(self.kind, self.key)
            yield


class LostLease(Exception):
    """Another worker took the job over; what this one made must not be used."""


class JobRefused(Exception):
    """The work cannot succeed however often it is tried; the message says why."""


Work = Callable[[JobContext], None]
_work: dict[str, Work] = {}
_reconcilers: list[Callable[[], None]] = []


def job(kind: str) -> Callable[[Work], Work]:
    """Register the function that does jobs of this kind."""

    def register(work: Work) -> Work:
        _work[kind] = work
        return work

    return register


def reconciler(act: Callable[[], None]) -> Callable[[], None]:
    """Register an act that compares what should exist with what does, and enqueues the rest.

    It runs when a worker starts and every minute after, in a transaction of its own.
    """
    _reconcilers.append(act)
    return act


def reconcile() -> None:
    """Run every reconciler, each in its own transaction; one that fails does not stop the rest."""
    for act in _reconcilers:
        try:
            with committing():
                act()
        except Exception:
            current_app.logger.exception("a reconciler failed: %s", act.__qualname__)


def enqueue(
    kind: str,
    key: str,
    *,
    priority: int = 100,
    payload: Any = None,
    run_at: datetime | None = None,
) -> None:
    """Ask for work, in the caller's transaction; what waits or runs already is left alone."""
    row = db.session.scalar(select(Job).where(Job.kind == kind, Job.key == key))
    if row is not None and row.state in (JobState.WAITING, JobState.RUNNING):
        return
    if row is None:
        row = Job(kind=kind, key=key)
        db.session.add(row)
    row.payload = payload
    row.priority = priority
    row.run_at = run_at or clock.now()
    row.state = JobState.WAITING
    row.attempt = 0
    row.token = None
    row.lease_until = None
    row.progress = 0.0
    row.note = row.error = ""
    db.session.flush()


def live_tokens() -> set[str]:
    """Tokens of all leases that have not run out; what carries another token may be swept."""
    return set(
        db.session.scalars(
            select(Job.token).where(Job.state == JobState.RUNNING, Job.lease_until > clock.now())
        )
    )


def claim(kinds: set[str] | None = None) -> JobContext | None:
    """Take the next job under a fresh lease, and commit that; None when nothing is due."""
    now = clock.now()
    due = or_(
        (Job.state == JobState.WAITING) & (Job.run_at <= now),
        (Job.state == JobState.RUNNING) & (Job.lease_until <= now),
    )
    wanted = _work.keys() if kinds is None else kinds
    with reading_only():  # an idle worker takes nobody's turn to write
        if db.session.scalar(select(Job.id).where(due, Job.kind.in_(wanted)).limit(1)) is None:
            return None
    with committing():
        row = db.session.scalar(
            select(Job).where(due, Job.kind.in_(wanted))
            .order_by(Job.priority, Job.run_at, Job.id).limit(1)
            .with_for_update(skip_locked=True)
        )
        if row is None:
            return None
        row.state = JobState.RUNNING
        row.token = secrets.token_hex(8)
        row.lease_until = now + LEASE
        row.attempt += 1
        return JobContext(row.id, row.kind, row.key, row.payload, row.token, row.attempt)


def renew(context: JobContext) -> bool:
    """Prolong the lease; False when it is no longer ours."""
    with committing():
        return context.still_mine()


def perform(context: JobContext) -> None:
    """Do one claimed job to its end: done, tried again later, or failed with its reason."""
    try:
        _work[context.kind](context)
    except LostLease:
        db.session.rollback()
        return
    except Exception as error:
        db.session.rollback()
        is_final = isinstance(error, JobRefused) or context.attempt >= TRIES
        if not isinstance(error, JobRefused):
            current_app.logger.exception("job %s %s failed", context.kind, context.key)
        _finish(
            context,
            state=JobState.FAILED if is_final else JobState.WAITING,
            run_at=clock.now() + BACK_OFF * context.attempt,
            error=str(error) or type(error).__name__,
        )
    else:
        _finish(context, state=JobState.DONE, progress=1.0, error="")


def _finish(context: JobContext, **values: Any) -> None:
    with committing():
        db.session.execute(
            update(Job).where(Job.id == context.id, Job.token == context.token)
            .values(token=None, lease_until=None, **values)
        )


def init_app(app: Flask) -> None:
    """Nothing to bind: the table is known by import; the worker is started by the factory."""
    app.extensions.setdefault("yachay.jobs", _work)
