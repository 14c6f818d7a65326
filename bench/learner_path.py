"""A learner's way to her lesson on a 2G line with a slow phone, everything cold.

The profile is the one that Kolibri 0.19.5 was measured with: Chromium, 250/50 kbit/s, 300 ms,
processor four times slower.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

from bench.figure import Figure
from tests.browser.phone import Wire, phone, running_browser, throttled
from tests.browser.readiness import wait_for_media
from tests.browser.school import running_school
from tests.browser.walking import RETAMAS, ROSA, choose_symbol, tap_pin

LINE = {"kbps_down": 250, "kbps_up": 50, "latency_ms": 300, "cpu": 4}
TRIES = 3

# Notes the moment of the first picture of any video that appears, by the page's own clock.
_WATCH = """
(() => {
  const seen = new WeakSet();
  const look = () => document.querySelectorAll('video').forEach((video) => {
    if (seen.has(video)) return;
    seen.add(video);
    video.requestVideoFrameCallback(() => { window.firstFrame = Date.now(); });
  });
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
})();
"""
# Usable: everything that the page needs to be tapped has run, and it has been painted.
_USABLE = """
() => {
  const [way] = performance.getEntriesByType('navigation');
  const paint = performance.getEntriesByName('first-contentful-paint')[0];
  return way.domContentLoadedEventEnd && paint
    ? Math.max(way.domContentLoadedEventEnd, paint.startTime) : null;
}
"""


def measure() -> Iterator[Figure]:
    """Each figure is the middle of three tries on phones that were never here."""
    with (
        tempfile.TemporaryDirectory(prefix="yachay-bench-") as folder,
        running_school(Path(folder)) as school,
        running_browser() as browser,
    ):
        wait_for_media(school)
        yield from _door(browser, school.url)
        yield from _way(browser, school.url)


@contextmanager
def _slow_page(browser: Browser, url: str) -> Iterator[tuple[Page, Wire]]:
    with phone(browser, url) as context:
        page = context.new_page()
        page.set_default_timeout(120_000)
        page.add_init_script(_WATCH)
        session = throttled(page, **LINE)
        yield page, Wire.tapped(session)


def _door(browser: Browser, url: str) -> Iterator[Figure]:
    """The two pages of signing in, each visited cold; the worse one counts."""
    pages = {"group": RETAMAS, "PIN": _pin_address(browser, url)}
    worst: dict[str, tuple[float, str]] = {}
    for name, address in pages.items():
        tries = [_visited(browser, url, address) for _ in range(TRIES)]
        for what, values in zip(
            ("requests", "bytes", "usable"), zip(*tries, strict=True), strict=True
        ):
            middle = sorted(values)[TRIES // 2]
            if middle >= worst.get(what, (0, ""))[0]:
                worst[what] = (middle, f"the {name} page, the heavier of the two")
    yield Figure("sign-in page: requests", worst["requests"][0], 5, "", note=worst["requests"][1])
    yield Figure(
        "sign-in page: on the wire", worst["bytes"][0] / 1000, 30, "kB", note=worst["bytes"][1]
    )
    yield Figure(
        "sign-in page usable", worst["usable"][0] / 1000, 1.8, "s", note=worst["usable"][1]
    )


def _pin_address(browser: Browser, url: str) -> str:
    with phone(browser, url) as context:
        page = context.new_page()
        page.goto(RETAMAS)
        choose_symbol(page, ROSA[0])
        return page.url.removeprefix(url)


def _visited(browser: Browser, url: str, address: str) -> tuple[float, float, float]:
    """(requests, bytes, milliseconds until usable) of one cold visit."""
    with _slow_page(browser, url) as (page, wire):
        page.goto(address, wait_until="load")
        usable = page.wait_for_function(_USABLE).json_value()
        page.wait_for_timeout(1_500)  # what the page fetches after it is usable counts as well
        fetched = wire.fetched()
        return len(fetched), sum(size for _url, size in fetched), float(usable)


def _way(browser: Browser, url: str) -> Iterator[Figure]:
    tries = [_walked(browser, url) for _ in range(TRIES)]
    requests, sizes, frames, later = (
        sorted(values)[TRIES // 2] for values in zip(*tries, strict=True)
    )
    yield Figure(
        "whole path to the player, without the video: requests", requests, 18, "",
        note=f"{later} more once the picture stands",
    )  # fmt: skip
    yield Figure("whole path to the player, without the video", sizes / 1000, 100, "kB")
    yield Figure(
        "tap on the lesson to the first frame", frames / 1000, 3.5, "s",
        note="tries: " + ", ".join(f"{each[2] / 1000:.2f}" for each in tries),
    )  # fmt: skip


def _walked(browser: Browser, url: str) -> tuple[float, float, float, int]:
    """One cold way to a lesson: requests and bytes until the first frame, ms from the tap to it.

    The last number is how many requests followed it: what is needed only when she answers.
    """
    with _slow_page(browser, url) as (page, wire):
        page.goto(RETAMAS)
        choose_symbol(page, ROSA[0])
        tap_pin(page, ROSA[1])
        page.wait_for_url("**/home")
        card = page.locator("a.card").first
        card.wait_for()
        page.wait_for_load_state("load")
        tapped = page.evaluate("Date.now()")
        card.tap(no_wait_after=True)
        page.wait_for_url("**/l/**", wait_until="commit")
        page.locator("video").wait_for()
        if not page.evaluate("!document.querySelector('video').paused"):
            page.locator("[data-act=play]").tap()
        seen = page.wait_for_function("() => window.firstFrame").json_value()
        asked = wire.asked
        page.wait_for_timeout(1_500)  # for the bytes of what was under way
        fetched = wire.fetched(without="/m/", until=asked)
        later = len(wire.fetched(without="/m/")) - len(fetched)
        return len(fetched), sum(size for _url, size in fetched), float(seen - tapped), later
