"""How a learner moves: by what she sees and taps (stories, pictures and benches)."""

from playwright.sync_api import Page, expect

from lms.people.pin_pad import PAD
from lms.people.pins import PICTURES

RETAMAS = "/g/retamas-demo"
KANTUTAS = "/g/kantutas-demo"
# From lms/seed.py: who lives in the demo, with her PIN as digits or letters of the pad's pictures.
ROSA = ("Rosa", "4071")
JUSTINA = ("Justina", "fbka")
ELENA = ("Elena", "8365")
PAULINA = ("Paulina", "2940")
HILARIA = ("Hilaria", "lcgd")
CEFERINA = ("Ceferina", "jahe")
GREGORIA = ("Gregoria", "1859")


def keys_of(pin: str) -> list[str]:
    """What she taps on the pad, one after the other."""
    if pin.isdigit():
        return list(pin)
    return [PAD[PICTURES.index(letter)] for letter in pin]


def choose_symbol(page: Page, name: str) -> None:
    """On the group's page: tap one's own symbol, going on a page when it is not among these six."""
    while not page.locator(".person", has_text=name).count():
        page.locator("nav.bottom a.main").click()
    page.locator(".person", has_text=name).click()
    page.locator("#pin-form").wait_for(state="attached")


def tap_pin(page: Page, pin: str) -> None:
    """Tap the PIN and confirm; what comes next is up to the story."""
    for key in keys_of(pin):
        page.locator(f'#pin-form [data-press="{key}"]').click()
    page.locator("#confirm").click()


def sign_in(page: Page, who: tuple[str, str], place: str = RETAMAS) -> None:
    """The whole way from the group's link to home."""
    page.goto(place)
    choose_symbol(page, who[0])
    tap_pin(page, who[1])
    page.wait_for_url("**/home")


def first_frame(page: Page) -> None:
    """Wait until the video has really moved."""
    page.wait_for_function(
        "() => { const v = document.querySelector('video'); return v && v.currentTime > 0.2 }"
    )


def leave(page: Page) -> None:
    """Tap the exit; the neutral page stands there."""
    page.locator("#exit button").click()
    expect(page).to_have_url("/calc")


def open_first_lesson(page: Page) -> None:
    """From home: tap the first of the next lessons; its page stands there."""
    page.locator("a.card").first.click()
    page.wait_for_url("**/l/**")
    page.locator("video").wait_for()


def watch_to_the_end(page: Page) -> None:
    """See the whole video, eight times faster, and wait until the page counts it as seen."""
    first_frame_or_play(page)
    page.evaluate(
        "(() => { const v = document.querySelector('video');"
        " v.defaultPlaybackRate = v.playbackRate = 8; })()"  # another size begins at the default
    )
    page.wait_for_function("() => document.querySelector('video').ended", timeout=150_000)


def first_frame_or_play(page: Page) -> None:
    """Tap play when the browser did not begin by itself."""
    if page.evaluate("document.querySelector('video').paused"):
        page.locator("[data-act=play]").click()
    first_frame(page)
