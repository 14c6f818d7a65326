"""Making the whole ladder of one file into a folder, without a database (`lms media ladder`)."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lms.media.encoding import encode
from lms.media.ladder import Plan, ladder
from lms.media.loudness import make_master
from lms.media.probing import probe

Tell = Callable[[str, float], None]  # the file's name and how much of it is done, 0 to 1


def make_ladder(path: Path, out: Path, tell: Tell | None = None) -> list[dict[str, Any]]:
    """Make every rung of the file at `path` in the folder `out`; returns `described` of each.

    Unacceptable or EncodingFailed leave nothing behind that was not there before.
    """
    found = probe(path)
    is_fresh = not out.exists()
    out.mkdir(parents=True, exist_ok=True)
    made: list[dict[str, Any]] = []
    # Beside the target, so that a finished file is renamed, and a cut-off run leaves no half one.
    with tempfile.TemporaryDirectory(dir=out, prefix=".making-") as aside:
        work = Path(aside)
        try:
            master = None
            if found.sound_index is not None:
                master = work / "master.flac"
                make_master(path, found, master)
            for plan in ladder(found.source):
                part = work / plan.file_name
                share = (lambda done, name=plan.file_name: tell(name, done)) if tell else None
                seconds = encode(plan, path, found, master, part, share)
                size = part.stat().st_size
                made.append(described(plan, size, found.duration_seconds, seconds))
        except BaseException:
            made.clear()
            if is_fresh:
                _empty(out, work)
            raise
        for each in made:
            (work / each["file"]).replace(out / each["file"])
    return made


def described(plan: Plan, size: int, duration: float, encode_seconds: float) -> dict[str, Any]:
    """One object of the list: a key is absent where it does not apply."""
    about: dict[str, Any] = {
        "rung": plan.rung.value,
        "family": plan.family.value,
        "file": plan.file_name,
        "container": plan.container,
        "kbps": kbps(size, duration),
        "bytes": size,
        "encode_seconds": encode_seconds,
    }
    if plan.picture:
        about["video_codec"] = plan.picture.codec
        about["width"], about["height"] = plan.picture.width, plan.picture.height
        about["fps"] = round(float(plan.picture.fps), 3)
    if plan.audio_codec:
        about["audio_codec"] = plan.audio_codec
    return about


def kbps(size: int, duration: float) -> int:
    """The mean rate of a file of `size` bytes that plays for `duration` seconds."""
    return max(1, round(size * 8 / duration / 1000))


def _empty(out: Path, work: Path) -> None:
    for file in work.iterdir():
        file.unlink()
    work.rmdir()
    out.rmdir()
