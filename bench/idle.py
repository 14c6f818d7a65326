"""Idle memory of the running school, and how long starting again takes with 1,000 people."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from bench.crowd import add_people
from bench.figure import Figure
from tests.browser.readiness import app_of, wait_for_media
from tests.browser.school import School, environment_in, start

PEOPLE = 1_000
MOST_MEMORY = 110  # MB, 10^6 bytes
LONGEST_START = 3.0  # seconds


def measure() -> Iterator[Figure]:
    """Make a school, let it make its media, start it again and look at it when it is idle."""
    with tempfile.TemporaryDirectory(prefix="yachay-bench-") as name:
        folder = Path(name)
        environment = environment_in(folder)
        school = start(environment, folder / "log")
        try:
            school.wait()
            with app_of(school.environment):
                add_people(PEOPLE)
            wait_for_media(school)
        finally:
            school.stop()
        yield from _again(environment, folder)


def _again(environment: dict[str, str], folder: Path) -> Iterator[Figure]:
    tries = []
    for _ in range(3):
        began = time.monotonic()
        school = start(environment, folder / "log")
        try:
            school.wait()
            tries.append(time.monotonic() - began)
            if len(tries) == 3:
                memory = _idle_memory(school)
        finally:
            school.stop()
    yield Figure(
        f"restart with {PEOPLE:,} people", sorted(tries)[1], LONGEST_START, "s",
        note="to the first page, the middle of three",
    )  # fmt: skip
    yield Figure("idle memory", memory, MOST_MEMORY, "MB", note="RSS with its children, worker on")


def _idle_memory(school: School) -> float:
    """After a few pages and ten quiet seconds: resident bytes of the process and its children."""
    for _ in range(20):
        school.is_up()
    time.sleep(10)
    process = psutil.Process(school.process.pid)
    family = [process, *process.children(recursive=True)]
    return sum(each.memory_info().rss for each in family) / 1e6
