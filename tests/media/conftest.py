"""Clips made by ffmpeg, once for all tests of this folder; each is some seconds and some kB."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from lms.media import reading
from lms.media.ffmpeg import executable
from lms.media.models import Rendition
from lms.media.reading import Openness
from tests.media.renditions import BODY, add_rendition

Make = Callable[..., Path]

PICTURE = "testsrc2=s=640x480:r=25"
VOICE = "sine=f=300:r=44100,tremolo=f=3:d=0.8,volume=0.2"


def ffmpeg(*arguments: object) -> None:
    """Run ffmpeg; its complaint is the test's."""
    done = subprocess.run(
        [executable(), "-nostdin", "-loglevel", "error", "-y", *map(str, arguments)],
        check=False, capture_output=True,
    )
    assert done.returncode == 0, done.stderr.decode()


@pytest.fixture(scope="session")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """`clips("name.mp4", *arguments)`: the file that ffmpeg makes of them, made once."""
    folder = tmp_path_factory.mktemp("clips")

    def make(name: str, *arguments: object) -> Path:
        path = folder / name
        if not path.exists():
            ffmpeg(*arguments, path)
        return path

    return make


@pytest.fixture(scope="session")
def lesson(clips: Make) -> Path:
    """Three seconds of picture and stereo sound, as a camera writes them, with where it was."""
    return clips(
        "lesson.mp4", "-f", "lavfi", "-i", PICTURE, "-f", "lavfi", "-i", VOICE, "-t", 3,
        "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p",
        "-c:a", "aac", "-ac", 2, "-metadata", "title=Casa de Rosa",
        "-metadata", "location=-12.0464-077.0428/", "-movflags", "+use_metadata_tags",
    )


@pytest.fixture(scope="session")
def silent(clips: Make) -> Path:
    """The same without a sound, two seconds, small."""
    return clips(
        "silent.mp4", "-f", "lavfi", "-i", "testsrc2=s=320x240:r=10", "-t", 2,
        "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p",
    )


@pytest.fixture(scope="session")
def sound_only(clips: Make) -> Path:
    """A voice message: AAC in MP4."""
    return clips("voice.m4a", "-f", "lavfi", "-i", VOICE, "-t", 2, "-c:a", "aac")


@pytest.fixture
def openness(monkeypatch: pytest.MonkeyPatch) -> Callable[[Openness, Openness], None]:
    """`openness(to_strangers, to_persons)`: what the floors above answer in this test."""

    def say(to_strangers: Openness, to_persons: Openness) -> None:
        answer = lambda person, _: to_strangers if person is None else to_persons  # noqa: E731
        monkeypatch.setattr(reading, "readers", [answer])

    return say


@pytest.fixture
def stored(app: Flask) -> Rendition:
    """A ready rendition whose bytes are known."""
    return add_rendition(BODY)
