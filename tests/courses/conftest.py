"""The example course, and a small tree of units whose people look at it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from lms.core.db import db
from tests.courses.packages import make_video, write_example


@pytest.fixture(scope="session")
def videos(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two small videos that differ, made once."""
    folder = tmp_path_factory.mktemp("videos")
    return make_video(folder / "one.mp4"), make_video(folder / "two.mp4", hue=90)


@pytest.fixture
def example(tmp_path: Path, videos: tuple[Path, Path]) -> Path:
    """The course of docs/course-format.md as a folder."""
    return write_example(tmp_path / "mi-tienda", *videos)


@pytest.fixture
def lms(app: Flask) -> Callable[..., tuple[int, str]]:
    """`lms("check", folder)`: the command's exit code and everything it printed."""
    from lms.courses.cli import courses

    def run(*arguments: object) -> tuple[int, str]:
        db.session.commit()
        result = app.test_cli_runner().invoke(courses, [str(one) for one in arguments])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.output

    return run
