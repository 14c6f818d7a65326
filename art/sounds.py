"""Makes the three tunes of `lms/static/sounds/`: python art/sounds.py (needs imageio-ffmpeg).

A plucked string after Karplus and Strong, tuned like a charango: a burst of noise goes round a
short loop and is smoothed at each turn. The noise is seeded, so the same bytes come out again.
"""

import array
import random
import subprocess
import wave
from pathlib import Path
from tempfile import TemporaryDirectory

import imageio_ffmpeg

RATE = 48000
SOUNDS = Path(__file__).resolve().parent.parent / "lms" / "static" / "sounds"

# name: (seconds, [(begin in s, frequency in Hz, loudness 0-1, damping 0-1)]), soft and quiet.
TUNES = {
    "right": (1.0, [(0.0, 659.3, 0.55, 0.996), (0.16, 987.8, 0.6, 0.997)]),
    "not-yet": (0.9, [(0.0, 220.0, 0.5, 0.993)]),
    "finished": (
        2.4,
        [
            (0.0, 440.0, 0.5, 0.996), (0.18, 523.3, 0.5, 0.996), (0.36, 659.3, 0.5, 0.997),
            (0.62, 587.3, 0.5, 0.996), (0.8, 659.3, 0.5, 0.997), (1.06, 880.0, 0.6, 0.998),
            (1.07, 659.3, 0.35, 0.998), (1.08, 440.0, 0.35, 0.998),
        ],
    ),
}


def pluck(frequency: float, seconds: float, damping: float, seed: int) -> list[float]:
    """One string's sound, as samples between -1 and 1."""
    noise = random.Random(seed)  # noqa: S311 - a sound, not a secret
    loop = [noise.uniform(-1, 1) for _ in range(round(RATE / frequency))]
    for _ in range(3):  # a finger, not a pick: the sharpest overtones go first
        loop = [(a + b) / 2 for a, b in zip(loop, loop[1:] + loop[:1], strict=True)]
    sound = []
    for at in range(round(seconds * RATE)):
        here = at % len(loop)
        sound.append(loop[here])
        loop[here] = damping * 0.5 * (loop[here] + loop[(here + 1) % len(loop)])
    return sound


def tune(seconds: float, notes: list[tuple[float, float, float, float]]) -> bytes:
    """All notes over each other, faded out, as 16-bit mono."""
    mixed = [0.0] * round(seconds * RATE)
    for seed, (begin, frequency, loudness, damping) in enumerate(notes):
        start = round(begin * RATE)
        strings = pluck(frequency, seconds - begin, damping, seed)
        for at, value in enumerate(strings):
            mixed[start + at] += value * loudness
    top = max(abs(value) for value in mixed)
    fade = RATE // 5
    last = len(mixed)
    samples = (
        round(value / top * 15000 * min(1.0, (last - at) / fade)) for at, value in enumerate(mixed)
    )
    return array.array("h", samples).tobytes()


def main() -> None:
    """Write each tune as Opus in WebM, and as MP3 for older browsers."""
    SOUNDS.mkdir(parents=True, exist_ok=True)
    for name, (seconds, notes) in TUNES.items():
        with TemporaryDirectory() as folder:
            source = Path(folder, "tune.wav")
            with wave.open(str(source), "wb") as file:
                file.setnchannels(1)
                file.setsampwidth(2)
                file.setframerate(RATE)
                file.writeframes(tune(seconds, notes))
            encode(source, SOUNDS / f"{name}.webm", "-c:a", "libopus", "-b:a", "12k")
            old = ["-ar", "16000", "-c:a", "libmp3lame", "-b:a", "16k"]
            encode(source, SOUNDS / f"{name}.mp3", *old)


def encode(source: Path, target: Path, *how: str) -> None:
    """Run ffmpeg; the same bytes each time, and no word about the maker."""
    ffmpeg = imageio_ffmpeg.get_ffmpeg_exe()
    plain = ["-fflags", "+bitexact", "-flags:a", "+bitexact", "-map_metadata", "-1"]
    quiet = ["-nostdin", "-y", "-loglevel", "error"]
    tags = ["-id3v2_version", "0", "-write_xing", "0"] if target.suffix == ".mp3" else []
    order = [ffmpeg, *quiet, "-i", str(source), *plain, *how, *tags, str(target)]
    subprocess.run(order, check=True)


if __name__ == "__main__":
    main()
