"""`make screens`: a picture of every screen in docs/screens/, from the running program.

Learners' screens at 360x640 in Spanish and in Quechua, the staff's at 1366x768.
"""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.browser.phone import laptop, phone, running_browser
from tests.browser.readiness import wait_for_media
from tests.browser.school import running_school
from tests.browser.screen_list import SCREENS, WOMEN
from tests.house.tracked import ROOT

FOLDER = ROOT / "docs" / "screens"

# Questions and choices are shuffled by chance: here it is the same chance every time, so that a
# picture changes only when the look does.
_CHANCE = """
{ let state = SEED;
  crypto.getRandomValues = (array) => {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    for (let n = 0; n < bytes.length; n += 1) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      bytes[n] = state >>> 24;
    }
    return array;
  }; }
"""


def main() -> None:
    """Make the school, visit every screen, and write its picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="yachay-screens-") as folder,
        running_school(Path(folder)) as school,
        running_browser() as browser,
    ):
        wait_for_media(school)
        for tag, women in WOMEN.items():
            for number, go in enumerate(SCREENS, 1):
                with phone(browser, school.url, reduced_motion="reduce") as context:
                    context.add_init_script(_CHANCE.replace("SEED", f"{ord(tag[0])}{number}"))
                    page = context.new_page()
                    go(page, women)
                    _take(page, f"{tag}-{go.__name__.removeprefix('to_')}")
        _staff(browser, school.url)


def _staff(browser: Browser, url: str) -> None:
    with laptop(browser, url, reduced_motion="reduce") as context:
        page = context.new_page()
        page.goto("/staff/enter")
        _take(page, "staff-enter")
        page.locator("[name=username]").fill("nelida")
        page.locator("[name=password]").fill("tejer-con-calma")
        page.locator("main form [type=submit], main form button").first.click()
        page.wait_for_url("**/staff")
        _take(page, "staff-home")
        page.goto("/units/las-retamas")
        _take(page, "staff-group")


def _take(page: Page, name: str) -> None:
    _rest(page)
    page.screenshot(path=str(FOLDER / f"{name}.png"), animations="disabled")
    print(f"docs/screens/{name}.png", flush=True)


def _rest(page: Page) -> None:
    """Let pictures arrive, and hold a video at a moment that is the same every time."""
    page.evaluate(
        """async () => {
          const video = document.querySelector('video');
          if (video) { video.pause(); await new Promise((go) => {
            video.addEventListener('seeked', go, { once: true });
            setTimeout(go, 3000); video.currentTime = 6; }); }
          const shown = [...document.images].filter((one) => one.offsetParent !== null);
          await Promise.race([  // a lazy picture that is not in sight is never decoded
            Promise.all(shown.map((one) => one.decode().catch(() => {}))),
            new Promise((go) => setTimeout(go, 5000)),
          ]);
        }"""
    )
    page.wait_for_timeout(300)


if __name__ == "__main__":
    main()
