"""Hostile files: each is refused with a clear sentence, and leaves nothing behind."""

import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from lms.core.db import db
from lms.core.jobs import Job
from lms.core.storage import storage
from lms.media.accepting import Unacceptable, Why
from lms.media.guarding import guarded
from lms.media.importing import add_original
from lms.media.making import make_ladder
from lms.media.models import Original
from tests.media.conftest import Make

SECRET = "the server's own secret"

TEXTS = {
    "m3u8": (Why.PLAYLIST, "#EXTM3U\n#EXTINF:10,\nfile://{secret}\n#EXT-X-ENDLIST\n"),
    "m3u8 after blanks": (Why.PLAYLIST, "\ufeff\n  #EXTM3U\nhttp://127.0.0.1:9/x.ts\n"),
    "concat": (Why.PLAYLIST, "ffconcat version 1.0\nfile {secret}\n"),
    "dash": (Why.PLAYLIST, '<?xml version="1.0"?><MPD><BaseURL>{secret}</BaseURL></MPD>'),
    "sdp": (Why.PLAYLIST, "v=0\no=- 0 0 IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n"),
    "text": (Why.UNKNOWN, "This is not a video at all. " * 100),
    "page": (Why.UNKNOWN, "<!doctype html><title>x</title>"),
    "program": (Why.UNKNOWN, "\x7fELF and so on"),
    "empty": (Why.EMPTY, ""),
}


def _hours(clips: Make) -> Path:
    return clips(
        "hours.mp4", "-f", "lavfi", "-i", "color=s=64x64:r=1/60", "-t", 8 * 3600,
        "-c:v", "libx264", "-pix_fmt", "yuv420p",
    )


def _cut(path: Path, share: float) -> Path:
    cut = path.with_name(f"cut-{share}-{path.name}")
    cut.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    return cut


def _moov_in_front(clips: Make, lesson: Path) -> Path:
    return _cut(clips("front.mp4", "-i", lesson, "-c", "copy", "-movflags", "+faststart"), 0.6)


def _endless_index(clips: Make, silent: Path) -> Path:
    """An index that promises 268 million samples: libav makes room for each of them."""
    body = bytearray(silent.read_bytes())
    sizes, times = body.index(b"stsz"), body.index(b"stts")
    body[sizes + 8 : sizes + 16] = struct.pack(">II", 1, 0x0FFFFFFF)
    body[times + 8 : times + 20] = struct.pack(">III", 1, 0x0FFFFFFF, 1)
    bomb = silent.with_name("bomb.mp4")
    bomb.write_bytes(body)
    return bomb


FILES: dict[str, tuple[set[Why], Callable[[Make, Path, Path], Path]]] = {
    "8 hours": ({Why.TOO_LONG}, lambda clips, _lesson, _silent: _hours(clips)),
    "20,000 points wide": (
        {Why.TOO_WIDE},
        lambda clips, _lesson, _silent: clips(
            "wide.avi", "-f", "lavfi", "-i", "color=s=20000x64:r=5", "-t", 1, "-c:v", "mjpeg",
        ),
    ),
    "20,000 points high": (
        {Why.TOO_WIDE},
        lambda clips, _lesson, _silent: clips(
            "high.mkv", "-f", "lavfi", "-i", "color=s=64x20000:r=5", "-t", 1, "-c:v", "mjpeg",
        ),
    ),
    "one point": (
        {Why.TOO_SMALL},
        lambda clips, _lesson, _silent: clips(
            "point.mkv", "-f", "lavfi", "-i", "color=s=1x1:r=5", "-t", 1, "-c:v", "ffv1",
        ),
    ),
    "40 streams": (
        {Why.TOO_MANY_STREAMS},
        lambda clips, _lesson, silent: clips(
            "many.mkv", "-i", silent, *["-map", "0:v"] * 40, "-c", "copy",
        ),
    ),
    "300 streams": (
        {Why.TOO_MANY_STREAMS, Why.BROKEN},
        lambda clips, _lesson, silent: clips(
            "crowd.mkv", "-i", silent, *["-map", "0:v"] * 300, "-c", "copy",
        ),
    ),
    "cut before its index": ({Why.BROKEN}, lambda _clips, lesson, _silent: _cut(lesson, 0.6)),
    "cut behind its index": (
        {Why.TRUNCATED}, lambda clips, lesson, _silent: _moov_in_front(clips, lesson),
    ),
    "only a beginning": ({Why.BROKEN}, lambda _clips, lesson, _silent: _cut(lesson, 0.001)),
    "no time at all": (
        {Why.TOO_SHORT},
        lambda clips, _lesson, _silent: clips(
            "blink.mp4", "-f", "lavfi", "-i", "testsrc2=s=320x240:r=25", "-frames:v", 2,
            "-c:v", "libx264", "-pix_fmt", "yuv420p",
        ),
    ),
    "a way of writing that is not on the list": (
        {Why.CODEC},
        lambda clips, _lesson, _silent: clips(
            "rare.avi", "-f", "lavfi", "-i", "testsrc2=s=320x240:r=5", "-t", 1, "-c:v", "cinepak",
        ),
    ),
    "only words": (
        {Why.NOTHING},
        lambda clips, _lesson, _silent: clips(
            "words.mkv", "-f", "lavfi", "-i", "anullsrc", "-i", _subtitles(clips), "-map", 1,
            "-c:s", "srt",
        ),
    ),
    "an endless index": (
        {Why.BROKEN, Why.TOO_LONG, Why.TRUNCATED, Why.TOO_DEAR},
        lambda clips, _lesson, silent: _endless_index(clips, silent),
    ),
}


def _subtitles(clips: Make) -> Path:
    path = clips("nothing.wav", "-f", "lavfi", "-i", "anullsrc", "-t", 1).with_name("words.srt")
    path.write_text("1\n00:00:00,000 --> 00:00:02,000\nhola\n")
    return path


@pytest.fixture
def refused(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], Why]:
    """`refused(path)`: both doors refuse the file and nothing is left; the reason."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))

    def check(path: Path) -> Why:
        with pytest.raises(Unacceptable) as first:
            make_ladder(path, tmp_path / "out")
        with pytest.raises(Unacceptable) as second:
            add_original(path)
        assert first.value.why is second.value.why
        assert len(str(first.value)) > 15
        assert "%" not in str(first.value)
        assert not (tmp_path / "out").exists()
        assert list(scratch.iterdir()) == []
        left = [found for found in storage().root.rglob("*") if found.is_file()]
        assert left == []
        assert list((storage().root / "tmp").iterdir()) == []
        assert db.session.scalar(select(func.count(Original.id))) == 0
        assert db.session.scalar(select(func.count(Job.id))) == 0
        return first.value.why

    return check


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("suffix", [".mp4", ".m3u8"])
def test_a_text_is_never_opened(
    name: str, suffix: str, refused: Callable[[Path], Why], tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    why, text = TEXTS[name]
    path = tmp_path / f"film{suffix}"
    path.write_text(text.replace("{secret}", str(secret)), encoding="utf-8")
    assert refused(path) is why


@pytest.mark.parametrize("name", FILES)
def test_a_film_that_asks_too_much_is_refused(
    name: str, clips: Make, lesson: Path, silent: Path, refused: Callable[[Path], Why]
) -> None:
    reasons, make = FILES[name]
    assert refused(make(clips, lesson, silent)) in reasons


def test_a_folder_of_one_s_own_is_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("mine")
    bad = tmp_path / "bad.mp4"
    bad.write_text("not a film")
    with pytest.raises(Unacceptable):
        make_ladder(bad, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.mp4", "kept.txt"]


def test_what_we_start_is_bounded_in_memory() -> None:
    greedy = [sys.executable, "-c", "bytearray(900_000_000)"]
    free = subprocess.run(guarded(greedy), check=False, capture_output=True)
    bound = subprocess.run(
        guarded(greedy, memory_bytes=400_000_000), check=False, capture_output=True
    )
    assert free.returncode == 0
    assert b"MemoryError" in bound.stderr


def test_what_we_start_is_bounded_in_time() -> None:
    busy = [sys.executable, "-c", "while True: pass"]
    done = subprocess.run(guarded(busy, cpu_seconds=1), check=False, capture_output=True)
    assert done.returncode in (-9, -24)
