"""Originals by content, who holds them, and the renditions that are made or to be made of them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from sqlalchemy import BigInteger, ForeignKey, Select, String, UniqueConstraint, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core import clock
from lms.core.db import UtcDateTime, db
from lms.core.words import words
from lms.media.ladder import Family, Plan, Rung, Source, plan_of
from lms.media.probing import Probe
from lms.people.models import Person, Unit
from lms.people.roles import Role


class RenditionState(StrEnum):
    """Where a rung stands."""

    WAITING = "waiting"
    MAKING = "making"
    READY = "ready"
    FAILED = "failed"


class Original(db.Model):
    """A video or sound as it was given, named by its SHA-256; never changed, never served.

    Width, height and pictures a second are as a viewer sees them; what is None does not apply.
    """

    __tablename__ = "originals"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    label: Mapped[str] = mapped_column(String(200), default="")
    bytes: Mapped[int] = mapped_column(BigInteger)
    demuxer: Mapped[str] = mapped_column(String(16))
    duration_seconds: Mapped[float]
    width: Mapped[int | None]
    height: Mapped[int | None]
    exact_fps: Mapped[str | None] = mapped_column(String(40))
    picture_index: Mapped[int | None]
    sound_index: Mapped[int | None]
    video_codec: Mapped[str | None] = mapped_column(String(40))
    audio_codec: Mapped[str | None] = mapped_column(String(40))
    rotation: Mapped[int] = mapped_column(default=0)
    is_variable: Mapped[bool] = mapped_column(default=False)
    is_hdr: Mapped[bool] = mapped_column(default=False)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    renditions: Mapped[list[Rendition]] = relationship(
        back_populates="original", order_by="Rendition.id"
    )

    @property
    def has_picture(self) -> bool:
        """Whether there is anything to look at."""
        return self.picture_index is not None

    @property
    def has_sound(self) -> bool:
        """Whether there is anything to hear."""
        return self.sound_index is not None

    @property
    def fps(self) -> float | None:
        """Pictures a second."""
        return float(Fraction(self.exact_fps)) if self.exact_fps else None

    @property
    def storage_name(self) -> str:
        """The file's name in the storage."""
        return f"originals/{self.digest}"

    @property
    def master_name(self) -> str:
        """The levelled sound, kept only while rungs are made of it."""
        return f"masters/{self.digest}.flac"

    @property
    def source(self) -> Source:
        """What the ladder asks."""
        return self.probe.source

    @property
    def probe(self) -> Probe:
        """What was measured when it came in."""
        return Probe(
            demuxer=self.demuxer,
            file_bytes=self.bytes,
            duration_seconds=self.duration_seconds,
            picture_index=self.picture_index,
            sound_index=self.sound_index,
            width=self.width,
            height=self.height,
            fps=Fraction(self.exact_fps) if self.exact_fps else None,
            is_variable=self.is_variable,
            rotation=self.rotation,
            video_codec=self.video_codec,
            audio_codec=self.audio_codec,
            is_hdr=self.is_hdr,
        )

    @classmethod
    def visible_to(cls, person: Person | None) -> Select[Original]:
        """Originals that an admin may see: those which a unit of hers, or one below, holds."""
        if person is None or not person.is_authenticated:
            return select(cls).where(cls.id.in_(()))
        paths = [unit.path for role, unit in person.roles_now() if role is Role.ADMIN]
        if not paths:
            return select(cls).where(cls.id.in_(()))
        held = (
            select(OriginalHolder.original_id)
            .join(Unit, Unit.id == OriginalHolder.unit_id)
            .where(or_(*(Unit.path.like(f"{path}%") for path in paths)))
        )
        return select(cls).where(cls.id.in_(held))


class OriginalHolder(db.Model):
    """A unit that gave this original: two institutions may give the same bytes."""

    __tablename__ = "original_holders"

    original_id: Mapped[int] = mapped_column(ForeignKey("originals.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True, index=True)


class Rendition(db.Model):
    """One rung of an original's ladder in one family: work to do until it is ready.

    `name` is how it is asked for under `/m/`. Two originals may share one file (the same sound
    under another picture), so neither name nor digest is unique.
    """

    __tablename__ = "renditions"
    __table_args__ = (UniqueConstraint("original_id", "rung", "family"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    original_id: Mapped[int] = mapped_column(ForeignKey("originals.id"))
    rung: Mapped[Rung] = mapped_column(words(Rung))
    family: Mapped[Family] = mapped_column(words(Family))
    state: Mapped[RenditionState] = mapped_column(
        words(RenditionState), default=RenditionState.WAITING
    )
    digest: Mapped[str | None] = mapped_column(String(64))
    name: Mapped[str | None] = mapped_column(String(40), index=True)
    bytes: Mapped[int | None] = mapped_column(BigInteger)
    kbps: Mapped[int | None]
    width: Mapped[int | None]
    height: Mapped[int | None]
    fps: Mapped[float | None]
    container: Mapped[str] = mapped_column(String(8))
    video_codec: Mapped[str | None] = mapped_column(String(8))
    audio_codec: Mapped[str | None] = mapped_column(String(8))
    mime: Mapped[str] = mapped_column(String(80))
    encode_seconds: Mapped[float | None]
    error: Mapped[str] = mapped_column(default="")

    original: Mapped[Original] = relationship(back_populates="renditions")

    @property
    def key(self) -> str:
        """The key of the job that makes it."""
        return job_key(self.original.digest, self.rung, self.family)

    @property
    def storage_name(self) -> str | None:
        """The file's name in the storage, once it is ready."""
        if self.digest is None or self.name is None:
            return None
        return f"renditions/{self.digest}.{self.name.rpartition('.')[2]}"

    @property
    def plan(self) -> Plan | None:
        """How it is made by today's ladder; None when the ladder no longer has this rung."""
        return plan_of(self.original.source, self.rung, self.family)

    @classmethod
    def planned(cls, original: Original, plan: Plan) -> Rendition:
        """A rung that is yet to be made."""
        picture = plan.picture
        return cls(
            original=original,
            rung=plan.rung,
            family=plan.family,
            state=RenditionState.WAITING,
            container=plan.container,
            video_codec=picture.codec if picture else None,
            audio_codec=plan.audio_codec,
            width=picture.width if picture else None,
            height=picture.height if picture else None,
            fps=round(float(picture.fps), 3) if picture else None,
            mime=plan.mime,
            error="",
        )


def job_key(digest: str, rung: Rung, family: Family) -> str:
    """The key of the encoding job, such as `<sha256>:low:new`."""
    return f"{digest}:{rung}:{family}"
