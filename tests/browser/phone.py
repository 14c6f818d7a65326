"""A cheap phone: Debian's Chromium behind Playwright, 360x640, and a slow line when asked."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

SMALL_PHONE = {"width": 360, "height": 640}
LAPTOP = {"width": 1366, "height": 768}

# Nothing leaves the machine, and what a browser does for itself does not disturb a figure.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    "--disable-dev-shm-usage",
]
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """Where a Chromium is: what YACHAY_CHROMIUM names, or the first on the path."""
    named = os.environ.get("YACHAY_CHROMIUM")
    return named or next((found for name in _NAMES if (found := shutil.which(name))), None)


@contextmanager
def running_browser() -> Iterator[Browser]:
    """A Chromium for as long as the block lasts; FileNotFoundError when there is none."""
    path = chromium()
    if path is None:
        raise FileNotFoundError("no Chromium was found")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


def phone(browser: Browser, url: str, **options: Any) -> BrowserContext:
    """A new phone that has never been here; addresses are below `url`."""
    context = browser.new_context(
        **{
            "base_url": url,
            "viewport": SMALL_PHONE,
            "device_scale_factor": 2,
            "is_mobile": True,
            "has_touch": True,
            "locale": "es-PE",
            "timezone_id": "America/Lima",
            **options,
        }
    )
    context.set_default_timeout(30_000)
    return context


def laptop(browser: Browser, url: str, **options: Any) -> BrowserContext:
    """A facilitator's laptop."""
    return phone(
        browser,
        url,
        **{
            "viewport": LAPTOP,
            "device_scale_factor": 1,
            "is_mobile": False,
            "has_touch": False,
            **options,
        },
    )


def throttled(page: Page, kbps_down: int, kbps_up: int, latency_ms: int, cpu: float) -> CDPSession:
    """Put this page on a slow line and a slow processor; rates in kbit/s, `cpu` times slower."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": latency_ms,
            "downloadThroughput": kbps_down * 1000 / 8,
            "uploadThroughput": kbps_up * 1000 / 8,
        },
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": cpu})
    return session


@dataclass
class Wire:
    """What a page fetched: requests, and bytes on the wire with their headers."""

    requests: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    cached: set[str] = field(default_factory=set)

    @classmethod
    def tapped(cls, session: CDPSession) -> "Wire":
        """Listen from now on; the session comes from `throttled`."""
        wire = cls()
        session.on("Network.requestWillBeSent", wire._asked)
        session.on("Network.requestServedFromCache", lambda e: wire.cached.add(e["requestId"]))
        session.on("Network.loadingFinished", wire._finished)
        session.on("Network.dataReceived", wire._received)
        session.on("Network.loadingFailed", wire._failed)
        return wire

    def _asked(self, event: dict[str, Any]) -> None:
        key = event["requestId"]
        before = event.get("redirectResponse")
        if before is not None:  # a redirect keeps its id: the one before it is done
            old = f"{key}-{len(self.requests)}"
            self.requests[old] = self.requests.pop(key, before["url"])
            self.sizes[old] = int(before["encodedDataLength"])
        if not event["request"]["url"].startswith("data:"):
            self.requests[key] = event["request"]["url"]

    def _failed(self, event: dict[str, Any]) -> None:
        # A redirect that the page does not follow is told as a request, but none was sent.
        if event.get("canceled") and not self.sizes.get(event["requestId"]):
            self.requests.pop(event["requestId"], None)

    def _received(self, event: dict[str, Any]) -> None:
        key = event["requestId"]
        self.sizes[key] = self.sizes.get(key, 0) + int(event["encodedDataLength"])

    def _finished(self, event: dict[str, Any]) -> None:
        self.sizes[event["requestId"]] = int(event["encodedDataLength"])

    def fetched(
        self, *, without: str | None = None, until: int | None = None
    ) -> list[tuple[str, int]]:
        """(address, bytes) of all that was not from the cache.

        `without` leaves out addresses with this part; `until` is what `asked` was at a moment, and
        leaves out what was asked for later.
        """
        return [
            (url, self.sizes.get(key, 0))
            for key, url in list(self.requests.items())[:until]
            if key not in self.cached and not (without and without in url)
        ]

    @property
    def asked(self) -> int:
        """How many requests were made up to now, cached ones included."""
        return len(self.requests)
