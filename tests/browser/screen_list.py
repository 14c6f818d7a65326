"""Every learner's screen and how one comes to it: for the rules, and for the pictures."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.browser import answering
from tests.browser.walking import (
    ELENA,
    HILARIA,
    JUSTINA,
    KANTUTAS,
    PAULINA,
    RETAMAS,
    choose_symbol,
    open_first_lesson,
    sign_in,
    watch_to_the_end,
)


@dataclass(frozen=True)
class Women:
    """Two learners of one language: one has a PIN of digits, the other of pictures."""

    tag: str
    digits: tuple[str, str]
    pictures: tuple[str, str]


WOMEN = {"es": Women("es", ELENA, HILARIA), "quz": Women("quz", PAULINA, JUSTINA)}


def to_welcome(page: Page, women: Women) -> None:
    """The first page of a stranger."""
    page.goto("/")


def to_group(page: Page, women: Women) -> None:
    """Who is in the group."""
    page.goto(RETAMAS)


def to_pin(page: Page, women: Women) -> None:
    """The pad of numbers."""
    to_group(page, women)
    choose_symbol(page, women.digits[0])


def to_picture_pin(page: Page, women: Women) -> None:
    """The pad of pictures."""
    to_group(page, women)
    choose_symbol(page, women.pictures[0])


def to_wrong_pin(page: Page, women: Women) -> None:
    """The pad after a wrong try."""
    page.goto(KANTUTAS)  # a wrong try slows her down, so it is nobody of the stories
    choose_symbol(page, "Lourdes")
    for digit in "1203":
        page.locator(f'[data-press="{digit}"]').click()
    page.locator("#confirm").click()
    page.locator("[role=alert]:visible").wait_for()


def to_home(page: Page, women: Women) -> None:
    """Home, where the next lessons are."""
    sign_in(page, women.digits)


def to_done(page: Page, women: Women) -> None:
    """Home's other half: what is done."""
    to_home(page, women)
    page.locator(".count").click()


def to_lesson(page: Page, women: Women) -> None:
    """A lesson with its player, in their language even where that is a draft still."""
    to_home(page, women)
    open_first_lesson(page)
    if not page.url.endswith(f"/{women.tag}"):
        page.goto(page.url.rpartition("/")[0] + f"/{women.tag}")
        page.locator("video").wait_for()


def to_quiz(page: Page, women: Women) -> None:
    """The first question."""
    to_lesson(page, women)
    page.locator("#onward").click()
    page.wait_for_url("**/q/**")
    answering.asked(page).wait_for()


def to_wrong_answer(page: Page, women: Women) -> None:
    """After a wrong answer."""
    to_quiz(page, women)
    answering.give(page, rightly=False)


def to_right_answer(page: Page, women: Women) -> None:
    """After a right one."""
    to_quiz(page, women)
    answering.give(page)


def to_finish(page: Page, women: Women) -> None:
    """The end of a lesson that is not complete yet."""
    to_lesson(page, women)
    page.goto(re.sub(r"/l/(\w+)/\d+/(\w+)", r"/f/\1/\2", page.url))


def to_tied(page: Page, women: Women) -> None:
    """The end of a lesson that is complete: watched, and answered."""
    sign_in(page, women.pictures)
    open_first_lesson(page)
    watch_to_the_end(page)
    page.locator("#onward").click()
    page.wait_for_url("**/q/**")
    while "/q/" in page.url:
        answering.give(page)
        answering.go_on(page)
    page.locator("#finished").wait_for()


def to_calculator(page: Page, women: Women) -> None:
    """The neutral page behind the exit."""
    page.goto("/calc")


SCREENS = [
    to_welcome, to_group, to_pin, to_picture_pin, to_wrong_pin, to_home, to_done, to_lesson,
    to_quiz, to_wrong_answer, to_right_answer, to_finish, to_tied, to_calculator,
]  # fmt: skip
