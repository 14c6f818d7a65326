"""A village watches: 40 phones with 3 connections each, at 10 kB/s, on one 40 MB file with Range.

Another page is asked for meanwhile; and nothing of the file may be copied to a temporary disk.
"""

import hashlib
import http.client
import os
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psutil

from bench.figure import Figure
from lms.core.db import committing, db
from lms.core.storage import storage
from lms.media.ladder import Family, Rung
from lms.media.models import Original, OriginalHolder, Rendition, RenditionState
from lms.people.models import Unit
from lms.people.signing_in import COOKIE, begin
from lms.people.signing_in_models import PasswordLogin, Way
from tests.browser.readiness import app_of
from tests.browser.school import School, running_school

PHONES, CONNECTIONS = 40, 3
FILE_BYTES = 40_000_000
RATE = 10_000  # bytes a second on each connection
SECONDS = 20
LONGEST_WAIT = 100  # ms, p99 of another page


def measure() -> Iterator[Figure]:
    """A real school with its own web server, which makes no media meanwhile."""
    with (
        tempfile.TemporaryDirectory(prefix="yachay-bench-") as name,
        running_school(Path(name), YACHAY_WORKER="no") as school,
    ):
        with app_of(school.environment):
            path, cookie = _large_file(), _admins_cookie()
        yield from _watched(school, path, cookie)


def _large_file() -> str:
    """The address of a ready rendition of 40 MB, held by every unit."""
    body = os.urandom(FILE_BYTES)
    digest = hashlib.sha256(body).hexdigest()
    name = f"{digest[:32]}.webm"
    with storage().write(f"renditions/{digest}.webm") as part:
        part.write_bytes(body)
    with committing():
        original = Original(
            digest=hashlib.sha256(digest.encode()).hexdigest(), label="bench", bytes=1,
            demuxer="mov", duration_seconds=4000.0, picture_index=0, width=640, height=360,
            exact_fps="25",
        )
        original.renditions.append(
            Rendition(
                rung=Rung.MID, family=Family.NEW, state=RenditionState.READY, digest=digest,
                name=name, bytes=FILE_BYTES, kbps=80, container="webm", mime="video/webm",
            )
        )
        db.session.add(original)
        db.session.flush()
        for unit in db.session.scalars(db.select(Unit)):
            db.session.add(OriginalHolder(original_id=original.id, unit_id=unit.id))
    return f"/m/{name}"


def _admins_cookie() -> str:
    login = db.session.scalars(
        db.select(PasswordLogin).where(PasswordLogin.username == "ines")
    ).one()
    person = login.person_id
    db.session.rollback()
    return f"{COOKIE}={begin(person, Way.PASSWORD)}"


class _Village:
    """All the phones in one thread: each connection reads 1 kB ten times a second."""

    def __init__(self, address: tuple[str, int], path: str, cookie: str) -> None:
        self._ask = (
            f"GET {path} HTTP/1.1\r\nHost: {address[0]}:{address[1]}\r\n"
            f"Cookie: {cookie}\r\nRange: bytes=%d-\r\n\r\n"
        )
        self.sockets = [self._connect(address, at) for at in range(PHONES * CONNECTIONS)]
        self.taken = [0] * len(self.sockets)
        self.heads = [b""] * len(self.sockets)
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self._read)

    def _connect(self, address: tuple[str, int], number: int) -> socket.socket:
        phone = socket.socket()
        # A phone's buffer is small: what is sent waits at the server, not here.
        phone.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        phone.connect(address)
        phone.sendall((self._ask % (number * 1000)).encode())
        phone.setblocking(False)
        return phone

    def _read(self) -> None:
        due = time.monotonic()
        while not self.stop.is_set():
            for number, phone in enumerate(self.sockets):
                try:
                    piece = phone.recv(RATE // 10)
                except BlockingIOError:
                    continue
                if not self.taken[number]:
                    self.heads[number] = piece
                self.taken[number] += len(piece)
            due += 0.1
            self.stop.wait(max(0.0, due - time.monotonic()))


def _watched(school: School, path: str, cookie: str) -> Iterator[Figure]:
    address = urlsplit(school.url)
    assert address.hostname is not None
    assert address.port is not None
    process = psutil.Process(school.process.pid)
    alone, _ = _visited(address.hostname, address.port, process, SECONDS / 2)
    village = _Village((address.hostname, address.port), path, cookie)
    village.thread.start()
    time.sleep(3)
    written = process.io_counters().write_bytes
    waits, spooled = _visited(address.hostname, address.port, process, SECONDS)
    written = process.io_counters().write_bytes - written
    village.stop.set()
    village.thread.join()
    for phone in village.sockets:
        phone.close()
    served = sum(head.startswith(b"HTTP/1.1 206") for head in village.heads)
    count = PHONES * CONNECTIONS
    rate = sum(village.taken) / count / (SECONDS + 3) / 1000
    yield Figure(
        f"another page's p99 beside {count} slow connections",
        _share(waits, 0.99), LONGEST_WAIT, "ms",
        note=f"median {_share(waits, 0.5):.1f}; without them p99 {_share(alone, 0.99):.1f}, "
        f"median {_share(alone, 0.5):.1f}; {len(waits)} requests",
    )  # fmt: skip
    yield Figure(
        "slow connections that are served", served, count, "", is_ceiling=False,
        note=f"{rate:.1f} kB/s each",
    )  # fmt: skip
    yield Figure(
        "spooled to temporary files", (spooled + written) / 1e6, 1.0, "MB",
        note="temporary files held open, and what the process wrote to disk meanwhile",
    )  # fmt: skip


def _share(waits: list[float], share: float) -> float:
    """The wait, in milliseconds, that this share of the requests did not exceed."""
    return sorted(waits)[int(len(waits) * share)] * 1000


def _visited(
    host: str, port: int, process: psutil.Process, seconds: float
) -> tuple[list[float], int]:
    """How long each request of another visitor took, and the most bytes in temporary files."""
    waits: list[float] = []
    spooled = 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        began = time.monotonic()
        visitor = http.client.HTTPConnection(host, port, timeout=30)
        visitor.request("GET", "/", headers={"Accept": "text/html"})
        answer = visitor.getresponse()
        answer.read()
        waits.append(time.monotonic() - began)
        visitor.close()
        if answer.status != 200:
            raise RuntimeError(f"the page answered {answer.status}")
        if len(waits) % 20 == 0:
            spooled = max(spooled, _temporary_bytes(process))
        time.sleep(0.02)
    return waits, spooled


def _temporary_bytes(process: psutil.Process) -> int:
    total = 0
    for entry in Path(f"/proc/{process.pid}/fd").iterdir():
        try:
            if str(entry.readlink()).endswith(" (deleted)"):
                total += entry.stat().st_size
        except OSError:
            continue
    return total
