"""A school that runs, and phones to visit it with: shared by all stories of a run.

The stories live in the demo world, each with women of its own, so that none waits for another.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.phone import chromium, laptop, phone, running_browser
from tests.browser.readiness import wait_for_media
from tests.browser.school import School, running_school


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder is a story in a browser; without one it is skipped, loudly."""
    for item in items:
        if "tests/browser/" in str(item.path).replace("\\", "/"):
            item.add_marker(pytest.mark.browser)
            if chromium() is None:
                item.add_marker(
                    pytest.mark.skip(reason="NO CHROMIUM FOUND: apt install chromium, or name one")
                )


@pytest.fixture(scope="session")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    """The real program on a fresh folder, its media made."""
    with running_school(tmp_path_factory.mktemp("school")) as running:
        wait_for_media(running)
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the run."""
    with running_browser() as running:
        yield running


@pytest.fixture
def new_phone(browser: Browser, school: School) -> Iterator[Callable[..., BrowserContext]]:
    """`new_phone(java_script_enabled=False)`: a phone that was never here."""
    with ExitStack() as stack:

        def build(**options: Any) -> BrowserContext:
            return stack.enter_context(phone(browser, school.url, **options))

        yield build


@pytest.fixture
def page(new_phone: Callable[..., BrowserContext]) -> Iterator[Page]:
    """A page on a new phone; a script's error on it fails the story."""
    opened = new_phone().new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on(
        "console",
        lambda said: errors.append(said.text) if "Content Security Policy" in said.text else None,
    )
    yield opened
    assert not errors


@pytest.fixture
def desk(browser: Browser, school: School) -> Iterator[Page]:
    """A page on a staff member's laptop."""
    with laptop(browser, school.url) as context:
        yield context.new_page()
