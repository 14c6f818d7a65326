"""An import that ends early, by an error or by being killed, leaves nothing; nor does it lock."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, insert, select

from lms.core import clock, jobs
from lms.core.db import committing, db, short_transaction
from lms.core.storage import storage
from lms.courses import queries, storing
from lms.courses.importing import import_course
from lms.courses.models import Course, CourseFile, CourseVersion, Lesson, VersionContent
from lms.courses.signals import published
from lms.courses.storing import ChangedMeanwhileError
from lms.media.models import Original
from lms.people.models import Tombstone
from tests.courses.packages import change

Command = Callable[..., tuple[int, str]]


def rows() -> int:
    """Rows of everything that an import writes."""
    db.session.rollback()
    tables = (Course, CourseVersion, Lesson, CourseFile, VersionContent, Original, jobs.Job)
    return sum(
        db.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables
    )


def files() -> list[str]:
    """Everything in the storage."""
    root = storage().root
    return sorted(str(one.relative_to(root)) for one in root.rglob("*") if one.is_file())


@contextmanager
def listening(act: Callable[..., None]) -> Iterator[None]:
    """Let `act` hear of published versions."""
    with published.connected_to(act):
        yield


def test_an_error_at_the_very_end_leaves_nothing(app: Flask, example: Path) -> None:
    heard = []

    def fail(_sender: object, **told: object) -> None:
        heard.append(told)
        raise OSError("the disk is full")

    with listening(fail), pytest.raises(OSError, match="full"):
        import_course(example)
    assert heard
    assert (rows(), files()) == (0, [])
    db.session.rollback()
    assert import_course(example).is_new


def test_an_error_keeps_what_others_use(app: Flask, example: Path) -> None:
    import_course(example)
    before = rows(), files()
    change(example, "course.toml", 'title.es = "Mi tienda"', 'title.es = "Otra"')

    def fail(_sender: object, **_told: object) -> None:
        raise OSError("the disk is full")

    db.session.rollback()
    with listening(fail), pytest.raises(OSError, match="full"):
        import_course(example)
    assert (rows(), files()) == before


def test_a_refused_video_leaves_nothing(app: Flask, lms: Command, example: Path) -> None:
    video = example / "lessons" / "la-ganancia" / "es.mp4"
    video.write_bytes(video.read_bytes()[:4000])
    code, words = lms("import", example)
    assert code == 1
    assert "lessons/la-ganancia/es.mp4:" in words
    assert (rows(), files()) == (0, [])


def test_a_file_that_changes_meanwhile_is_not_imported(app: Flask, example: Path) -> None:
    poster = example / "lessons" / "el-cuaderno" / "poster.svg"

    def meddle(_share: float, _note: str) -> None:
        poster.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')

    with pytest.raises(ChangedMeanwhileError):
        import_course(example, tell=meddle)
    assert (rows(), files()) == (0, [])


def test_others_can_write_while_videos_are_measured(app: Flask, example: Path) -> None:
    wrote = []

    def write(_share: float, _note: str) -> None:
        with short_transaction() as connection:
            connection.execute(insert(Tombstone), [{"uuid": uuid4(), "erased_at": clock.now()}])
        wrote.append(1)

    assert import_course(example, tell=write).is_new
    assert len(wrote) > 2


def test_it_refuses_to_begin_inside_a_transaction(app: Flask, example: Path) -> None:
    queries.courses_for(None)
    with pytest.raises(RuntimeError):
        import_course(example)
    db.session.rollback()


KILLED = """
    import os, signal, sys
    from pathlib import Path
    from lms.factory import create_app
    from lms.courses import importing
    app = create_app()
    def die(*_a, **_k):
        os.kill(os.getpid(), signal.SIGKILL)
    where = sys.argv[2]
    if where == "publishing":
        importing.published.connect(die, weak=False)
    with app.app_context():
        importing.import_course(
            Path(sys.argv[1]),
            tell=lambda share, note: die() if where == "storing" and share > 0.5 else None,
        )
"""


@pytest.mark.parametrize("where", ["storing", "publishing"])
def test_a_killed_import_is_swept(
    app: Flask, example: Path, where: str, environment: Callable[..., dict[str, str]]
) -> None:
    given = environment(app.config["SQLALCHEMY_DATABASE_URI"], storage().root)
    ended = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(KILLED), str(example), where],
        env={**os.environ, **given}, check=False, capture_output=True,
        cwd=Path(__file__).parents[2],
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
    assert rows() == 0
    left = [name for name in files() if not name.startswith("tmp/")]
    assert left
    for name in files():
        long_ago = time.time() - 7 * 3600
        os.utime(storage().root / name, (long_ago, long_ago))
    with committing():
        storing.sweep()
    assert [name for name in files() if name.startswith(("sources/", "files/"))] == []
    # The same import goes through afterwards.
    db.session.rollback()
    assert import_course(example).is_new


def test_the_sweep_keeps_what_is_named_and_what_is_young(app: Flask, example: Path) -> None:
    import_course(example)
    kept = files()
    young, old = "sources/" + "a" * 64, "files/" + "b" * 64 + ".svg"
    for name in (young, old):
        storage().path(name).write_bytes(b"x")
    for name in kept:
        os.utime(storage().root / name, (0, 0))
    os.utime(storage().path(old), (0, 0))
    with committing():
        storing.sweep()
    assert files() == sorted([*kept, young])


def test_the_job_imports_and_a_bad_course_is_refused_once(app: Flask, example: Path) -> None:
    with committing():
        jobs.enqueue("courses.import", "mi-tienda", payload={"folder": str(example)})
    work = jobs.claim({"courses.import"})
    assert work is not None
    jobs.perform(work)
    db.session.rollback()
    assert queries.course_by_slug(None, "mi-tienda") is not None
    change(example, "course.toml", "format = 1", "format = 9")
    with committing():
        jobs.enqueue("courses.import", "mi-tienda", payload={"folder": str(example)})
    work = jobs.claim({"courses.import"})
    assert work is not None
    jobs.perform(work)
    db.session.rollback()
    row = db.session.scalar(select(jobs.Job).where(jobs.Job.kind == "courses.import"))
    assert row is not None
    assert row.state == jobs.JobState.FAILED
    assert "course.toml:1" in row.error
