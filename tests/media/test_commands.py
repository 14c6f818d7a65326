"""`lms media`: one file's ladder without a school, and a file given to a running one."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from lms.core.db import db
from lms.core.jobs import Job
from lms.core.storage import storage
from lms.media.models import Original, OriginalHolder
from tests.house.tracked import ROOT
from tests.media.test_importing import do_all_work

Run = Callable[..., "subprocess.CompletedProcess[str]"]
LMS = Path(sys.executable).with_name("lms")


def run_lms(*arguments: object, cwd: Path, **environment: str) -> Any:
    """The command in a process of its own; settings of this machine are not taken over."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("YACHAY_")}
    return subprocess.run(
        [str(LMS), *map(str, arguments)], cwd=cwd, env={**inherited, **environment},
        capture_output=True, text=True, check=False,
    )


def test_a_ladder_needs_no_school(lesson: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = run_lms("media", "ladder", lesson, "--out", "made", "--json", cwd=elsewhere)
    assert done.returncode == 0, done.stderr
    made = json.loads(done.stdout)
    assert [each["file"] for each in made] == [
        "audio-new.webm", "audio-old.mp3", "low-new.webm", "low-old.mp4",
        "mid-new.webm", "mid-old.mp4",
    ]
    everywhere = {"rung", "family", "file", "container", "kbps", "bytes", "encode_seconds"}
    pictured = {"video_codec", "width", "height", "fps"}
    for each in made:
        assert each["family"] in {"new", "old"}
        extra = set() if each["rung"] == "audio" else pictured
        assert set(each) == everywhere | {"audio_codec"} | extra
        assert (elsewhere / "made" / each["file"]).stat().st_size == each["bytes"]
    # No database, no key, no folder of a school came to be.
    assert [path.name for path in elsewhere.iterdir()] == ["made"]


def test_a_refused_file_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_text("#EXTM3U\n/etc/passwd\n")
    done = run_lms("media", "ladder", "film.mp4", "--out", "made", "--json", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "points to other files" in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["film.mp4"]


def test_a_file_given_to_a_running_school(
    app: Flask, world: Any, environment: Any, silent: Path, tmp_path: Path
) -> None:
    """A second process stores it and writes it down; the school's worker makes it."""
    settings = environment(app.config["SQLALCHEMY_DATABASE_URI"], storage().root)
    bad = tmp_path / "bad.mp4"
    bad.write_text("not a film")
    done = run_lms("media", "add", silent, bad, cwd=ROOT, **settings)
    assert done.returncode == 1
    assert "silent.mp4: taken, 4 rungs" in done.stdout
    assert "bad.mp4: This is not a video" in done.stderr
    original = db.session.scalars(select(Original)).one()
    holders = db.session.scalars(select(OriginalHolder.unit_id)).all()
    assert holders == [world.institution.id]
    assert len(db.session.scalars(select(Job)).all()) == 4
    db.session.rollback()
    waiting = run_lms("media", "list", cwd=ROOT, **settings)
    assert original.digest[:12] in waiting.stdout
    assert waiting.stdout.count("waiting") == 4
    do_all_work()
    assert run_lms("media", "list", cwd=ROOT, **settings).stdout.count("ready") == 4
    db.session.expire_all()
    name = original.renditions[0].storage_name
    assert name is not None
    db.session.rollback()
    storage().delete(name)
    checked = run_lms("media", "check", cwd=ROOT, **settings)
    assert checked.returncode == 0
    assert f"missing: {original.digest}:low:new" in checked.stdout
    do_all_work()
    assert "every file is there" in run_lms("media", "check", cwd=ROOT, **settings).stdout


@pytest.mark.parametrize("arguments", [("ladder",), ("add",), ("ladder", "nothing", "--out", "x")])
def test_a_wrong_call_is_explained(arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = run_lms("media", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert "Usage" in done.stderr
