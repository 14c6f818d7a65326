"""A storyboard becomes a film: speech, lengths from the sound, stills, one MP4.

The film is an original like any other: H.264 and AAC at good quality, from which the media
feature makes the small renditions. The same storyboard, drawings and voice give the same bytes.
"""

from __future__ import annotations

import array
import subprocess
import tempfile
import wave
from dataclasses import dataclass
from pathlib import Path

import imageio_ffmpeg

from lms.storyboards.captions import SpokenLine, sentences, webvtt
from lms.storyboards.drawing import draw
from lms.storyboards.scenes import Storyboard
from lms.voices.synthesising import speak_all

WIDTH, HEIGHT, FPS = 640, 360, 12
BEFORE_FIRST_SECONDS = 0.7  # players swallow the first moment
BEFORE_SCENE_SECONDS = 0.35  # the eye arrives before the words
BETWEEN_SENTENCES_SECONDS = 0.4
AFTER_LAST_SECONDS = 1.2  # on top of the scene's own pause
SAMPLES_PER_SECOND = 22_050
LIMIT_SECONDS = 300


class RenderingError(Exception):
    """The film could not be made; the message has the encoder's last words."""


@dataclass(frozen=True)
class Rendered:
    """A film: its length, when each scene begins, and what is said when, in seconds."""

    duration_seconds: float
    scene_starts: list[float]
    lines: list[SpokenLine]


def render(storyboard: Storyboard, folder: Path, tag: str, out_mp4: Path) -> Rendered:
    """Make the film in the language `tag`. Working files go to a new folder inside `folder`, which
    is gone afterwards. Raises NoVoiceError, SpeechFailedError, DrawingError, RenderingError."""
    with tempfile.TemporaryDirectory(dir=folder, prefix="film-") as name:
        work = Path(name)
        said = _speak(storyboard, tag, work)
        stills = _draw(storyboard, work)
        sound, frames, lines = _timed(storyboard, said)
        _write_sound(sound, work / "sound.wav")
        _encode(stills, frames, work, out_mp4)
    starts = [sum(frames[:index]) / FPS for index in range(len(frames))]
    return Rendered(sum(frames) / FPS, starts, lines)


def captions_of(rendered: Rendered) -> str:
    """The film's captions as the text of a WebVTT file."""
    return webvtt(rendered.lines)


def _speak(
    storyboard: Storyboard, tag: str, work: Path
) -> list[list[tuple[str, array.array[int]]]]:
    """For each scene its sentences and their samples."""
    words = [sentences(scene.say[tag]) for scene in storyboard.scenes]
    clips = [
        (sentence, work / f"{scene}-{index}.wav")
        for scene, spoken in enumerate(words) for index, sentence in enumerate(spoken)
    ]
    speak_all(clips, tag)
    return [
        [(sentence, _samples(work / f"{scene}-{index}.wav"))
         for index, sentence in enumerate(spoken)]
        for scene, spoken in enumerate(words)
    ]


def _samples(wav: Path) -> array.array[int]:
    with wave.open(str(wav)) as file:
        if file.getframerate() != SAMPLES_PER_SECOND:
            raise RenderingError(f"the voice gave {file.getframerate()} samples a second")
        return array.array("h", file.readframes(file.getnframes()))


def _draw(storyboard: Storyboard, work: Path) -> list[Path]:
    """One PNG for each scene; a drawing used twice is drawn once."""
    pictures = list(dict.fromkeys(scene.picture for scene in storyboard.scenes))
    stills = {picture: work / f"still-{index}.png" for index, picture in enumerate(pictures)}
    draw(list(stills.items()), WIDTH, HEIGHT)
    return [stills[scene.picture] for scene in storyboard.scenes]


def _timed(
    storyboard: Storyboard, said: list[list[tuple[str, array.array[int]]]]
) -> tuple[array.array[int], list[int], list[SpokenLine]]:
    """The whole sound, each scene's length in frames, and the times of the sentences."""
    sound: array.array[int] = array.array("h")
    frames: list[int] = []
    lines: list[SpokenLine] = []

    def rest(seconds: float) -> None:
        sound.extend(array.array("h", bytes(2 * round(seconds * SAMPLES_PER_SECOND))))

    for index, (scene, spoken) in enumerate(zip(storyboard.scenes, said, strict=True)):
        rest(BEFORE_SCENE_SECONDS if index else BEFORE_FIRST_SECONDS)
        for number, (sentence, samples) in enumerate(spoken):
            if number:
                rest(BETWEEN_SENTENCES_SECONDS)
            begins = len(sound) / SAMPLES_PER_SECOND
            sound.extend(samples)
            lines.append(SpokenLine(begins, len(sound) / SAMPLES_PER_SECOND, sentence))
        rest(scene.pause_seconds)
        if index == len(said) - 1:
            rest(AFTER_LAST_SECONDS)
        # A scene ends on a whole frame, so that picture and sound never drift apart.
        ends = -(-len(sound) * FPS // SAMPLES_PER_SECOND)
        rest(ends / FPS - len(sound) / SAMPLES_PER_SECOND)
        frames.append(ends - sum(frames))
    return sound, frames, lines


def _write_sound(sound: array.array[int], path: Path) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLES_PER_SECOND)
        file.writeframes(sound.tobytes())


def _encode(stills: list[Path], frames: list[int], work: Path, out_mp4: Path) -> None:
    listing = work / "stills.txt"
    rows = [
        f"file {still.name}\nduration {count / FPS:.6f}\n"
        for still, count in zip(stills, frames, strict=True)
    ]
    # The concat reader drops the last duration unless the last picture is named once more.
    listing.write_text("ffconcat version 1.0\n" + "".join(rows) + f"file {stills[-1].name}\n")
    keys = ",".join(f"{sum(frames[:index]) / FPS:.6f}" for index in range(len(frames)))
    command = [
        "setpriv", "--pdeathsig", "KILL", "--", "nice", "-n", "5", imageio_ffmpeg.get_ffmpeg_exe(),
        "-nostdin", "-hide_banner", "-loglevel", "error", "-y",
        "-protocol_whitelist", "file,pipe", "-f", "concat", "-safe", "1", "-i", str(listing),
        "-protocol_whitelist", "file,pipe", "-f", "wav", "-i", str(work / "sound.wav"),
        "-map", "0:v:0", "-map", "1:a:0", "-map_metadata", "-1", "-fflags", "+bitexact",
        "-vf", f"fps={FPS},scale=out_color_matrix=bt709:out_range=tv,format=yuv420p",
        "-frames:v", str(sum(frames)),
        "-c:v", "libx264", "-preset", "veryfast", "-tune", "stillimage", "-crf", "18",
        "-threads", "2", "-g", str(20 * FPS), "-force_key_frames", keys,
        "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709",
        "-c:a", "aac", "-b:a", "80k", "-ac", "1",
        "-flags:v", "+bitexact", "-flags:a", "+bitexact",
        # Without this the two encoders' speed decides the order of packets, and so the bytes.
        "-max_interleave_delta", "0", "-movflags", "+faststart", "-f", "mp4", str(out_mp4),
    ]
    try:
        done = subprocess.run(command, capture_output=True, timeout=LIMIT_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise RenderingError(f"the film took more than {LIMIT_SECONDS} seconds") from error
    if done.returncode != 0:
        last_words = done.stderr.decode(errors="replace").strip()[-300:]
        raise RenderingError(f"the encoder ended with code {done.returncode}: {last_words}")
