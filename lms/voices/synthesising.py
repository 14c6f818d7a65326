"""Synthetic speech: which voice a language has, and text to a WAV file by a child process."""

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import espeakng_loader

from lms.core.i18n import languages
from lms.voices import espeak_child

# Chosen for people who hear a school voice for the first time: slow enough to follow in a second
# language, a little lively (range), with a hair's breadth between words (word gap, 10 ms each).
WORDS_PER_MINUTE = 140
PITCH = 48
RANGE = 58
WORD_GAP = 1
LIMIT_SECONDS = 180


class NoVoiceError(Exception):
    """The language has no synthesiser here; the message says where one would be named."""


class SpeechFailedError(Exception):
    """The synthesiser was started and did not give sound."""


def voice_of(tag: str) -> str:
    """The synthesiser's name for the language, such as "es-419"; NoVoiceError if it has none."""
    language = languages().get(tag)
    if language is None:
        raise NoVoiceError(f"no language {tag!r}: there is no translations/{tag}/language.toml")
    if language.voice is None:
        raise NoVoiceError(
            f"{language.name} ({tag}) has no synthesiser: name one as voice in "
            f"translations/{tag}/language.toml, or give a person's recording"
        )
    return language.voice


def speak(text: str, tag: str, out_wav: Path) -> None:
    """Write `text` as spoken in the language `tag` to a mono 16-bit WAV file, without silence
    around it. Raises NoVoiceError or SpeechFailedError."""
    speak_all([(text, out_wav)], tag)


def speak_all(clips: Iterable[tuple[str, Path]], tag: str) -> None:
    """Speak several (text, WAV file) of one language by one child; errors as `speak`."""
    voice = voice_of(tag)
    order = {
        "library": espeakng_loader.get_library_path(),
        "data": espeakng_loader.get_data_path(),
        "voice": voice,
        "words_per_minute": WORDS_PER_MINUTE,
        "pitch": PITCH,
        "range": RANGE,
        "word_gap": WORD_GAP,
        "clips": [{"text": text, "wav": str(wav)} for text, wav in clips],
    }
    try:
        done = subprocess.run(
            ["setpriv", "--pdeathsig", "KILL", "--", sys.executable, "-m", espeak_child.__name__],  # noqa: S607 - found on the path: util-linux puts it in different places
            input=json.dumps(order).encode(), capture_output=True, timeout=LIMIT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise SpeechFailedError(f"speech took more than {LIMIT_SECONDS} seconds") from error
    if done.returncode == espeak_child.UNKNOWN_VOICE:
        raise NoVoiceError(
            f"the synthesiser does not know the voice {voice!r}: correct it in "
            f"translations/{tag}/language.toml"
        )
    if done.returncode != 0:
        last_words = done.stderr.decode(errors="replace").strip()[-300:]
        raise SpeechFailedError(f"speech ended with code {done.returncode}: {last_words}")
