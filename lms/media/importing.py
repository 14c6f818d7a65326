"""Taking in an original: measured, stored by its content, its rungs written down and asked for."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from lms.core import jobs
from lms.core.db import db
from lms.core.settings import settings
from lms.core.storage import digest_of, storage
from lms.media.accepting import LIMITS, Unacceptable, Why, kind_of
from lms.media.ladder import Rung, ladder
from lms.media.models import Original, OriginalHolder, Rendition, RenditionState, job_key
from lms.media.probing import Probe, probe
from lms.people.models import Unit

ENCODE = "media.encode"
_PRIORITIES = {Rung.AUDIO: 10, Rung.LOW: 20, Rung.MID: 40}


@dataclass(frozen=True)
class Stored:
    """A file that is stored and measured, but not yet written down."""

    digest: str
    probe: Probe


def store(path: Path) -> Stored:
    """The slow part of taking in a file: checked, copied to its name by content, measured.

    It touches no database, so that nobody's lock is held meanwhile. Unacceptable says why a file
    is refused, and nothing of it stays. What nobody writes down afterwards is swept.
    """
    with path.open("rb") as file:
        kind_of(file.read(2048))
    size = path.stat().st_size
    if size > LIMITS.file_bytes:
        raise Unacceptable(Why.TOO_BIG, size // 10**6, LIMITS.file_bytes // 10**6)
    digest = digest_of(path)
    name = f"originals/{digest}"
    is_there = storage().exists(name)
    return Stored(digest, probe(storage().path(name)) if is_there else _stored(path, digest))


def add_original(
    path: Path, *, unit: Unit | None = None, label: str | None = None
) -> Original:
    """Take in the video or sound at `path` for `unit`; the same bytes twice are one original.

    Unacceptable says why a file is refused, and nothing of it stays. The caller commits; the
    worker then makes the rungs, the lightest of all originals first.
    """
    return add_stored(store(path), unit=unit, label=label or path.name)


def add_stored(stored: Stored, *, unit: Unit | None, label: str) -> Original:
    """Write down what `store` has stored, and ask for its rungs; quick, the caller commits."""
    original = db.session.scalar(select(Original).where(Original.digest == stored.digest))
    if original is None:
        original = _written_down(stored.digest, stored.probe, label)
    _hold(original, unit)
    ask_for_rungs(original)
    return original


def ask_for_rungs(original: Original) -> None:
    """Write down the rungs that today's ladder has for it, and enqueue those not yet made."""
    db.session.flush()
    known = {(each.rung, each.family): each for each in original.renditions}
    for plan in ladder(original.source):
        rendition = known.get((plan.rung, plan.family))
        if rendition is None:
            rendition = Rendition.planned(original, plan)
            db.session.add(rendition)
        if rendition.state is RenditionState.WAITING:
            ask_for(original.digest, rendition)
    db.session.flush()


def ask_for(digest: str, rendition: Rendition) -> None:
    """Enqueue the making of one rung; a hub never encodes."""
    if settings().role != "hub":
        jobs.enqueue(
            ENCODE,
            job_key(digest, rendition.rung, rendition.family),
            priority=_PRIORITIES[rendition.rung],
        )


def try_again(original: Original) -> int:
    """Ask anew for every rung that failed; returns how many."""
    failed = [each for each in original.renditions if each.state is RenditionState.FAILED]
    for rendition in failed:
        rendition.state = RenditionState.WAITING
        rendition.error = ""
        ask_for(original.digest, rendition)
    return len(failed)


def _stored(path: Path, digest: str) -> Probe:
    """Copy, measure the copy, then let it take its name: what was measured is what is kept."""
    with storage().write(f"originals/{digest}") as part:
        found_digest = hashlib.sha256()
        with path.open("rb") as source, part.open("wb") as target:
            while piece := source.read(1 << 20):
                found_digest.update(piece)
                target.write(piece)
        if found_digest.hexdigest() != digest:
            raise Unacceptable(Why.BROKEN)  # somebody is still writing it
        return probe(part)


def _written_down(digest: str, found: Probe, label: str) -> Original:
    original = Original(
        digest=digest,
        label=label[:200],
        bytes=found.file_bytes,
        demuxer=found.demuxer,
        duration_seconds=found.duration_seconds,
        width=found.width,
        height=found.height,
        exact_fps=str(found.fps) if found.fps is not None else None,
        picture_index=found.picture_index,
        sound_index=found.sound_index,
        video_codec=found.video_codec,
        audio_codec=found.audio_codec,
        rotation=found.rotation,
        is_variable=found.is_variable,
        is_hdr=found.is_hdr,
    )
    db.session.add(original)
    db.session.flush()
    return original


def _hold(original: Original, unit: Unit | None) -> None:
    if unit is not None and db.session.get(OriginalHolder, (original.id, unit.id)) is None:
        db.session.add(OriginalHolder(original_id=original.id, unit_id=unit.id))
