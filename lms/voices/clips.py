"""Short spoken clips for words on the screen: MP3, which every phone of the last decade plays."""

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import imageio_ffmpeg

from lms.voices.synthesising import SpeechFailedError, speak_all

ENDING = "mp3"
LIMIT_SECONDS = 120
AT_ONCE = 20


def clips_of(texts: Sequence[str], tag: str) -> list[bytes]:
    """Each text spoken in the language `tag`, as the bytes of a mono MP3 of 24 kbit/s (3 kB a
    second). The same text is the same bytes. Raises NoVoiceError or SpeechFailedError."""
    if not texts:
        return []
    with tempfile.TemporaryDirectory(prefix="clips-") as name:
        folder = Path(name)
        wavs = [folder / f"{index}.wav" for index in range(len(texts))]
        speak_all(zip(texts, wavs, strict=True), tag)
        for first in range(0, len(wavs), AT_ONCE):
            _encode(wavs[first : first + AT_ONCE])
        return [wav.with_suffix(".mp3").read_bytes() for wav in wavs]


def _encode(wavs: list[Path]) -> None:
    """Write an MP3 beside each WAV, all by one process: starting it takes longer than a clip."""
    given = [part for wav in wavs for part in ("-f", "wav", "-i", str(wav))]
    wanted = [
        part for index, wav in enumerate(wavs) for part in (
            "-map", f"{index}:a:0",
            # A little silence before, because players swallow the first moment.
            "-af", "adelay=120:all=1,apad=pad_dur=0.15", "-ar", "22050", "-ac", "1",
            "-c:a", "libmp3lame", "-b:a", "24k", "-map_metadata", "-1", "-fflags", "+bitexact",
            "-flags:a", "+bitexact", "-id3v2_version", "0", "-write_xing", "0",
            "-f", "mp3", str(wav.with_suffix(".mp3")),
        )
    ]
    command = [
        "setpriv", "--pdeathsig", "KILL", "--", imageio_ffmpeg.get_ffmpeg_exe(),
        "-nostdin", "-hide_banner", "-loglevel", "error", *given, *wanted,
    ]
    try:
        done = subprocess.run(command, capture_output=True, timeout=LIMIT_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise SpeechFailedError(f"clips took more than {LIMIT_SECONDS} seconds") from error
    if done.returncode != 0:
        last_words = done.stderr.decode(errors="replace").strip()[-300:]
        raise SpeechFailedError(f"clips ended with code {done.returncode}: {last_words}")
