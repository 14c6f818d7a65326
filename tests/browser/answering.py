"""Answering a quiz by taps, rightly or wrongly; the key is in the page's own document."""

import json
from typing import Any

from playwright.sync_api import Locator, Page, expect

_NOTES_AND_COINS = (20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10)


def quiz_of(page: Page) -> dict[str, Any]:
    """The quiz as the page carries it."""
    quiz: dict[str, Any] = json.loads(page.locator("#document").text_content() or "")["quiz"]
    return quiz


def asked(page: Page) -> Locator:
    """The question that is on the screen."""
    return page.locator("form.question:not([hidden])")


def question_on(page: Page) -> dict[str, Any]:
    """What the document says about the question on the screen."""
    key = asked(page).get_attribute("data-key")
    return next(each for each in quiz_of(page)["questions"] if each["key"] == key)


def give(page: Page, *, rightly: bool = True) -> None:
    """Choose, then confirm: two taps; then the result stands there."""
    question = question_on(page)
    if question["kind"] == "number":
        _tap_number(page, question, rightly)
    else:
        right = [each["key"] for each in question["choices"] if each["is_right"]]
        wrong = [each["key"] for each in question["choices"] if not each["is_right"]]
        for key in right if rightly else wrong[:1]:
            asked(page).locator(f'.choice[data-key="{key}"] input').click()
    page.locator("#confirm").click()
    expect(page.locator("#right" if rightly else "#wrong")).to_be_visible()


def go_on(page: Page) -> None:
    """The tap after a result: the next question, the same one again, or the end."""
    page.locator("#confirm").click()
    page.wait_for_function(
        "() => !location.pathname.startsWith('/q/')"
        " || document.querySelector('form.question:not([hidden]):not(.marked)')"
    )


def _tap_number(page: Page, question: dict[str, Any], rightly: bool) -> None:
    number = question["number"]
    value = number["value"] + (0 if rightly else number["tolerance"] + 10 ** number["decimals"])
    if number["is_money"]:
        for worth in _NOTES_AND_COINS:
            unit = worth * 10 ** number["decimals"] // 100
            while unit and value >= unit:
                asked(page).locator(f'[data-add="{unit}"]').click()
                value -= unit
    else:
        for digit in str(value):
            asked(page).locator(f'[data-press="{digit}"]').click()
