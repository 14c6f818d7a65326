"""The encoding job: one rung of one original, under the lease's token.

The output is written in a folder that carries the token, takes its name by content, and only
then is the rung's state switched, in one transaction that still holds the lease. A worker killed
anywhere in between leaves a folder that the sweep removes and work that is done again, to the
same bytes and so to the same name.
"""

import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from lms.core.db import db
from lms.core.jobs import TRIES, JobContext, JobRefused, job
from lms.core.storage import digest_of, storage
from lms.media import ffmpeg, loudness
from lms.media.encoding import encode
from lms.media.ladder import Family, Plan, Rung
from lms.media.making import kbps
from lms.media.models import Original, Rendition, RenditionState
from lms.media.probing import Probe

_TELL_SECONDS = 2.0
_MASTER_SHARE = 0.3  # of the first rung's progress, where the sound is levelled before it


@dataclass(frozen=True)
class _Task:
    """What the work needs, read before it begins, so that no transaction is open during it."""

    rendition_id: int
    plan: Plan
    probe: Probe
    original: Path
    master_name: str
    note: str


@job("media.encode")
def encode_rung(context: JobContext) -> None:
    """Make one rung; its key is `<digest>:<rung>:<family>`."""
    task = _begin(context)
    if task is None:
        return
    folder = storage().temporary(context.token)
    try:
        out = folder / task.plan.file_name
        seconds = _make(context, task, folder, out)
        _finish(context, task, out, seconds)
    except ffmpeg.EncodingFailed as error:
        if context.attempt >= TRIES:
            _fail(context, task.rendition_id, str(error))
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    drop_master(task.probe, context.key.partition(":")[0])


def _begin(context: JobContext) -> _Task | None:
    with context.committing():
        rendition = _rendition(context.key)
        if rendition is None:
            raise JobRefused("there is no such rung any more")
        name = rendition.storage_name
        if rendition.state is RenditionState.READY and name and storage().exists(name):
            return None
        plan = rendition.plan
        if plan is None:
            raise JobRefused("the ladder has no such rung any more")
        original = rendition.original
        rendition.state = RenditionState.MAKING
        rendition.error = ""
        task = _Task(
            rendition_id=rendition.id,
            plan=plan,
            probe=original.probe,
            original=storage().path(original.storage_name),
            master_name=original.master_name,
            note=f"{original.label} ({plan.rung}, {plan.family})",
        )
    if not task.original.is_file():
        _fail(context, task.rendition_id, "the original's file is missing")
        raise JobRefused("the original's file is missing")
    return task


def _rendition(key: str) -> Rendition | None:
    digest, rung, family = key.split(":")
    return db.session.scalar(
        select(Rendition).join(Original).where(
            Original.digest == digest,
            Rendition.rung == Rung(rung),
            Rendition.family == Family(family),
        )
    )


def _make(context: JobContext, task: _Task, folder: Path, out: Path) -> float:
    context.progress(0.0, task.note)
    tell = _Teller(context, task.note)
    master, begin = None, 0.0
    if task.plan.audio_codec:
        master = storage().path(task.master_name)
        if not master.is_file():
            begin = _MASTER_SHARE
            levelled = folder / "master.flac"
            loudness.make_master(
                task.original, task.probe, levelled, lambda done: tell(done * begin)
            )
            storage().put_file(levelled, task.master_name)
    return encode(
        task.plan, task.original, task.probe, master, out,
        lambda done: tell(begin + done * (1 - begin)),
    )


def _finish(context: JobContext, task: _Task, out: Path, seconds: float) -> None:
    digest = digest_of(out)
    size = out.stat().st_size
    name = f"{digest[:32]}.{task.plan.extension}"
    storage().put_file(out, f"renditions/{digest}.{task.plan.extension}")
    picture = task.plan.picture
    with context.committing():
        rendition = db.session.get_one(Rendition, task.rendition_id)
        rendition.state = RenditionState.READY
        rendition.digest = digest
        rendition.name = name
        rendition.bytes = size
        rendition.kbps = kbps(size, task.probe.duration_seconds)
        rendition.width = picture.width if picture else None
        rendition.height = picture.height if picture else None
        rendition.fps = round(float(picture.fps), 3) if picture else None
        rendition.mime = task.plan.mime
        rendition.encode_seconds = seconds
        rendition.error = ""


def _fail(context: JobContext, rendition_id: int, error: str) -> None:
    with context.committing():
        rendition = db.session.get_one(Rendition, rendition_id)
        rendition.state = RenditionState.FAILED
        rendition.error = error


def drop_master(probe: Probe, digest: str) -> None:
    """Remove the levelled sound once no rung of the original waits for it."""
    if probe.sound_index is None:
        return
    pending = db.session.scalar(
        select(Rendition.id).join(Original).where(
            Original.digest == digest,
            Rendition.state.in_((RenditionState.WAITING, RenditionState.MAKING)),
        ).limit(1)
    )
    db.session.rollback()
    if pending is None:
        storage().delete(f"masters/{digest}.flac")


class _Teller:
    """Writes the progress every few seconds; raises LostLease when the work is no longer ours."""

    def __init__(self, context: JobContext, note: str) -> None:
        self._context = context
        self._note = note
        self._told = time.monotonic()

    def __call__(self, share: float) -> None:
        """Tell that so much is done, 0 to 1."""
        if time.monotonic() - self._told < _TELL_SECONDS:
            return
        self._told = time.monotonic()
        with self._context.committing():
            pass
        self._context.progress(round(share, 3), self._note)
