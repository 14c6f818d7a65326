"""A worker is killed with -9 at random moments, many times: nothing is lost, doubled or left."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from lms.core import jobs
from lms.core.db import committing, db
from lms.core.jobs import Job, JobState
from lms.core.storage import storage
from lms.media.importing import add_original
from lms.media.models import Original, Rendition, RenditionState
from lms.media.reconciling import check_files, reconcile
from tests.house.tracked import ROOT
from tests.media.conftest import PICTURE, VOICE, Make
from tests.media.encoder import LEASE_SECONDS
from tests.media.looking import looked_at

Start = Callable[[], subprocess.Popen[str]]

# Another program's signal to a stopped one is what is tried here, so no `timeout` thread helps.
pytestmark = [pytest.mark.slow, pytest.mark.campaign, pytest.mark.timeout(7200)]


@pytest.fixture
def original(app: Flask, clips: Make) -> Original:
    """Ten seconds with a sound, taken in and waiting."""
    film = clips(
        "ten-seconds.mp4", "-f", "lavfi", "-i", PICTURE, "-f", "lavfi", "-i", VOICE, "-t", 10,
        "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac",
    )
    with committing():
        return add_original(film)


@pytest.fixture
def start(app: Flask, environment: Callable[..., dict[str, str]]) -> Iterator[Start]:
    """Starts a worker in a process of its own on this test's database and folder."""
    began: list[subprocess.Popen[str]] = []
    settings = environment(app.config["SQLALCHEMY_DATABASE_URI"], storage().root)

    def begin() -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.media.encoder"], cwd=ROOT, text=True,
            env={**os.environ, **settings}, stdout=subprocess.PIPE,
        )
        began.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        return process

    yield begin
    for process in began:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def ffmpegs(folder: Path) -> list[int]:
    """Ids of all processes that have this folder in their command line (the workers have not)."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                line = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if os.fsencode(folder) in line:
                found.append(int(entry.name))
    return found


def wait_until(is_so: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for it; an error if it does not come."""
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.02)


def stopped_between_transactions(process: subprocess.Popen[str]) -> None:
    """Stop it where it holds no lock: nobody could work on its rows while it sleeps."""
    while True:
        process.send_signal(signal.SIGSTOP)
        db.session.rollback()
        try:
            with db.engine.begin() as connection:
                if connection.dialect.name == "postgresql":
                    connection.exec_driver_sql("SET LOCAL lock_timeout = '300ms'")
                connection.execute(select(Job.id).with_for_update())
        except OperationalError:
            process.send_signal(signal.SIGCONT)
            time.sleep(0.05)
        else:
            return


@contextmanager
def killed_in_the_end(process: subprocess.Popen[str]) -> Iterator[None]:
    """Kill with -9, whatever it is doing, when the block ends."""
    try:
        yield
    finally:
        process.kill()
        process.wait()


def make_again_if_made() -> None:
    """Once every rung is ready, lose all their files: the next kill shall meet an encode too."""
    with committing():
        waiting = select(Rendition).where(Rendition.state != RenditionState.READY).limit(1)
        if db.session.scalar(waiting) is None:
            for name in storage().names("renditions"):
                storage().delete(name)
            assert len(check_files()) == 6


def assert_whole(original: Original) -> None:
    """Every rung is there once, plays to its end, and nothing else is there."""
    db.session.rollback()
    db.session.expire_all()
    renditions = db.session.scalars(select(Rendition)).all()
    assert len(renditions) == 6
    for rendition in renditions:
        assert rendition.state is RenditionState.READY
        assert rendition.storage_name is not None
        path = storage().path(rendition.storage_name)
        assert rendition.bytes == path.stat().st_size
        seen = looked_at(path)
        assert seen.sound_seconds == pytest.approx(10, abs=0.3)
        if rendition.video_codec:
            assert seen.seconds == pytest.approx(10, abs=0.3)
    names = {rendition.storage_name for rendition in renditions}
    assert set(storage().names("renditions")) == names
    assert len(names) == 6
    assert storage().names("originals") == [original.storage_name]
    assert storage().names("masters") == []
    assert list((storage().root / "tmp").iterdir()) == []
    states = db.session.scalars(select(Job.state)).all()
    assert states == [JobState.DONE] * 6
    assert ffmpegs(storage().root) == []


@pytest.mark.parametrize("seed", [4207])
def test_a_killed_worker_loses_nothing(
    seed: int, original: Original, start: Start, rounds: Callable[[int, int], int]
) -> None:
    chance = random.Random(seed)
    folder = storage().root
    caught = 0
    for _ in range(rounds(10, 300)):
        make_again_if_made()
        with killed_in_the_end(start()):
            time.sleep(chance.uniform(0.0, 1.6))
            caught += bool(ffmpegs(folder))
        wait_until(lambda: not ffmpegs(folder), 5)
    assert caught >= 3, "hardly any kill met an encode: the moments are badly chosen"
    process = start()
    assert process.wait(300) == 0
    time.sleep(LEASE_SECONDS)
    with committing():
        reconcile()
    assert_whole(original)


def test_a_worker_that_slept_too_long_changes_nothing(original: Original, start: Start) -> None:
    """It is stopped in mid-encode, its lease runs out, another does the work, and it wakes up."""
    folder = storage().root
    sleeper = start()
    wait_until(lambda: bool(ffmpegs(folder)))
    stopped_between_transactions(sleeper)
    time.sleep(LEASE_SECONDS + 0.2)
    other = start()
    assert other.wait(300) == 0
    db.session.rollback()
    made = {each.key: each.digest for each in db.session.scalars(select(Rendition))}
    assert None not in made.values()
    db.session.rollback()  # what only reads here still holds SQLite's lock
    sleeper.send_signal(signal.SIGCONT)
    assert sleeper.wait(300) == 0
    with committing():
        reconcile()
    assert_whole(original)
    assert {each.key: each.digest for each in db.session.scalars(select(Rendition))} == made


def test_a_lease_is_asked_for_by_one_only(original: Original) -> None:
    taken = [jobs.claim({"media.encode"}) for _ in range(6)]
    keys = [context.key.partition(":")[2] for context in taken if context]
    assert keys == ["audio:new", "audio:old", "low:new", "low:old", "mid:new", "mid:old"]
    assert jobs.claim({"media.encode"}) is None
    db.session.rollback()
