"""Measuring an upload in a child process that is bounded in memory, time and what it may open.

One decoded frame of a 3 MB file took 404 MB, and a crash in libav must not stop the school: PyAV
is imported only in the child (`probe_child.py`), which dies with us.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from lms.media.accepting import LIMITS, Limits, Unacceptable, Why, judge, kind_of
from lms.media.guarding import guarded
from lms.media.ladder import Source

MEMORY_BYTES = 1024**3
CPU_SECONDS = 60
WALL_SECONDS = 120

_HDR_TRANSFERS = {16, 18}  # SMPTE 2084 (PQ) and ARIB B67 (HLG), as libav numbers them


@dataclass(frozen=True)
class Probe:
    """What an accepted file is; `demuxer` and the stream indexes are what ffmpeg is told to use.

    `width` and `height` are as a viewer sees them: turned upright, with square points.
    """

    demuxer: str
    file_bytes: int
    duration_seconds: float
    picture_index: int | None
    sound_index: int | None
    width: int | None
    height: int | None
    fps: Fraction | None
    is_variable: bool
    rotation: int
    video_codec: str | None
    audio_codec: str | None
    is_hdr: bool

    @property
    def source(self) -> Source:
        """What the ladder asks."""
        return Source(
            duration_seconds=self.duration_seconds,
            width=self.width,
            height=self.height,
            fps=self.fps,
            has_sound=self.sound_index is not None,
            is_hdr=self.is_hdr,
        )


def probe(path: Path, limits: Limits = LIMITS) -> Probe:
    """Measure a file; Unacceptable says why it is refused. Bounded in memory and time."""
    size = path.stat().st_size
    if size > limits.file_bytes:
        raise Unacceptable(Why.TOO_BIG, size // 10**6, limits.file_bytes // 10**6)
    with path.open("rb") as file:
        demuxer = kind_of(file.read(2048))
    facts = _measured(path, demuxer, limits)
    if demuxer not in _HONEST_LENGTHS:
        facts["duration"] = min(float(facts["duration"]), float(facts.get("ended") or 0))
    judge(facts, limits)
    return _as_probe(demuxer, size, facts)


# Containers that write their length down; elsewhere it is a guess from the bitrate.
_HONEST_LENGTHS = {"mov", "matroska", "avi", "wav", "flac", "flv", "asf"}


def _measured(path: Path, demuxer: str, limits: Limits) -> dict[str, Any]:
    child = Path(__file__).with_name("probe_child.py")
    command = guarded(
        [
            sys.executable, "-I", str(child), f"file:{path.absolute()}", demuxer,
            json.dumps(limits.as_json()),
        ],
        memory_bytes=MEMORY_BYTES,
        cpu_seconds=CPU_SECONDS,
        file_bytes=0,
    )
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=WALL_SECONDS,
            check=False, start_new_session=True,
        )
    except subprocess.TimeoutExpired:
        raise Unacceptable(Why.TOO_DEAR) from None
    if done.returncode in (-9, -24, 137, 152):
        raise Unacceptable(Why.TOO_DEAR)
    try:
        facts: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        # libav crashed or ran out of its memory before it could answer.
        raise Unacceptable(Why.BROKEN) from None
    return facts


def _as_probe(demuxer: str, size: int, facts: dict[str, Any]) -> Probe:
    picture, sound = facts["picture"], facts["sound"]
    width, height = _upright(picture) if picture else (None, None)
    return Probe(
        demuxer=demuxer,
        file_bytes=size,
        duration_seconds=round(float(facts["ended"]), 3),
        picture_index=picture["index"] if picture else None,
        sound_index=sound["index"] if sound else None,
        width=width,
        height=height,
        fps=Fraction(*picture["fps"]) if picture else None,
        is_variable=bool(picture and picture["is_variable"]),
        rotation=picture["rotation"] if picture else 0,
        video_codec=picture["codec"] if picture else None,
        audio_codec=sound["codec"] if sound else None,
        is_hdr=bool(picture and picture["transfer"] in _HDR_TRANSFERS),
    )


def _upright(picture: dict[str, Any]) -> tuple[int, int]:
    shape = Fraction(*picture["shape"]) if picture["shape"][0] and picture["shape"][1] else 1
    width, height = round(picture["width"] * shape), picture["height"]
    return (height, width) if picture["rotation"] in (90, 270) else (width, height)
