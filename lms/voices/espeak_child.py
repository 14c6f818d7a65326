"""The program that loads espeak-ng and speaks: `python -m lms.voices.espeak_child < order.json`.

It is a process of its own on purpose. The library is under GPL-3 and this is the only file that
loads it, so the school's own process never links it, and a crash in it stops one order only.

The order is JSON on standard input: `{"library", "data", "voice", "words_per_minute", "pitch",
"range", "word_gap", "clips": [{"text", "wav"}]}`. Each clip becomes a mono 16-bit WAV with the
silence before and after it cut off, so that whoever joins clips decides the pauses. Exit code 3:
the library does not know the voice; 2: the library failed.
"""

from __future__ import annotations

import array
import ctypes
import json
import os
import resource
import sys
import tempfile
import wave
from pathlib import Path
from typing import Any

UNKNOWN_VOICE = 3
FAILED = 2
MEMORY_BYTES = 1_000_000_000
CPU_SECONDS = 120

_SYNCHRONOUS = 2
_UTF8 = 1
_RATE, _VOLUME, _PITCH, _RANGE, _WORD_GAP = 1, 2, 3, 4, 7
_QUIET = 80  # of 32,767: below this a sample counts as silence
_LONGEST_DATA_PATH = 120  # espeak-ng keeps it in 160 bytes and adds file names
_Heard = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
)


def main() -> int:
    """Speak the order on standard input; the exit code says how it went."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    order = json.load(sys.stdin)
    with tempfile.TemporaryDirectory() as folder:
        data = order["data"]
        if len(data) > _LONGEST_DATA_PATH:
            short = Path(folder) / "espeak-ng-data"
            short.symlink_to(data)
            data = str(short)
        return _speak(ctypes.CDLL(order["library"]), data, order)


def _speak(espeak: ctypes.CDLL, data: str, order: dict[str, Any]) -> int:
    samples_per_second = espeak.espeak_Initialize(_SYNCHRONOUS, 0, data.encode(), 0)
    if samples_per_second <= 0:
        return FAILED
    if espeak.espeak_SetVoiceByName(order["voice"].encode()) != 0:
        return UNKNOWN_VOICE
    for parameter, value in (
        (_RATE, order["words_per_minute"]), (_PITCH, order["pitch"]), (_RANGE, order["range"]),
        (_WORD_GAP, order["word_gap"]), (_VOLUME, 100),
    ):
        espeak.espeak_SetParameter(parameter, value, 0)
    for clip in order["clips"]:
        # The library carries something over from one text to the next, so that the same words
        # would not be the same bytes. Each clip is spoken by a copy that has said nothing yet.
        copy = os.fork()
        if copy == 0:
            os._exit(_clip(espeak, clip["text"], Path(clip["wav"]), samples_per_second))
        if os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1]) != 0:
            return FAILED
    return 0


def _clip(espeak: ctypes.CDLL, words: str, wav: Path, samples_per_second: int) -> int:
    heard = bytearray()

    @_Heard
    def hear(samples: Any, count: int, _events: Any) -> int:
        if samples and count > 0:
            heard.extend(ctypes.string_at(samples, count * 2))
        return 0

    espeak.espeak_SetSynthCallback(hear)
    text = words.encode()
    if espeak.espeak_Synth(text, len(text) + 1, 0, 0, 0, _UTF8, None, None):
        return FAILED
    _write(wav, _trimmed(heard), samples_per_second)
    return 0


def _trimmed(heard: bytearray) -> array.array[int]:
    samples = array.array("h", bytes(heard))
    loud = [at for at, sample in enumerate(samples) if abs(sample) > _QUIET]
    return samples[loud[0] : loud[-1] + 1] if loud else array.array("h")


def _write(path: Path, samples: array.array[int], samples_per_second: int) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(samples_per_second)
        file.writeframes(samples.tobytes())


if __name__ == "__main__":
    sys.exit(main())
