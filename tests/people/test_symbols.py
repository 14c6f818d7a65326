"""What people are known by and what a secret is made of: drawn, distinct, and light."""

import gzip
import re
from pathlib import Path

import pytest

from lms.people.symbols import PIN_PICTURES, SYMBOLS

IMAGES = Path(__file__).parents[2] / "lms" / "static" / "img"
_SYMBOL = re.compile(r'<symbol id="([^"]+)" viewBox="[^"]+">(.*?)</symbol>', re.DOTALL)


def drawn(sheet: str) -> dict[str, str]:
    found = _SYMBOL.findall((IMAGES / f"{sheet}.svg").read_text("utf-8"))
    assert len(found) == len(dict(found)), "two drawings of one name"
    return dict(found)


def test_every_person_and_every_pin_can_be_drawn() -> None:
    assert set(drawn("people")) == set(SYMBOLS)
    assert set(drawn("pins")) == set(PIN_PICTURES)
    assert len(SYMBOLS) == 36
    assert len(PIN_PICTURES) == 12


def test_identity_is_no_part_of_a_secret() -> None:
    assert not set(SYMBOLS) & set(PIN_PICTURES)
    assert not set(drawn("people").values()) & set(drawn("pins").values())


@pytest.mark.parametrize("sheet", sorted(path.stem for path in IMAGES.glob("*.svg")))
def test_a_drawing_weighs_less_than_a_kilobyte(sheet: str) -> None:
    heavy = {
        name: size
        for name, body in drawn(sheet).items()
        if (size := len(gzip.compress(body.encode()))) >= 1024
    }
    assert not heavy


@pytest.mark.parametrize("sheet", sorted(path.stem for path in IMAGES.glob("*.svg")))
def test_a_drawing_has_our_dyes_only(sheet: str) -> None:
    """Colours are classes, so that a projector's page can change them all at once."""
    assert not re.search(r"fill=|style=|<image|href=", "".join(drawn(sheet).values()))
