"""The whole way without any script: plain links and plain forms."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.walking import RETAMAS, keys_of

MARLENI = ("Marleni", "9528")
BENITA = ("Benita", "6174")
JUSTINA = ("Justina", "fbka")


def _enter(page: Page, who: tuple[str, str]) -> None:
    page.goto(RETAMAS)
    while not page.locator(".person", has_text=who[0]).count():
        page.locator("nav.bottom a.main").click()
    page.locator(".person", has_text=who[0]).click()
    if who[1].isdigit():
        page.locator("input[name=pin]").fill(who[1])
    else:
        for place, key in enumerate(keys_of(who[1]), 1):
            page.locator(f'input[name="pin-{place}"][value="{key}"]').check(force=True)
    page.locator("#confirm").click()
    page.wait_for_url("**/home")


def test_a_lesson_and_its_questions(new_phone: Callable[..., BrowserContext]) -> None:
    page = new_phone(java_script_enabled=False).new_page()
    _enter(page, MARLENI)
    before = page.locator(".count span").inner_text()
    page.locator("a.card").first.click()
    page.locator("p.plain a").click()
    page.wait_for_url("**/form")
    expect(page.locator("video[controls]")).to_be_visible()
    page.locator("button[form=watched]").click()
    page.wait_for_url("**/q/**/form")

    # She tries until it is right: every try is answered, and there is always another.
    for _ in range(40):
        if "/f/" in page.url:
            break
        if page.locator(".result.right").count():
            page.locator("nav.bottom a.main").click()
            continue
        _try_all(page)
    assert "/f/" in page.url
    page.goto("/home")
    assert page.locator(".count span").inner_text() != before


def _try_all(page: Page) -> None:
    """Give the answers of the question on the page one after the other until one is right."""
    choices = page.locator("form.question input[name=choice]")
    several = choices.first.get_attribute("type") == "checkbox"
    count = choices.count()
    tries = range(1, 2**count) if several else [1 << n for n in range(count)]
    for picked in tries:
        for place in range(count):
            wanted = bool(picked >> place & 1)
            if several or wanted:
                choices.nth(place).set_checked(wanted, force=True)
        page.locator("button[form=question-1]").click()
        page.locator(".result").wait_for()
        if page.locator(".result.right").count():
            return
        page.locator("nav.bottom a.main").click()
        choices.first.wait_for(state="attached")
    raise AssertionError("no answer was right")


def test_a_pin_of_pictures(new_phone: Callable[..., BrowserContext]) -> None:
    page = new_phone(java_script_enabled=False).new_page()
    _enter(page, JUSTINA)


def test_the_exit(new_phone: Callable[..., BrowserContext]) -> None:
    page = new_phone(java_script_enabled=False).new_page()
    _enter(page, BENITA)
    page.locator("#exit button").click()
    page.wait_for_url("**/calc")
    page.goto("/home")  # a visitor's: nobody's name and nobody's progress
    assert page.locator(".who").count() == 0
