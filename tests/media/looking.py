"""What a finished file really is, read by a second program (PyAV) to its last frame."""

import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av

from lms.media.ffmpeg import executable


@dataclass
class Seen:
    """What was found by decoding everything."""

    streams: list[str]
    video_codec: str | None
    audio_codec: str | None
    width: int | None
    height: int | None
    fps: float | None
    pictures: int
    seconds: float
    sound_seconds: float
    metadata: dict[str, str]


def looked_at(path: Path) -> Seen:
    """Decode the whole file; an error in it is an error here."""
    with av.open(str(path)) as file:
        video = file.streams.video[0] if file.streams.video else None
        audio = file.streams.audio[0] if file.streams.audio else None
        times: list[float] = []
        samples = 0
        for frame in file.decode(*[stream for stream in (video, audio) if stream]):
            if isinstance(frame, av.VideoFrame):
                times.append(float(frame.time or 0))
            else:
                samples += frame.samples
        pace = (len(times) - 1) / (times[-1] - times[0]) if len(times) > 1 else None
        return Seen(
            streams=[stream.type for stream in file.streams],
            video_codec=video.codec_context.name if video else None,
            audio_codec=audio.codec_context.name if audio else None,
            width=video.width if video else None,
            height=video.height if video else None,
            fps=pace,
            pictures=len(times),
            seconds=(times[-1] - times[0] + 1 / pace) if pace else 0.0,
            sound_seconds=samples / audio.rate if audio else 0.0,
            metadata=_metadata(file),
        )


def first_light_and_sound(path: Path) -> tuple[float, float]:
    """When the first bright picture and the first loud sample are due, in seconds."""
    light = sound = None
    with av.open(str(path)) as file:
        for frame in file.decode(video=0, audio=0):
            plane = bytes(frame.planes[0])
            if isinstance(frame, av.VideoFrame):
                if light is None and sum(plane[::97]) / len(plane[::97]) > 120:
                    light = frame.time
            elif sound is None:
                samples = memoryview(plane).cast(_FORMATS[frame.format.name])
                loud = 0.05 if frame.format.name.startswith("flt") else 1600
                at = next((i for i, each in enumerate(samples) if abs(each) > loud), None)
                sound = None if at is None else frame.time + at / frame.sample_rate
    assert light is not None
    assert sound is not None
    return light, sound


_FORMATS = {"fltp": "f", "flt": "f", "s16": "h", "s16p": "h"}


def _metadata(file: Any) -> dict[str, str]:
    found = dict(file.metadata)
    for stream in file.streams:
        found |= stream.metadata
    return found


def is_red(path: Path, *, left: bool) -> bool:
    """Whether the named half of the first picture is mostly red."""
    command = [
        executable(), "-nostdin", "-loglevel", "error", "-i", str(path), "-frames:v", "1",
        "-vf", "format=gbrp,scale=2:1:flags=area", "-f", "rawvideo", "-pix_fmt", "rgb24", "-",
    ]
    points = subprocess.run(command, check=True, capture_output=True).stdout
    red, green, blue = points[:3] if left else points[3:]
    return red > 120 > max(green, blue)
