"""Statements taken in over HTTP in batches of 200, and how long other requests wait meanwhile."""

import http.client
import json
import multiprocessing
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

from bench.crowd import Watchable, Woman, add_people, batch_of, sign_in
from bench.figure import Figure
from lms.core.db import db
from lms.courses.importing import import_course
from lms.courses.models import CourseVersion
from tests.browser.readiness import app_of
from tests.browser.school import running_school
from tests.databases import postgres_server
from tests.house.tracked import ROOT

BATCH = 200
BATCHES = 400
PHONES = 4  # that send at the same time
SMALLEST_RATE = 8_000  # statements a second
LONGEST_WAIT = 300  # ms, p99 of other requests


def measure() -> Iterator[Figure]:
    """Both engines in turn."""
    for engine in ("SQLite", "PostgreSQL"):
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="yachay-bench-")))
            more = {"YACHAY_WORKER": "no"}
            if engine == "PostgreSQL":
                more["YACHAY_DATABASE_URL"] = stack.enter_context(postgres_server(durable=True))
            school = stack.enter_context(running_school(folder, **more))
            yield from _measured(engine, school.url, school.environment)


def _measured(engine: str, url: str, environment: dict[str, str]) -> Iterator[Figure]:
    with app_of(environment):
        import_course(ROOT / "courses" / "tic-en-mi-vida")
        add_people(BATCHES)
        women = sign_in(BATCHES)
        lessons = _lessons()
    work = [(woman, batch_of(woman, lessons, BATCH, n)) for n, woman in enumerate(women)]
    _send(url, work[:8], PHONES)  # the first requests warm what is made once
    waits: list[float] = []
    stop = threading.Event()
    beside = threading.Thread(target=_visit, args=(url, stop, waits))
    beside.start()
    with multiprocessing.get_context("fork").Pool(1) as pool:
        taken, seconds = pool.apply(_send, (url, work[8:], PHONES))
    stop.set()
    beside.join()
    if taken != (len(work) - 8) * BATCH:
        raise RuntimeError(f"only {taken} of {(len(work) - 8) * BATCH} statements were taken")
    waits.sort()
    yield Figure(
        f"statements taken in over HTTP, {engine}", taken / seconds, SMALLEST_RATE, "/s",
        is_ceiling=False, note=f"{taken} in {seconds:.1f} s, batches of {BATCH}, {PHONES} phones",
    )  # fmt: skip
    yield Figure(
        f"other requests meanwhile, p99, {engine}", waits[int(len(waits) * 0.99)], LONGEST_WAIT,
        "ms", note=f"{len(waits)} requests",
    )  # fmt: skip


def _lessons() -> list[Watchable]:
    found = []
    for version in db.session.query(CourseVersion):
        document = version.document
        for module in document["modules"]:
            for lesson in module["lessons"]:
                video = next(iter(lesson["videos"].values()), None)
                questions = tuple(
                    (q["key"], tuple(c["key"] for c in q["choices"]))
                    for q in (lesson["quiz"] or {"questions": []})["questions"]
                    if q["choices"]
                )
                found.append(
                    Watchable(
                        lesson["uuid"],
                        str(version.uuid),
                        video["original"] if video else "0" * 64,
                        questions,
                    )
                )
    if not found:
        raise LookupError("the school has no course")
    return found[:4]


def _send(url: str, work: list[tuple[Woman, bytes]], phones: int) -> tuple[int, float]:
    """Send all batches over so many connections; (statements taken, seconds)."""
    waiting = list(work)
    taken: list[int] = []

    def phone() -> None:
        connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
        while True:
            try:
                woman, body = waiting.pop()
            except IndexError:
                return
            connection.request(
                "POST",
                "/statements",
                body,
                {
                    "Content-Type": "application/json",
                    "Origin": url,
                    "Cookie": f"sign_in={woman.cookie}",
                },
            )
            answer = connection.getresponse()
            told = json.loads(answer.read())
            taken.append(sum(each["is"] == "taken" for each in told["answers"]))

    threads = [threading.Thread(target=phone) for _ in range(phones)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(taken), time.monotonic() - began


def _visit(url: str, stop: threading.Event, waits: list[float]) -> None:
    """Ask for the first page 25 times a second and note how long each took, in ms."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
    while not stop.wait(0.04):
        began = time.monotonic()
        connection.request("GET", "/")
        connection.getresponse().read()
        waits.append((time.monotonic() - began) * 1000)
