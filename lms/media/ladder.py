"""The ladder: which small files a video becomes, and how each is encoded (docs/decisions/0020).

Pure: from what was measured about an original to the list of its rungs, in the order in which
they are made. The numbers are those measured in the tables of docs/decisions/0020.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil


class Rung(StrEnum):
    """A step of the ladder, lightest first."""

    AUDIO = "audio"
    LOW = "low"
    MID = "mid"


class Family(StrEnum):
    """`new`: WebM with AV1 and Opus; `old`: H.264 fragments with AAC, or MP3."""

    NEW = "new"
    OLD = "old"


@dataclass(frozen=True)
class Source:
    """What the ladder must know of an original; width and height are as a viewer sees them.

    `fps` is None when there is no picture. `is_hdr` says that the picture must be toned down.
    """

    duration_seconds: float
    width: int | None
    height: int | None
    fps: Fraction | None
    has_sound: bool
    is_hdr: bool = False

    @property
    def has_picture(self) -> bool:
        """Whether there is anything to look at."""
        return self.fps is not None


@dataclass(frozen=True)
class Picture:
    """How a rung's picture is encoded; `cap_kbps` bounds what the quality `crf` may cost."""

    codec: str
    width: int
    height: int
    fps: Fraction
    crf: int
    cap_kbps: int


@dataclass(frozen=True)
class Plan:
    """One file to make: a rung in a family, with the picture and the sound that it has."""

    rung: Rung
    family: Family
    container: str
    extension: str
    picture: Picture | None
    audio_codec: str | None
    audio_kbps: int

    @property
    def file_name(self) -> str:
        """A readable name, unique in the ladder."""
        return f"{self.rung}-{self.family}.{self.extension}"

    @property
    def mime(self) -> str:
        """The media type with its codecs, as `<source type>` and mediaCapabilities want it."""
        if self.extension == "mp3":
            return "audio/mpeg"
        kind = "video" if self.picture else "audio"
        names = []
        if self.picture:
            names.append(_picture_codec(self.picture))
        if self.audio_codec:
            names.append({"opus": "opus", "aac": "mp4a.40.2"}[self.audio_codec])
        return f'{kind}/{self.container}; codecs="{", ".join(names)}"'


@dataclass(frozen=True)
class _Step:
    """One row of the measured table: the shorter side, the quality and the bounds of a rung."""

    short_side: int
    top_fps: int
    crf: int
    cap_kbps: int
    audio_kbps: int


# A cap keeps even noise, which cannot be compressed, near the alarm of the table (MB a minute):
# x264 stays below its cap, SVT-AV1 goes some 75 kbit/s above at full pace.
_STEPS = {
    (Rung.LOW, Family.NEW): _Step(360, 15, 58, 64, 12),
    (Rung.LOW, Family.OLD): _Step(240, 15, 31, 118, 24),
    (Rung.MID, Family.NEW): _Step(360, 30, 54, 130, 16),
    (Rung.MID, Family.OLD): _Step(360, 30, 30, 345, 32),
}
_ORDER = (
    (Rung.AUDIO, Family.NEW), (Rung.AUDIO, Family.OLD),
    (Rung.LOW, Family.NEW), (Rung.LOW, Family.OLD),
    (Rung.MID, Family.NEW), (Rung.MID, Family.OLD),
)


def ladder(source: Source) -> list[Plan]:
    """The files to make of `source`, in the order of making: what can be watched soonest is first.

    A silent original gets no audio rung and no audio stream, a sound-only one only audio rungs.
    """
    return [plan for rung, family in _ORDER if (plan := plan_of(source, rung, family))]


def plan_of(source: Source, rung: Rung, family: Family) -> Plan | None:
    """One rung of the ladder, or None when this original has none."""
    if rung is Rung.AUDIO:
        return _audio(family) if source.has_sound else None
    if source.width is None or source.height is None or source.fps is None:
        return None
    step = _STEPS[rung, family]
    width, height = fitted(source.width, source.height, step.short_side)
    is_new = family is Family.NEW
    return Plan(
        rung=rung,
        family=family,
        container="webm" if is_new else "mp4",
        extension="webm" if is_new else "mp4",
        picture=Picture(
            codec="av1" if is_new else "h264",
            width=width,
            height=height,
            fps=calmed(source.fps, step.top_fps),
            crf=step.crf,
            cap_kbps=step.cap_kbps,
        ),
        audio_codec=("opus" if is_new else "aac") if source.has_sound else None,
        audio_kbps=step.audio_kbps if source.has_sound else 0,
    )


def _audio(family: Family) -> Plan:
    if family is Family.NEW:
        return Plan(Rung.AUDIO, family, "webm", "webm", None, "opus", 12)
    return Plan(Rung.AUDIO, family, "mp3", "mp3", None, "mp3", 32)


def fitted(width: int, height: int, short_side: int) -> tuple[int, int]:
    """The picture scaled so that its shorter side is at most `short_side`, both sides even.

    Never larger than it was; a portrait picture stays one.
    """
    share = min(Fraction(1), Fraction(short_side, min(width, height)))
    return _even(width * share), _even(height * share)


def _even(length: Fraction) -> int:
    return max(2, round(length / 2) * 2)


def calmed(fps: Fraction, top: int) -> Fraction:
    """The rate at most `top`: an even division of the source's where that is not far below.

    Dropping every second picture of 24 or 30 moves evenly; 15 out of 20 is the lesser evil
    against 10.
    """
    if fps <= top:
        return fps
    divided = fps / ceil(fps / top)
    return divided if divided >= Fraction(4, 5) * top else Fraction(top)


# MaxPicSize, MaxDisplayRate and the name of each AV1 level (specification, annex A.3).
_AV1_LEVELS = (
    (147_456, 4_423_680, "00"),
    (278_784, 8_363_520, "01"),
    (665_856, 19_975_680, "04"),
    (1_065_024, 31_950_720, "05"),
    (2_359_296, 70_778_880, "08"),
)


def _picture_codec(picture: Picture) -> str:
    pixels = picture.width * picture.height
    if picture.codec == "av1":
        name = next(
            (n for size, rate, n in _AV1_LEVELS if pixels <= size and pixels * picture.fps <= rate),
            "12",
        )
        return f"av01.0.{name}M.08"
    return f"avc1.4D40{h264_level(picture):02X}"


def h264_level(picture: Picture) -> int:
    """The level times ten that the encoder is held to: 30, or 31 for very wide pictures."""
    blocks = ceil(picture.width / 16) * ceil(picture.height / 16)
    return 30 if blocks <= 1620 and blocks * picture.fps <= 40_500 else 31


def costs(source: Source) -> Iterator[tuple[Plan, float]]:
    """Each rung with the work that it takes, in seconds of the reference machine (two cores).

    Only the proportions matter: they turn what is done into a percentage and a time left.
    """
    for plan in ladder(source):
        yield plan, source.duration_seconds * _cost_a_second(plan) + 0.3


def _cost_a_second(plan: Plan) -> float:
    if plan.picture is None:
        return 0.015
    pixels_a_second = plan.picture.width * plan.picture.height * float(plan.picture.fps)
    return 0.02 + pixels_a_second * (2.6e-8 if plan.picture.codec == "av1" else 1.3e-8)
