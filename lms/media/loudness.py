"""One loudness for every lesson: the original's sound becomes one master for all its rungs.

Speech came in between -7.8 and -24.9 LUFS. The sound is mixed down to mono *before* it is
measured (else it ends at -19 instead of -16), measured once, then brought to -16 LUFS.
"""

import json
import math
import re
from pathlib import Path
from typing import Any

from lms.media import ffmpeg
from lms.media.probing import Probe

TARGET = "I=-16:TP=-1.5:LRA=11"
_MONO = "aformat=channel_layouts=mono,aresample=48000:async=1:first_pts=0,highpass=f=80"
_HUSH_LUFS = -55.0  # below it there is only noise, which must not be made loud


def make_master(path: Path, probe: Probe, out: Path, share: ffmpeg.Share | None = None) -> None:
    """Write the levelled mono sound of the original at `path` to `out` (FLAC, 48 kHz).

    It begins at the original's zero, gaps filled, so that it meets the picture. The original
    must have a sound. EncodingFailed when it cannot be decoded.
    """
    measured = _measure(path, probe, share)
    chain = [_MONO]
    if measured is not None:
        chain += [f"loudnorm={TARGET}:{measured}:linear=true", "aresample=48000"]
    # A sound shorter than 3 s leaves loudnorm as one block, too large for FLAC.
    chain.append("asetnsamples=n=4096:p=0")
    ffmpeg.run(
        [
            "-loglevel", "error", "-fflags", "+bitexact",
            *ffmpeg.untrusted_input(str(path), probe.demuxer),
            *_only_sound(probe), "-af", ",".join(chain),
            "-c:a", "flac", "-compression_level", "2", "-sample_fmt", "s16", "-flags", "+bitexact",
            "-f", "flac", f"file:{out}",
        ],
        probe.duration_seconds,
        _second_half(share),
    )


def _measure(path: Path, probe: Probe, share: ffmpeg.Share | None) -> str | None:
    """The first pass: loudnorm's words for the second, or None where there is nothing to raise."""
    said = ffmpeg.run(
        [
            "-loglevel", "info", *ffmpeg.untrusted_input(str(path), probe.demuxer),
            *_only_sound(probe), "-af", f"{_MONO},loudnorm={TARGET}:print_format=json",
            "-f", "null", "-",
        ],
        probe.duration_seconds,
        (lambda done: share(done / 2)) if share else None,
    )
    return second_pass_words(said)


def second_pass_words(said: str) -> str | None:
    """What loudnorm printed in its first pass, as options of the second; None: leave it alone."""
    found = re.findall(r"\{[^{}]*\"input_i\"[^{}]*\}", said)
    if not found:
        return None
    table: dict[str, Any] = json.loads(found[-1])
    loud, peak, spread, threshold, offset = (
        float(table[name])
        for name in ("input_i", "input_tp", "input_lra", "input_thresh", "target_offset")
    )
    if not all(map(math.isfinite, (loud, peak, threshold))) or loud < _HUSH_LUFS:
        return None
    return (
        f"measured_I={min(loud, 0.0)}:measured_TP={peak}:measured_LRA={spread}"
        f":measured_thresh={min(threshold, 0.0)}:offset={offset}"
    )


def _only_sound(probe: Probe) -> list[str]:
    return [
        "-map", f"0:{probe.sound_index}", "-vn", "-sn", "-dn", "-map_metadata", "-1",
        "-t", f"{probe.duration_seconds + 0.1:.3f}",
    ]


def _second_half(share: ffmpeg.Share | None) -> ffmpeg.Share | None:
    return (lambda done: share(0.5 + done / 2)) if share else None
