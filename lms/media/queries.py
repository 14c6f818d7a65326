"""Reads for pages and for the floors above: ready rungs, and how far the making is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from lms.core.db import db
from lms.core.jobs import Job, JobState
from lms.media.importing import ENCODE
from lms.media.ladder import costs
from lms.media.models import Original, Rendition, RenditionState
from lms.media.progress import Part, Standing, pace, standing
from lms.people.models import Person


@dataclass(frozen=True)
class Shown:
    """One original on the staff page, with its rungs' shares (by rendition id) and standing."""

    original: Original
    shares: dict[int, float]
    standing: Standing


def original_of(digest: str) -> Original | None:
    """The original with this SHA-256, or None."""
    return db.session.scalar(select(Original).where(Original.digest == digest))


def rungs_of(digest: str) -> list[Rendition]:
    """The ready renditions of an original, lightest first, the new family before the old."""
    return rungs_of_many([digest]).get(digest, [])


def rungs_of_many(digests: Iterable[str]) -> dict[str, list[Rendition]]:
    """The ready renditions of several originals in one query, by the originals' digests."""
    found = db.session.execute(
        select(Original.digest, Rendition)
        .join(Rendition, Rendition.original_id == Original.id)
        .where(Original.digest.in_(list(digests)), Rendition.state == RenditionState.READY)
        .order_by(Original.id, Rendition.id)
    )
    rungs: dict[str, list[Rendition]] = {}
    for digest, rendition in found:
        rungs.setdefault(digest, []).append(rendition)
    for each in rungs.values():
        each.sort(key=lambda rendition: (_ORDER[rendition.rung], rendition.family))
    return rungs


_ORDER = {"audio": 0, "low": 1, "mid": 2}


def shown_to(person: Person | None) -> list[Shown]:
    """What this person's staff page lists, newest first."""
    chosen = Original.visible_to(person).options(selectinload(Original.renditions))
    return _shown(db.session.scalars(chosen.order_by(Original.id.desc())).all())


def one_shown_to(person: Person | None, short: str) -> Shown | None:
    """The one original whose digest begins with the 12 characters, if this person may see it."""
    found = db.session.scalars(
        Original.visible_to(person).where(Original.digest.startswith(short, autoescape=True))
    ).all()
    return _shown(found)[0] if len(found) == 1 else None


def overall() -> Standing:
    """How far the house is with the originals that are not finished, all together."""
    pending = select(Rendition.original_id).where(
        Rendition.state.in_((RenditionState.WAITING, RenditionState.MAKING))
    )
    originals = db.session.scalars(
        select(Original).where(Original.id.in_(pending)).options(selectinload(Original.renditions))
    ).all()
    parts = [part for each in originals for part, _ in _parts(each, _running())]
    return standing(parts, pace(parts))


def _shown(originals: Sequence[Original]) -> list[Shown]:
    running = _running()
    parts = {original.id: _parts(original, running) for original in originals}
    here = pace(part for each in parts.values() for part, _ in each)
    return [
        Shown(
            original=original,
            shares={rendition.id: part.share for part, rendition in parts[original.id]},
            standing=standing((part for part, _ in parts[original.id]), here),
        )
        for original in originals
    ]


def _running() -> dict[str, float]:
    """How far each running encoding job is, by its key."""
    running = select(Job.key, Job.progress).where(
        Job.kind == ENCODE, Job.state == JobState.RUNNING
    )
    return {key: progress for key, progress in db.session.execute(running)}  # noqa: C416  rows


def _parts(original: Original, running: dict[str, float]) -> list[tuple[Part, Rendition]]:
    prices = {(plan.rung, plan.family): cost for plan, cost in costs(original.source)}
    return [
        (
            Part(
                cost=prices.get((each.rung, each.family), 1.0),
                share=1.0 if each.state is RenditionState.READY else running.get(each.key, 0.0),
                took_seconds=each.encode_seconds,
                is_failed=each.state is RenditionState.FAILED,
            ),
            each,
        )
        for each in original.renditions
    ]
