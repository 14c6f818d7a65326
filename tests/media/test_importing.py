"""Taking in originals: by content, for whom, and what is asked of the worker."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from lms.core import jobs
from lms.core.db import committing, db
from lms.core.jobs import Job
from lms.core.storage import digest_of, storage
from lms.media.importing import add_original
from lms.media.models import Original, OriginalHolder, Rendition, RenditionState
from lms.media.queries import overall, rungs_of
from lms.media.reconciling import reconcile
from tests.media.looking import looked_at


def do_all_work() -> None:
    """Be the worker until nothing waits."""
    while (context := jobs.claim({"media.encode"})) is not None:
        jobs.perform(context)


def test_the_same_bytes_are_one_original(app: Flask, silent: Path, tmp_path: Path) -> None:
    copy = tmp_path / "another name.mp4"
    copy.write_bytes(silent.read_bytes())
    with committing():
        first, second = add_original(silent), add_original(copy)
    assert first is second
    assert first.digest == digest_of(silent)
    assert first.label == "silent.mp4"
    assert storage().names("originals") == [f"originals/{first.digest}"]
    assert len(first.renditions) == 4
    assert len(db.session.scalars(select(Job)).all()) == 4
    assert (first.width, first.height, first.fps) == (320, 240, 10.0)
    assert first.has_picture
    assert not first.has_sound


def test_each_unit_that_gives_it_holds_it(app: Flask, world: Any, silent: Path) -> None:
    with committing():
        original = add_original(silent, unit=world.institution)
        add_original(silent, unit=world.group)
        add_original(silent, unit=world.group)
        found = db.session.scalars(select(OriginalHolder.unit_id)).all()
        assert sorted(found) == sorted([world.institution.id, world.group.id])
        assert db.session.scalars(Original.visible_to(world.admin)).all() == [original]
        for person in (world.rosa, world.facilitator, world.officer, world.manager, None):
            assert db.session.scalars(Original.visible_to(person)).all() == []


def test_the_worker_makes_every_rung(app: Flask, lesson: Path) -> None:
    with committing():
        original = add_original(lesson)
    assert rungs_of(original.digest) == []
    assert overall().left == 6
    do_all_work()
    rungs = rungs_of(original.digest)
    assert [(each.rung, each.family) for each in rungs] == [
        ("audio", "new"), ("audio", "old"), ("low", "new"), ("low", "old"),
        ("mid", "new"), ("mid", "old"),
    ]
    for rendition in rungs:
        assert rendition.storage_name is not None
        path = storage().path(rendition.storage_name)
        assert digest_of(path) == rendition.digest
        assert rendition.name == f"{rendition.digest[:32]}{path.suffix}"
        seen = looked_at(path)
        assert (seen.width, seen.height) == (rendition.width, rendition.height)
        assert rendition.kbps == pytest.approx(path.stat().st_size * 8 / 3000, abs=1)
        assert rendition.encode_seconds is not None
    assert storage().names("masters") == []
    assert list((storage().root / "tmp").iterdir()) == []
    assert overall().is_over
    db.session.rollback()


def test_a_rung_that_cannot_be_made_says_why(app: Flask, silent: Path) -> None:
    """Its original is spoilt after it was taken in: three tries, then it waits for a person."""
    with committing():
        original = add_original(silent)
    storage().path(original.storage_name).write_bytes(b"spoilt" * 1000)
    for _ in range(jobs.TRIES):
        with committing():
            db.session.execute(Job.__table__.update().values(run_at=original.added_at))
        do_all_work()
    db.session.expire_all()
    assert {each.state for each in original.renditions} == {RenditionState.FAILED}
    assert all("ffmpeg" in each.error for each in original.renditions)
    assert overall().is_over
    db.session.rollback()
    with committing():
        reconcile()
    db.session.expire_all()
    assert {each.state for each in original.renditions} == {RenditionState.FAILED}
    assert list((storage().root / "tmp").iterdir()) == []
    db.session.rollback()


def test_a_hub_takes_in_but_never_encodes(make_app: Any, silent: Path) -> None:
    app = make_app(YACHAY_ROLE="hub")
    with app.app_context():
        with committing():
            add_original(silent)
        with committing():
            reconcile()
        assert db.session.scalars(select(Job)).all() == []
        assert len(db.session.scalars(select(Rendition)).all()) == 4
        db.session.rollback()
