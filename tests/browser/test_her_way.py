"""A learner's whole way on a phone of 360x640, from the group's link to a tied knot."""

from playwright.sync_api import Page, expect

from tests.browser import answering
from tests.browser.walking import (
    CEFERINA,
    ELENA,
    GREGORIA,
    HILARIA,
    KANTUTAS,
    ROSA,
    first_frame,
    leave,
    open_first_lesson,
    sign_in,
    watch_to_the_end,
)


def knots(page: Page) -> tuple[int, int]:
    """(tied, all) as home says it beside the star."""
    tied, _, total = page.locator(".count span").inner_text().partition("/")
    return int(tied), int(total)


def test_from_the_groups_link_to_a_tied_knot(page: Page) -> None:
    sign_in(page, ROSA)
    assert knots(page)[0] == 0

    open_first_lesson(page)
    first_frame(page)
    watch_to_the_end(page)
    page.locator("#onward").click()
    page.wait_for_url("**/q/**")

    # A wrong answer leads to the moment of the video that explains it, and to another try.
    answering.give(page, rightly=False)
    page.locator("#look").click()
    page.wait_for_function("() => document.querySelector('.moment video').currentTime > 5")
    answering.go_on(page)
    while "/q/" in page.url:
        answering.give(page)
        answering.go_on(page)

    page.wait_for_url("**/f/**")
    expect(page.locator("#finished")).to_be_visible()
    page.locator("nav.bottom a").first.click()
    page.wait_for_url("**/home")
    assert knots(page)[0] == 1

    # What she did is kept: she leaves, comes back, and finds it.
    leave(page)
    sign_in(page, ROSA)
    assert knots(page)[0] == 1


def test_an_answer_that_is_wrong_can_be_given_again_at_once(page: Page) -> None:
    sign_in(page, ELENA)
    open_first_lesson(page)
    page.locator("#onward").click()
    page.wait_for_url("**/q/**")
    answering.give(page, rightly=False)
    answering.go_on(page)
    answering.give(page)


def test_the_lesson_says_what_is_still_missing(page: Page) -> None:
    sign_in(page, ELENA)
    open_first_lesson(page)
    expect(page.locator("#missing")).to_contain_text("pregunta")


def test_two_women_on_one_phone(page: Page) -> None:
    sign_in(page, CEFERINA, KANTUTAS)
    open_first_lesson(page)
    watch_to_the_end(page)
    page.locator("nav.bottom a").first.click()
    page.wait_for_url("**/home")
    first_card = page.locator("a.card").first
    expect(first_card).to_be_visible()
    leave(page)

    # Nobody's progress is on the way in, and Ceferina's is not Gregoria's.
    sign_in(page, GREGORIA, KANTUTAS)
    open_first_lesson(page)
    assert page.evaluate("document.querySelector('video').currentTime") < 5
    expect(page.locator("#missing")).to_contain_text("video")
    leave(page)

    sign_in(page, CEFERINA, KANTUTAS)
    open_first_lesson(page)
    expect(page.locator("#missing")).not_to_contain_text("video")


def test_back_after_the_exit_shows_nobody(page: Page) -> None:
    sign_in(page, HILARIA)
    leave(page)
    page.go_back()
    page.wait_for_timeout(500)
    assert page.locator(".who").count() == 0
    page.goto("/home")
    assert page.locator(".who").count() == 0
