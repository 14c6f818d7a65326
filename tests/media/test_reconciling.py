"""What should exist and does not is work to do; what nobody stands behind is removed."""

import os
import time
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from lms.core import jobs
from lms.core.db import committing, db
from lms.core.jobs import Job, JobState
from lms.core.storage import storage
from lms.media.importing import add_original
from lms.media.models import Original, Rendition, RenditionState
from lms.media.reconciling import check_files, reconcile
from tests.media.test_importing import do_all_work


@pytest.fixture
def made(app: Flask, silent: Path) -> Original:
    """An original whose four rungs are made."""
    with committing():
        original = add_original(silent)
    do_all_work()
    db.session.expire_all()
    return original


def look_anew(app: Flask) -> None:
    """Reconcile as a worker that has just started does."""
    app.extensions.pop("yachay.media.checked", None)
    with committing():
        reconcile()


def test_a_rung_whose_file_is_gone_is_made_again(app: Flask, made: Original) -> None:
    lost = made.renditions[0]
    name, digest = lost.storage_name, lost.digest
    assert name is not None
    storage().delete(name)
    look_anew(app)
    db.session.expire_all()
    assert lost.state is RenditionState.WAITING
    do_all_work()
    db.session.expire_all()
    assert (lost.state, lost.digest) == (RenditionState.READY, digest)
    assert storage().exists(name)
    db.session.rollback()


def test_a_rung_without_row_or_job_is_asked_for(app: Flask, made: Original) -> None:
    with committing():
        db.session.delete(made.renditions[1])
        made.renditions[0].state = RenditionState.MAKING
        db.session.execute(Job.__table__.delete())
    look_anew(app)
    waiting = db.session.scalars(select(Job).where(Job.state == JobState.WAITING)).all()
    assert len(waiting) == 2
    do_all_work()
    db.session.expire_all()
    assert [each.state for each in db.session.scalars(select(Rendition))] == ["ready"] * 4
    assert len(storage().names("renditions")) == 4
    db.session.rollback()


def test_what_is_there_is_left_alone(app: Flask, made: Original) -> None:
    before = {each.name: each.stat().st_mtime_ns for each in storage().root.rglob("*")}
    look_anew(app)
    with committing():
        assert check_files() == []
    assert {each.name: each.stat().st_mtime_ns for each in storage().root.rglob("*")} == before
    assert db.session.scalars(select(Job.state).distinct()).all() == [JobState.DONE]
    db.session.rollback()


def test_an_original_that_is_gone_is_named(app: Flask, silent: Path) -> None:
    with committing():
        original = add_original(silent)
    storage().delete(original.storage_name)
    with committing():
        assert check_files() == [f"original:{original.digest}"]


def test_what_is_aside_without_a_lease_is_swept(app: Flask, silent: Path) -> None:
    with committing():
        add_original(silent)
    context = jobs.claim({"media.encode"})
    assert context is not None
    mine = storage().temporary(context.token)
    (mine / "part").write_text("being written")
    left = storage().temporary("0123456789abcdef")
    (left / "part").write_text("left by one that was killed")
    upload = storage().temporary("write-1")
    forgotten = storage().temporary("write-2")
    orphan = storage().root / "renditions" / f"{'a' * 64}.webm"
    orphan.parent.mkdir(exist_ok=True)
    orphan.write_text("named by no row")
    young = orphan.with_name(f"{'b' * 64}.webm")
    young.write_text("its row is about to be committed")
    yesterday = time.time() - 86_400
    os.utime(forgotten, (yesterday, yesterday))
    os.utime(orphan, (yesterday, yesterday))
    with committing():
        reconcile()
    assert [mine.exists(), left.exists()] == [True, False]
    assert [upload.exists(), forgotten.exists()] == [True, False]
    assert [young.exists(), orphan.exists()] == [True, False]
