"""A rung that is missing is work to do: what should exist is compared with what does.

Every minute the rungs that nobody is making are asked for again; when a worker starts, and every
hour, the files themselves are looked at too. The sweep removes what no live lease stands behind.
"""

import re
import shutil
import time
from collections.abc import Iterable
from pathlib import Path

from flask import current_app
from sqlalchemy import and_, or_, select

from lms.core import jobs
from lms.core.db import db
from lms.core.jobs import Job, JobState, reconciler
from lms.core.settings import settings
from lms.core.storage import storage
from lms.media.importing import ENCODE, ask_for, ask_for_rungs
from lms.media.models import Original, Rendition, RenditionState

_HOUR = 3600.0
_FORGOTTEN_SECONDS = 6 * _HOUR  # so old, what is aside without a lease is nobody's
_TOKEN = re.compile(r"[0-9a-f]{16}")


@reconciler
def reconcile() -> None:
    """The worker's regular look; a hub never encodes and only sweeps."""
    sweep()
    if settings().role == "hub":
        return
    last = current_app.extensions.get("yachay.media.checked", -_HOUR)
    if time.monotonic() - last >= _HOUR:
        current_app.extensions["yachay.media.checked"] = time.monotonic()
        check_files()
    ask_again()


def check_files() -> list[str]:
    """Ask anew for every rung that the ladder has and the folder has not; returns their keys.

    An original whose own file is gone is named too, as `original:<digest>`: it must be given again.
    """
    there = {name for folder in ("originals", "renditions") for name in storage().names(folder)}
    missing = []
    for original in db.session.scalars(select(Original).order_by(Original.id)):
        for rendition in original.renditions:
            is_ready = rendition.state is RenditionState.READY
            if is_ready and rendition.storage_name not in there:
                rendition.state = RenditionState.WAITING
                missing.append(rendition.key)
        if original.storage_name in there:
            ask_for_rungs(original)
        elif any(r.state is not RenditionState.READY for r in original.renditions):
            missing.append(f"original:{original.digest}")
    return missing


def ask_again() -> None:
    """Enqueue every rung that waits without a living job; write down those whose job gave up."""
    key = Original.digest + ":" + Rendition.rung + ":" + Rendition.family
    found = db.session.execute(
        select(Rendition, Original.digest, Job)
        .join(Original, Original.id == Rendition.original_id)
        .outerjoin(Job, and_(Job.kind == ENCODE, Job.key == key))
        .where(
            Rendition.state.in_((RenditionState.WAITING, RenditionState.MAKING)),
            or_(Job.id.is_(None), Job.state.in_((JobState.DONE, JobState.FAILED))),
        )
    )
    for rendition, digest, work in found.all():
        if work is not None and work.state == JobState.FAILED:
            rendition.state = RenditionState.FAILED
            rendition.error = work.error
        else:
            rendition.state = RenditionState.WAITING
            ask_for(digest, rendition)


def sweep() -> None:
    """Remove what was written aside by workers that are gone, and files that no row names."""
    aside = storage().root / "tmp"
    # The folders are read first: a lease that begins later protects a folder not in this list.
    folders = [folder for folder in aside.iterdir() if folder.is_dir()]
    live = jobs.live_tokens()
    for folder in folders:
        has_token = _TOKEN.fullmatch(folder.name) is not None
        if (has_token and folder.name not in live) or (not has_token and _is_forgotten(folder)):
            shutil.rmtree(folder, ignore_errors=True)
    named = set(db.session.scalars(select(Rendition.digest).where(Rendition.digest.is_not(None))))
    _remove(name for name in storage().names("renditions") if _digest(name) not in named)
    originals = set(db.session.scalars(select(Original.digest)))
    _remove(name for name in storage().names("originals") if _digest(name) not in originals)
    waiting = set(
        db.session.scalars(
            select(Original.digest).join(Rendition).where(
                Rendition.state.in_((RenditionState.WAITING, RenditionState.MAKING))
            )
        )
    )
    for name in storage().names("masters"):
        if _digest(name) not in waiting:
            storage().delete(name)


def _remove(names: Iterable[str]) -> None:
    """Delete files without a row, unless they are young: their row may be about to be committed."""
    for name in names:
        if _is_forgotten(storage().path(name)):
            storage().delete(name)


def _digest(name: str) -> str:
    return name.partition("/")[2].partition(".")[0]


def _is_forgotten(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime > _FORGOTTEN_SECONDS
    except FileNotFoundError:
        return False
