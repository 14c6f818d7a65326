"""Runs our JavaScript modules in a real Chromium, which one child process keeps open.

`run(script)` evaluates an async function's body that may `await import("/js/….js")`, with `given`
as its argument, in a page of a fresh profile, and returns what it returns. Without a Chromium the
test is skipped, loudly; tests/conftest.py turns a skip into a failure where CI=true.

A process of its own, because Playwright's loop must not meet the one of the browser stories.
"""

import atexit
import json
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Route, sync_playwright

CASES = Path(__file__).parent
SCRIPTS = Path(__file__).resolve().parents[2] / "lms" / "static" / "js"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def table(name: str) -> Any:
    """The cases of tests/cases/<name>.json."""
    return json.loads((CASES / f"{name}.json").read_text())


def run(script: str, given: Any = None) -> Any:
    """What the script's body returns; AssertionError with the page's own error."""
    browser = os.environ.get("YACHAY_CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), "")
    if not browser:
        pytest.skip("NO CHROMIUM WAS FOUND: the JavaScript twins were not run")
    child = _child(browser)
    assert child.stdin
    assert child.stdout
    child.stdin.write(json.dumps({"script": script, "given": given}) + "\n")
    child.stdin.flush()
    told = child.stdout.readline()
    assert told, "the browser's process has ended"
    answer = json.loads(told)
    assert "error" not in answer, answer["error"]
    return answer["result"]


@cache
def _child(browser: str) -> subprocess.Popen[str]:
    child = subprocess.Popen(  # this module, by our own interpreter
        [sys.executable, "-m", "tests.cases.twins", browser],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=CASES.parents[1],
    )
    atexit.register(_close, child)
    return child


def _close(child: subprocess.Popen[str]) -> None:
    """The end of its input ends the child, and with it the browser."""
    child.communicate()


def _serve(route: Route) -> None:
    """Our scripts under /js/, an empty page at any other address; nothing leaves the machine."""
    name = route.request.url.partition("?")[0].rpartition("/")[2]
    if "/js/" in route.request.url:
        route.fulfill(body=(SCRIPTS / name).read_text(), content_type="text/javascript")
    else:
        route.fulfill(body="<!doctype html><title>.</title>", content_type="text/html")


def _played(chromium: Browser, order: dict[str, Any]) -> dict[str, Any]:
    context = chromium.new_context()
    # A plain http address that is no localhost: the page has no secure context, as on a hub.
    context.route("**/*", _serve)
    page = context.new_page()
    try:
        page.goto("http://school.test/")
        script = f"async (given) => {{ {order['script']} }}"
        return {"result": page.evaluate(script, order["given"])}
    except Error as error:
        return {"error": str(error)}
    finally:
        context.close()


def _main(browser: str) -> None:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        for line in sys.stdin:
            print(json.dumps(_played(chromium, json.loads(line))), flush=True)
        chromium.close()


if __name__ == "__main__":
    _main(sys.argv[1])
