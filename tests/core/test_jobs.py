"""A job is a row with a lease: claimed by one, taken over when its worker dies, never lost."""

from typing import Any

import pytest
from flask import Flask

from lms.core import jobs
from lms.core.db import committing, db
from lms.core.jobs import Job, JobContext, JobRefused, JobState, LostLease, enqueue

done: list[str] = []


@jobs.job("test.note")
def take_note(context: JobContext) -> None:
    """Write down its key, under the lease."""
    with context.committing():
        done.append(context.key)


@jobs.job("test.fail")
def fail(context: JobContext) -> None:
    """Fail as the payload says."""
    if context.payload == "refused":
        raise JobRefused("the file is not a video")
    raise OSError("the disk is full")


@pytest.fixture(autouse=True)
def _nothing_done(app: Flask) -> None:
    done.clear()


def put(kind: str, key: str, **more: Any) -> None:
    with committing():
        enqueue(kind, key, **more)


def row(key: str) -> Job:
    db.session.expire_all()
    found = db.session.scalar(db.select(Job).filter_by(key=key))
    assert found is not None
    db.session.commit()
    return found


def claimed() -> JobContext:
    context = jobs.claim({"test.note", "test.fail"})
    assert context is not None
    return context


def test_the_first_in_order_is_claimed_and_done_once(clock: Any) -> None:
    put("test.note", "later", priority=50)
    put("test.note", "sooner", priority=5)
    put("test.note", "sooner", priority=5)  # asked twice while it waits: one job
    for _ in range(2):
        jobs.perform(claimed())
    assert done == ["sooner", "later"]
    assert jobs.claim({"test.note"}) is None
    assert row("sooner").state == JobState.DONE


def test_a_dead_workers_job_is_taken_over_and_the_dead_cannot_write(clock: Any) -> None:
    put("test.note", "one")
    dead = claimed()
    assert jobs.claim({"test.note"}) is None
    clock.advance(seconds=31)
    heir = claimed()
    assert heir.key == "one"
    with pytest.raises(LostLease), dead.committing():
        done.append("written by the dead")
    assert not jobs.renew(dead)
    jobs.perform(heir)
    assert row("one").state == JobState.DONE
    assert done == ["one"]


def test_a_renewed_lease_is_kept(clock: Any) -> None:
    put("test.note", "long")
    context = claimed()
    for _ in range(10):
        clock.advance(seconds=20)
        assert jobs.renew(context)
        assert jobs.claim({"test.note"}) is None


def test_a_failure_is_tried_again_then_kept_with_its_reason(clock: Any) -> None:
    put("test.fail", "disk")
    for attempt in range(1, jobs.TRIES + 1):
        jobs.perform(claimed())
        state = row("disk")
        assert state.error == "the disk is full"
        assert state.attempt == attempt
        assert jobs.claim({"test.fail"}) is None  # it waits before it tries again
        clock.advance(minutes=5)
    assert row("disk").state == JobState.FAILED


def test_what_cannot_succeed_is_not_tried_again(clock: Any) -> None:
    put("test.fail", "text", payload="refused")
    jobs.perform(claimed())
    assert (row("text").state, row("text").error) == (JobState.FAILED, "the file is not a video")
    put("test.fail", "text", payload="refused")  # asked for anew
    assert row("text").state == JobState.WAITING


def test_a_reconciler_that_fails_does_not_stop_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken() -> None:
        raise OSError("a stray file")

    def sound() -> None:
        enqueue("test.note", "asked for by the second")

    monkeypatch.setattr(jobs, "_reconcilers", [broken, sound])
    jobs.reconcile()
    assert claimed().key == "asked for by the second"
