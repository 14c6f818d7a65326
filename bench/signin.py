"""Signing in: how long it takes while a video is encoded, and how cheap its pages are.

The pages are compared with a bare Flask "hello" on the same server in the same run, each asked
for over the same connections by the same client, so that the machine falls out of the ratio.
"""

import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from bench.figure import Figure
from bench.wire import Line
from lms.core.db import committing, db
from lms.core.ids import short_id
from lms.people import registering
from lms.people.hashing import comparer
from lms.people.models import Unit
from lms.people.pins import PinKind
from lms.people.roles import Role, UnitKind
from lms.seed import pin_as_tapped
from tests.browser.readiness import app_of
from tests.browser.school import ROOT, free_port, running_school

CALLERS = 16
TRIES = 40  # sign-ins of each caller
LONGEST_SIGN_IN = 0.5  # seconds, the 99th of a hundred
LEAST_SHARE = 0.20
CONNECTIONS = 8
SECONDS = 3.0

_HELLO = """
import sys
from flask import Flask
from waitress import serve
app = Flask("hello")
app.add_url_rule("/", "hello", lambda: "hello")
serve(app, host="127.0.0.1", port=int(sys.argv[1]), threads=int(sys.argv[2]))
"""


def measure() -> Iterator[Figure]:
    """Sign-ins beside an encode, then each sign-in page against "hello"."""
    with (
        tempfile.TemporaryDirectory(prefix="yachay-bench-") as name,
        # Its own media would be made for an uncertain time: the encode beside it is ours.
        running_school(Path(name), YACHAY_WORKER="no") as school,
    ):
        with app_of(school.environment):
            forms = _women()
        with _encoding(Path(name)) as is_encoding:
            took = sorted(_sign_ins(school.url, forms))
            rest = "an encode ran throughout" if is_encoding() else "THE ENCODE ENDED EARLY"
        yield Figure(
            f"sign-in, 99th of 100, {CALLERS} connections, an encode beside it",
            took[int(len(took) * 0.99)], LONGEST_SIGN_IN, "s",
            note=f"middle {took[len(took) // 2]:.3f} s, longest {took[-1]:.3f} s; {rest}",
        )  # fmt: skip
        yield from _pages(school.url, next(iter(forms)))


def _women() -> dict[str, bytes]:
    """A group of sixteen with PINs of their own: the pad's path and what is posted there."""
    pins = [str(4071 + 37 * number) for number in range(CALLERS)]
    hashes = comparer().hash_all(pins)
    forms = {}
    with committing():
        branch = db.session.query(Unit).filter_by(kind=UnitKind.BRANCH).first()
        group = registering.add_unit("Las Dieciséis", UnitKind.GROUP, branch)
        registering.new_link(group, "dieciseis")
        for number, (pin, secret_hash) in enumerate(zip(pins, hashes, strict=True)):
            person = registering.add_person(f"Mujer {number}")
            registering.give_role(person, Role.LEARNER, group)
            registering.set_pin(person, PinKind.DIGITS, secret_hash)
            forms[f"/g/dieciseis/{short_id(person.uuid)}"] = f"pin={pin_as_tapped(pin)}".encode()
    return forms


def _sign_ins(url: str, forms: dict[str, bytes]) -> list[float]:
    """Seconds of each sign-in; every caller begins her next one when the last is answered."""
    took: list[float] = []
    wrong: list[int] = []

    def call(path: str, form: bytes) -> None:
        with Line(url) as line:
            for _ in range(TRIES):
                began = time.perf_counter()
                status = line.post(path, form)
                took.append(time.perf_counter() - began)
                if status != 303:
                    wrong.append(status)

    _together([lambda p=path, f=form: call(p, f) for path, form in forms.items()])  # type: ignore[misc]  # bound now
    if wrong:
        raise RuntimeError(f"{len(wrong)} sign-ins were not let in: {set(wrong)}")
    return took


@contextmanager
def _encoding(folder: Path) -> Iterator[Callable[[], bool]]:
    """Encode a film as the worker does, for longer than the block lasts."""
    film = folder / "film.mp4"
    from imageio_ffmpeg import get_ffmpeg_exe

    picture = "testsrc2=size=1280x720:rate=30:duration=240"
    subprocess.run(
        [get_ffmpeg_exe(), "-v", "error", "-f", "lavfi", "-i", picture, "-f", "lavfi", "-i",
         "sine=duration=240", "-preset", "ultrafast", "-shortest", str(film)],
        check=True,
    )  # fmt: skip
    program = str(Path(sys.executable).with_name("lms"))
    child = subprocess.Popen(
        [program, "media", "ladder", str(film), "--out", str(folder / "rungs")],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
    try:
        time.sleep(3)  # past probing and measuring the loudness, into the pictures
        yield lambda: child.poll() is None
    finally:
        child.terminate()
        child.wait()


def _pages(url: str, pad: str) -> Iterator[Figure]:
    port, hello = free_port(), None
    try:
        hello = subprocess.Popen(
            [sys.executable, "-c", _HELLO, str(port), "8"], stderr=subprocess.DEVNULL
        )
        bare = f"http://127.0.0.1:{port}"
        _await(bare)
        pages = {
            "the door": "/", "the group": "/g/dieciseis", "the pad": pad, "staff": "/staff/enter",
        }  # fmt: skip
        shares, said = {}, []
        for name, path in pages.items():
            _rate(url, path, 0.5)
            before = _rate(bare, "/", SECONDS)
            ours = _rate(url, path, SECONDS)
            after = _rate(bare, "/", SECONDS)
            shares[name] = ours / ((before + after) / 2)
            said.append(f"{name} {ours:.0f}/s of {(before + after) / 2:.0f}/s")
        worst = min(shares, key=lambda name: shares[name])
        yield Figure(
            'sign-in page, requests/s against a bare Flask "hello", the worst page',
            shares[worst], LEAST_SHARE, "of it", is_ceiling=False, note="; ".join(said),
        )  # fmt: skip
    finally:
        if hello is not None:
            hello.terminate()
            hello.wait()


def _rate(url: str, path: str, seconds: float) -> float:
    """Answers a second over all connections."""
    counts: list[int] = []
    until = time.perf_counter() + seconds

    def ask() -> None:
        count = 0
        with Line(url) as line:
            while time.perf_counter() < until:
                status = line.get(path)
                if status != 200:
                    raise RuntimeError(f"{path} answered {status}")
                count += 1
        counts.append(count)

    _together([ask] * CONNECTIONS)
    if len(counts) != CONNECTIONS:
        raise RuntimeError(f"{path}: a connection failed")
    return sum(counts) / seconds


def _together(acts: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _await(url: str) -> None:
    for _ in range(100):
        try:
            with Line(url) as line:
                line.get("/")
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"nothing answers at {urlsplit(url).netloc}")
