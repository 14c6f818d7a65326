"""On every screen: axe finds nothing, nothing scrolls, title and address tell nothing."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.screen_list import SCREENS, WOMEN, Women
from tests.browser.walking import RETAMAS

Go = Callable[[Page, Women], None]
# Words that would tell somebody who looks over a shoulder or through the history what this is.
TELLING = re.compile(
    r"course|lesson|quiz|group|bank|curso|lecci|grupo|banco|retamas|sumaq|qantu|rosa|tic-en", re.I
)


@pytest.mark.parametrize("go", SCREENS, ids=lambda go: go.__name__)
def test_a_screen_keeps_the_rules(page: Page, go: Go) -> None:
    go(page, WOMEN["quz"])
    page.wait_for_timeout(400)  # what moves has come to rest

    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()

    size = page.evaluate(
        "[document.scrollingElement.scrollWidth, document.scrollingElement.scrollHeight]"
    )
    assert size[0] <= 360, f"it scrolls sideways: {size}"
    assert size[1] <= 640, f"it scrolls: {size}"

    assert not TELLING.search(page.title()), page.title()
    address = page.url.removeprefix("http://127.0.0.1")
    assert not TELLING.search(address.replace(RETAMAS, "")), address

    small = page.evaluate(
        """() => [...document.querySelectorAll('a, button, summary, input:not([type=hidden])')]
            .filter((e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
            .map((e) => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()])
            .filter(([_, box]) => box.width && (box.width < 44 || box.height < 44))
            .map(([html, box]) => `${html} ${box.width.toFixed()}x${box.height.toFixed()}`)"""
    )
    assert not small, f"too small to tap: {small}"


@pytest.mark.parametrize("go", SCREENS, ids=lambda go: go.__name__)
def test_every_action_has_a_picture(page: Page, go: Go) -> None:
    """A whole lesson can be done by somebody who reads no word; numerals are known to all."""
    go(page, WOMEN["es"])
    wordy = page.evaluate(
        r"""() => [...document.querySelectorAll('a, button, summary')]
            .filter((e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
            .filter((e) => e.getBoundingClientRect().width > 1)
            .filter((e) => !e.querySelector('svg, img'))
            .filter((e) => !/^([^\p{L}]*|C)$/u.test(e.innerText.trim()))
            .map((e) => e.outerHTML.slice(0, 120))"""
    )
    assert not wordy


@pytest.mark.parametrize("go", SCREENS[5:13], ids=lambda go: go.__name__)
def test_the_exit_is_on_every_page_of_hers(page: Page, go: Go) -> None:
    go(page, WOMEN["quz"])
    page.locator("#exit button").click()
    page.wait_for_url("**/calc")
