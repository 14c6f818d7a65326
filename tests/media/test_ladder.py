"""The ladder as a table of cases: which rungs, how large, at what pace, under which names."""

from fractions import Fraction

import pytest

from lms.media.ladder import Family, Rung, Source, calmed, costs, fitted, ladder, plan_of

PHONE = Source(60.0, 1920, 1080, Fraction(30000, 1001), has_sound=True)


def test_what_can_be_used_soonest_is_made_first() -> None:
    assert [plan.file_name for plan in ladder(PHONE)] == [
        "audio-new.webm", "audio-old.mp3", "low-new.webm", "low-old.mp4",
        "mid-new.webm", "mid-old.mp4",
    ]


def test_a_silent_original_has_no_sound_anywhere() -> None:
    plans = ladder(Source(60.0, 640, 360, Fraction(25), has_sound=False))
    assert {plan.rung for plan in plans} == {Rung.LOW, Rung.MID}
    assert all(plan.audio_codec is None and "opus" not in plan.mime for plan in plans)


def test_a_sound_only_original_has_only_audio_rungs() -> None:
    plans = ladder(Source(60.0, None, None, None, has_sound=True))
    assert [(plan.rung, plan.family) for plan in plans] == [
        (Rung.AUDIO, Family.NEW), (Rung.AUDIO, Family.OLD),
    ]


@pytest.mark.parametrize(
    ("size", "short_side", "wanted"),
    [
        ((1920, 1080), 360, (640, 360)),
        ((1080, 1920), 360, (360, 640)),
        ((1280, 720), 240, (426, 240)),
        ((320, 240), 360, (320, 240)),
        ((321, 241), 360, (320, 240)),
        ((1000, 1000), 360, (360, 360)),
        ((4096, 48), 360, (4096, 48)),
    ],
)
def test_the_shorter_side_is_fitted(
    size: tuple[int, int], short_side: int, wanted: tuple[int, int]
) -> None:
    assert fitted(*size, short_side) == wanted


@pytest.mark.parametrize(
    ("fps", "top", "wanted"),
    [
        ("10", 15, "10"), ("24", 15, "12"), ("25", 15, "25/2"), ("30", 15, "15"),
        ("30000/1001", 15, "15000/1001"), ("60", 30, "30"), ("50", 30, "25"), ("20", 15, "15"),
        ("120", 30, "30"), ("31", 30, "30"), ("1", 30, "1"),
    ],
)
def test_the_pace_is_calmed_evenly(fps: str, top: int, wanted: str) -> None:
    assert calmed(Fraction(fps), top) == Fraction(wanted)


@pytest.mark.parametrize(
    ("rung", "family", "mime"),
    [
        (Rung.AUDIO, Family.NEW, 'audio/webm; codecs="opus"'),
        (Rung.AUDIO, Family.OLD, "audio/mpeg"),
        (Rung.LOW, Family.NEW, 'video/webm; codecs="av01.0.01M.08, opus"'),
        (Rung.LOW, Family.OLD, 'video/mp4; codecs="avc1.4D401E, mp4a.40.2"'),
    ],
)
def test_a_browser_is_told_the_codecs(rung: Rung, family: Family, mime: str) -> None:
    plan = plan_of(PHONE, rung, family)
    assert plan is not None
    assert plan.mime == mime


def test_audio_and_low_are_a_small_part_of_the_work() -> None:
    prices = {(plan.rung, plan.family): cost for plan, cost in costs(PHONE)}
    first = sum(cost for (rung, _), cost in prices.items() if rung is not Rung.MID)
    assert first < sum(prices.values()) / 2
