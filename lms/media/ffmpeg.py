"""ffmpeg, the one program that encodes: how it is started, watched and stopped.

It comes with the PyPI package imageio-ffmpeg and runs as a process of its own. Start it from a
thread that lives as long as the work (see `guarding`).
"""

import select
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import IO

from lms.media.accepting import LIMITS
from lms.media.guarding import guarded

Share = Callable[[float], None]  # told how much is done, 0 to 1; may raise to stop the work

_MEMORY_BYTES = 6 * 1024**3  # of addresses, most of them thread stacks; 200 MB are really used
_STALLED_SECONDS = 300
_TELL_SECONDS = 1.0


class EncodingFailed(Exception):
    """ffmpeg ended badly; the message is the end of what it said."""


@cache
def executable() -> str:
    """The path of the ffmpeg that was installed with us."""
    import imageio_ffmpeg

    return str(imageio_ffmpeg.get_ffmpeg_exe())


def untrusted_input(path: str, demuxer: str) -> list[str]:
    """Input arguments for an upload: one demuxer, no other file or address, bounded pictures."""
    return [
        "-protocol_whitelist", "file,pipe", "-format_whitelist", demuxer, "-max_streams", "200",
        "-max_pixels", str(LIMITS.pixels), "-f", demuxer, "-i", f"file:{path}",
    ]


def run(arguments: Sequence[str], duration_seconds: float, share: Share | None = None) -> str:
    """Run to the end; EncodingFailed if it fails or stalls. Returns what it said on stderr.

    `share` is told about once a second; when it raises, ffmpeg is killed and the error goes on.
    """
    command = guarded(
        [executable(), "-nostdin", "-hide_banner", "-nostats", "-progress", "pipe:1", "-y",
         *arguments],
        memory_bytes=_MEMORY_BYTES,
        file_bytes=LIMITS.file_bytes,
    )
    with tempfile.TemporaryFile() as said:
        # A session of its own: Ctrl-C reaches us only, else ffmpeg would end its file early
        # and politely, and the file would look whole.
        with subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=said,
            start_new_session=True,
        ) as process:
            try:
                _watch(process, duration_seconds, share)
                code = process.wait()
            except BaseException:
                process.kill()
                raise
        said.seek(0)
        text = said.read().decode(errors="replace")
    if code != 0:
        raise EncodingFailed(f"ffmpeg ended with {code}: {text[-600:].strip()}")
    return text


def _watch(process: subprocess.Popen[bytes], duration: float, share: Share | None) -> None:
    pipe = process.stdout
    assert pipe is not None  # noqa: S101  it was asked for in Popen
    told = time.monotonic()
    furthest = 0.0
    moved = [told]
    for line in _lines(pipe, moved):
        if not line.startswith(b"out_time_us=") or line.endswith(b"N/A"):
            continue
        at = int(line.split(b"=")[1]) / 1_000_000
        now = time.monotonic()
        if at > furthest:
            furthest, moved[0] = at, now
        if share is not None and now - told >= _TELL_SECONDS:
            told = now
            share(min(1.0, furthest / duration) if duration else 0.0)


def _lines(pipe: IO[bytes], moved: list[float]) -> Iterator[bytes]:
    """The lines as they come; EncodingFailed when `moved[0]` is too long ago."""
    waiting = b""
    while True:
        left = moved[0] + _STALLED_SECONDS - time.monotonic()
        if left <= 0 or not select.select([pipe], [], [], left)[0]:
            raise EncodingFailed("ffmpeg stood still and was stopped")
        piece = pipe.read1(65536)  # type: ignore[attr-defined]
        if not piece:
            return
        *whole, waiting = (waiting + piece).split(b"\n")
        yield from (line.strip() for line in whole)
