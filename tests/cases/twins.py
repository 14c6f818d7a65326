"""Runs our JavaScript modules in a real Chromium, in a process of its own.

`run(script)` evaluates an async function's body that may `await import("/js/….js")`, with `given`
as its argument, and returns what it returns. Without a Chromium the test is skipped, loudly;
tests/conftest.py turns a skip into a failure where CI=true.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Route, sync_playwright

CASES = Path(__file__).parent
SCRIPTS = Path(__file__).resolve().parents[2] / "lms" / "static" / "js"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def table(name: str) -> Any:
    """The cases of tests/cases/<name>.json."""
    return json.loads((CASES / f"{name}.json").read_text())


def run(script: str, given: Any = None) -> Any:
    """What the script's body returns in a page of an empty site; AssertionError with its error."""
    browser = os.environ.get("YACHAY_CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), "")
    if not browser:
        pytest.skip("NO CHROMIUM WAS FOUND: the JavaScript twins were not run")
    done = subprocess.run(  # this module, by our own interpreter
        [sys.executable, "-m", "tests.cases.twins", browser],
        input=json.dumps({"script": script, "given": given}),
        capture_output=True, text=True, check=False, timeout=120, cwd=CASES.parents[1],
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _serve(route: Route) -> None:
    """Our scripts under /js/, an empty page at any other address; nothing leaves the machine."""
    name = route.request.url.partition("?")[0].rpartition("/")[2]
    if "/js/" in route.request.url:
        route.fulfill(body=(SCRIPTS / name).read_text(), content_type="text/javascript")
    else:
        route.fulfill(body="<!doctype html><title>.</title>", content_type="text/html")


def _main(browser: str) -> None:
    order = json.load(sys.stdin)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        # A plain http address that is no localhost: the page has no secure context, as on a hub.
        page = chromium.new_page()
        page.route("**/*", _serve)
        page.goto("http://school.test/")
        result = page.evaluate(f"async (given) => {{ {order['script']} }}", order["given"])
        chromium.close()
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    _main(sys.argv[1])
