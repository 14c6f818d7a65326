"""The country's coins and notes, with which a learner enters an amount."""

from typing import TypedDict

from lms.core.country import country


class Piece(TypedDict):
    """A coin or a note: its value in the smallest unit, its drawing and its amount in words."""

    centimos: int
    drawing: str
    label: str


def money() -> list[Piece]:
    """All pieces, smallest first."""
    table = country()["money"]
    sign, unit = table["symbol"], table["cents"]
    places = len(str(unit)) - 1
    return [
        {
            "centimos": one["cents"], "drawing": one["drawing"],
            "label": f"{sign} {one['cents'] / unit:.{places}f}",
        }
        for one in sorted(table["pieces"], key=lambda one: one["cents"])
    ]
