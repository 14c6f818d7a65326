"""Films of storyboards: each is made once for its scenes and language, and kept as a row."""

import hashlib
import json
import shutil
from dataclasses import dataclass

from sqlalchemy import select

from lms.core.db import db, reading_only
from lms.core.ids import new_uuid
from lms.core.storage import digest_of, storage
from lms.courses.models import Film
from lms.courses.storing import Shelf
from lms.media.importing import Stored
from lms.media.models import Original
from lms.storyboards.rendering import captions_of, render
from lms.storyboards.scenes import Storyboard

_METHOD = 1  # raise it when every film is to be made anew, because films look or sound better


@dataclass(frozen=True)
class MadeFilm:
    """A film that is stored, with its original's measures; `captions` is "<digest>.vtt"."""

    key: str
    stored: Stored
    duration_seconds: float
    scene_starts: tuple[float, ...]
    captions: str


def film_of(storyboard: Storyboard, tag: str, shelf: Shelf) -> MadeFilm:
    """The film in one language, found or made; no transaction is open while it is made."""
    key = film_key(storyboard, tag)
    with reading_only():
        found = _found(key)
    return found or _made(storyboard, tag, key, shelf)


def keep(film: MadeFilm) -> None:
    """Write the film's row, in the caller's transaction."""
    db.session.merge(
        Film(
            key=film.key, original=film.stored.digest, duration_seconds=film.duration_seconds,
            scene_starts=list(film.scene_starts), captions=film.captions,
        )
    )


def film_key(storyboard: Storyboard, tag: str) -> str:
    """A digest of all that goes into the film: drawings, words, pauses, language, method."""
    scenes = [
        [scene.key, digest_of(scene.picture), scene.say[tag], scene.pause_seconds]
        for scene in storyboard.scenes
    ]
    inputs = json.dumps([_METHOD, tag, scenes], ensure_ascii=False)
    return hashlib.sha256(inputs.encode()).hexdigest()


def _found(key: str) -> MadeFilm | None:
    row = db.session.get(Film, key)
    if row is None or not storage().exists(f"files/{row.captions}"):
        return None
    original = db.session.scalar(select(Original).where(Original.digest == row.original))
    if original is None or not storage().exists(original.storage_name):
        return None
    stored = Stored(original.digest, original.probe)
    return MadeFilm(key, stored, row.duration_seconds, tuple(row.scene_starts), row.captions)


def _made(storyboard: Storyboard, tag: str, key: str, shelf: Shelf) -> MadeFilm:
    folder = storage().temporary(f"film-{new_uuid().hex}")
    try:
        out = folder / "film.mp4"
        rendered = render(storyboard, folder, tag, out)
        stored = shelf.put_video(out, digest_of(out))
        captions = shelf.put_bytes(captions_of(rendered).encode(), "vtt")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return MadeFilm(
        key, stored, stored.probe.duration_seconds, tuple(rendered.scene_starts), captions
    )
