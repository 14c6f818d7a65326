"""The whole way by keyboard alone, with the focus always to be seen."""

from playwright.sync_api import Page

from tests.browser.walking import PAULINA, RETAMAS


def focus(page: Page, selector: str) -> None:
    """Tab on until the element has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.matches({selector!r})"):
            _is_seen(page)
            return
    raise AssertionError(f"{selector} is not reached by Tab")


def _is_seen(page: Page) -> None:
    """The element with the focus looks different from one without."""
    ring = page.evaluate(
        """() => { const e = document.activeElement;
             const near = [e, e.parentElement, e.nextElementSibling].filter(Boolean);
             return near.some((one) => { const s = getComputedStyle(one);
               return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 1)
                 || s.boxShadow !== 'none'; }); }"""
    )
    assert ring, page.evaluate("document.activeElement.outerHTML")


def test_from_the_link_to_an_answer_by_keyboard(page: Page) -> None:
    page.goto(RETAMAS)
    focus(page, "a.person[href]:nth-child(4)")
    page.keyboard.press("Enter")
    page.locator("#pin-form").wait_for(state="attached")
    for digit in PAULINA[1]:
        focus(page, f'[data-press="{digit}"]')
        page.keyboard.press("Enter")
    focus(page, "#confirm")
    page.keyboard.press("Enter")
    page.wait_for_url("**/home")
    focus(page, "a.card")
    page.keyboard.press("Enter")
    page.wait_for_url("**/l/**")
    focus(page, "[data-act=play]")
    page.keyboard.press("Enter")
    focus(page, "#onward")
    page.keyboard.press("Enter")
    page.wait_for_url("**/q/**")
    focus(page, ".choice input, [data-press], [data-add]")
    page.keyboard.press("Space")
    focus(page, "#confirm")
    page.keyboard.press("Enter")
    page.locator("#right:visible, #wrong:visible").wait_for()


def test_shift_three_times_leaves(page: Page) -> None:
    page.goto(RETAMAS)
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("**/calc")
