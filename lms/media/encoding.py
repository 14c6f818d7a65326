"""Making one rung with ffmpeg: the arguments that were measured, and nothing of the original left.

The same original gives the same bytes twice (`bitexact`), so a rung that is made again after a
crash takes the same name. Metadata is dropped: phones write where they were.
"""

import time
from pathlib import Path

from lms.media import ffmpeg
from lms.media.ladder import Picture, Plan, h264_level
from lms.media.probing import Probe

_TONED_DOWN = (
    "zscale=t=linear:npl=203,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0,"
    "zscale=t=bt709:m=bt709:r=tv,format=yuv420p"
)


def encode(
    plan: Plan,
    original: Path,
    probe: Probe,
    master: Path | None,
    out: Path,
    share: ffmpeg.Share | None = None,
) -> float:
    """Make the file of `plan` at `out`; returns the seconds it took. EncodingFailed if it cannot.

    `master` is the levelled sound (`loudness.make_master`); None exactly when there is no sound.
    """
    began = time.monotonic()
    ffmpeg.run(arguments(plan, original, probe, master, out), probe.duration_seconds, share)
    return round(time.monotonic() - began, 2)


def arguments(
    plan: Plan, original: Path, probe: Probe, master: Path | None, out: Path
) -> list[str]:
    """The whole argument list after the program's own options."""
    inputs: list[str] = []
    maps: list[str] = []
    if plan.picture:
        inputs += ffmpeg.untrusted_input(str(original), probe.demuxer)
        maps += ["-map", f"0:{probe.picture_index}"]
    if plan.audio_codec and master is not None:
        maps += ["-map", f"{1 if plan.picture else 0}:a:0"]
        inputs += ["-f", "flac", "-i", f"file:{master}"]
    return [
        "-loglevel", "error", "-fflags", "+bitexact", *inputs, *maps,
        "-map_metadata", "-1", "-map_chapters", "-1", "-sn", "-dn",
        "-flags:v", "+bitexact", "-flags:a", "+bitexact", "-fflags", "+bitexact",
        "-t", f"{probe.duration_seconds + 0.1:.3f}",
        *(_picture(plan.picture, probe) if plan.picture else ["-vn"]),
        *(_sound(plan) if plan.audio_codec else ["-an"]),
        *_container(plan), f"file:{out}",
    ]


def _picture(picture: Picture, probe: Probe) -> list[str]:
    rate = picture.fps
    second = max(1, round(rate))
    chain = [
        # Pictures that come unevenly are set to an even pace, from the original's zero on.
        f"fps={rate.numerator}/{rate.denominator}:start_time=0",
        f"scale={picture.width}:{picture.height}:flags=lanczos",
        *([_TONED_DOWN] if probe.is_hdr else []),
        "setsar=1",
    ]
    bounds = [
        "-crf", str(picture.crf), "-maxrate", f"{picture.cap_kbps}k",
        "-bufsize", f"{2 * picture.cap_kbps}k", "-g", str(10 * second), "-pix_fmt", "yuv420p",
    ]
    if picture.codec == "av1":
        codec = ["-c:v", "libsvtav1", "-preset", "6"]
    else:
        codec = [
            "-c:v", "libx264", "-preset", "slow", "-profile:v", "main",
            "-level:v", str(h264_level(picture)), "-keyint_min", str(second),
        ]
    return ["-vf", ",".join(chain), *codec, *bounds]


def _sound(plan: Plan) -> list[str]:
    rate = f"{plan.audio_kbps}k"
    if plan.audio_codec == "opus":
        frame = "60" if plan.audio_kbps <= 16 else "20"
        return [
            "-c:a", "libopus", "-b:a", rate, "-vbr", "on", "-application", "voip",
            "-frame_duration", frame, "-ac", "1",
        ]
    if plan.audio_codec == "mp3":
        return ["-c:a", "libmp3lame", "-b:a", rate, "-ar", "22050", "-ac", "1"]
    return ["-c:a", "aac", "-b:a", rate, "-ac", "1"]


def _container(plan: Plan) -> list[str]:
    """What decides when the picture starts: the index in front, small clusters or fragments."""
    if plan.container == "webm":
        return ["-f", "webm", "-cues_to_front", "1"]
    if plan.container == "mp4":
        flags = "+frag_keyframe+empty_moov+default_base_moof+global_sidx+skip_trailer"
        return ["-f", "mp4", "-movflags", flags, "-frag_duration", "4000000"]
    return ["-f", "mp3", "-id3v2_version", "0", "-write_xing", "1"]
