"""Which PINs may be set: a table of cases, and how many are left."""

from itertools import product

import pytest

from lms.people.pin_pad import PAD, read_pin
from lms.people.pins import PICTURES, PinKind, PinRefusal, refusal


@pytest.mark.parametrize(
    ("pin", "why"),
    [
        ("", "shape"), ("123", "shape"), ("1234567", "shape"), ("12a4", "shape"),
        ("٣٤٥٧", "shape"), (" 4071", "shape"), ("４０７１", "shape"),
        ("0000", "obvious"), ("7777", "obvious"), ("1234", "obvious"), ("4321", "obvious"),
        ("2468", "obvious"), ("9753", "obvious"), ("7890", "obvious"), ("8901", "obvious"),
        ("1212", "obvious"), ("4747", "obvious"), ("5599", "obvious"), ("1221", "obvious"),
        ("1985", "obvious"), ("2012", "obvious"), ("2580", "obvious"), ("1379", "obvious"),
        ("12345", "obvious"), ("123456", "obvious"), ("654321", "obvious"), ("123123", "obvious"),
        ("112233", "obvious"), ("123321", "obvious"), ("159753", "obvious"),
        ("4071", None), ("8365", None), ("0917", None), ("40718", None), ("407182", None),
    ],
)  # fmt: skip
def test_digits(pin: str, why: str | None) -> None:
    assert refusal(PinKind.DIGITS, pin) == (PinRefusal(why) if why else None)


@pytest.mark.parametrize(
    ("pin", "why"),
    [
        ("", "shape"), ("abc", "shape"), ("abcde", "shape"), ("abcm", "shape"), ("ABCD", "shape"),
        ("aaaa", "obvious"), ("abcd", "obvious"), ("lkji", "obvious"), ("adgj", "obvious"),
        ("abab", "obvious"), ("ccdd", "obvious"), ("cddc", "obvious"),
        ("fbka", None), ("lcgd", None), ("jahe", None), ("aabk", None),
    ],
)  # fmt: skip
def test_pictures(pin: str, why: str | None) -> None:
    assert refusal(PinKind.PICTURES, pin) == (PinRefusal(why) if why else None)


@pytest.mark.parametrize(
    ("kind", "signs", "at_least"),
    [(PinKind.DIGITS, "0123456789", 10_000), (PinKind.PICTURES, PICTURES, 10_000)],
)
def test_the_obvious_are_few_among_ten_thousand(
    kind: PinKind, signs: str, at_least: int
) -> None:
    pins = ["".join(each) for each in product(signs, repeat=4)]
    allowed = [pin for pin in pins if refusal(kind, pin) is None]
    assert len(pins) >= at_least
    assert len(allowed) >= 0.95 * len(pins)


def test_the_pad_keeps_its_order() -> None:
    """A PIN is kept by the pictures' places: another order would lock everybody out."""
    assert PAD == (
        "key", "spoon", "bread", "bell", "drum", "ball",
        "candle", "chair", "basket", "scissors", "umbrella", "cup",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "form", "pin"),
    [
        (PinKind.DIGITS, {"pin": "4071"}, "4071"),
        (PinKind.DIGITS, {"pin": " 4071 "}, "4071"),
        (PinKind.DIGITS, {"pin": "407"}, None),
        (PinKind.DIGITS, {}, None),
        (PinKind.DIGITS, {"pin": "key,key,bell,drum"}, None),
        (PinKind.PICTURES, {"pin": "key,key,bell,drum"}, "aade"),
        (
            PinKind.PICTURES,
            {"pin-1": "key", "pin-2": "key", "pin-3": "bell", "pin-4": "drum"},
            "aade",
        ),
        (PinKind.PICTURES, {"pin-1": "key", "pin-2": "key"}, None),
        (PinKind.PICTURES, {"pin": "key,key,bell,llama"}, None),
        (PinKind.PICTURES, {"pin": "aade"}, None),
    ],
)
def test_what_the_pad_sends(kind: PinKind, form: dict[str, str], pin: str | None) -> None:
    assert read_pin(kind, form) == pin
