"""The ladder of real clips: what a minute weighs against the alarm, and how long it takes.

The clips are not part of the product: YACHAY_CLIPS names their folder, else `../shared/clips`.
"""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.figure import Figure
from lms.media.making import make_ladder
from lms.media.probing import probe
from tests.house.tracked import ROOT

# MB a minute above which a rung is too heavy (docs/decisions/0020).
ALARMS = {
    ("audio", "new"): 0.13, ("audio", "old"): 0.25, ("low", "new"): 0.70, ("low", "old"): 1.1,
    ("mid", "new"): 1.5, ("mid", "old"): 2.9,
}  # fmt: skip
WHOLE_LADDER = 2.0  # times the lesson's duration, on two cores that do nothing else


def measure() -> Iterator[Figure]:
    """Every clip there is; none is no figure."""
    folder = Path(os.environ.get("YACHAY_CLIPS", ROOT.parent / "shared" / "clips"))
    for clip in sorted(folder.glob("*.mp4")):
        duration = probe(clip).duration_seconds
        with tempfile.TemporaryDirectory(prefix="yachay-bench-") as out:
            yield from _figures(clip.stem[:16], duration, make_ladder(clip, Path(out)))


def _figures(name: str, duration: float, made: list[dict[str, Any]]) -> Iterator[Figure]:
    for each in made:
        rung, family = each["rung"], each["family"]
        size = f", {each['width']}x{each['height']}" if "width" in each else ""
        yield Figure(
            f"{name}: {rung} {family}", each["bytes"] / 1e6 * 60 / duration,
            ALARMS[rung, family], "MB/min",
            note=f"{each['kbps']} kbit/s{size}, made in {each['encode_seconds']} s",
        )  # fmt: skip
    spent = sum(each["encode_seconds"] for each in made)
    yield Figure(f"{name}: the ladder so far", spent / duration, WHOLE_LADDER, "x its time")
