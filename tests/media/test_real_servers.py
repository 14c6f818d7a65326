"""The same answers through waitress and gunicorn, and what a slow phone costs them."""

import http.client
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from lms.core.db import db
from lms.core.storage import storage
from lms.media.models import Rendition
from lms.media.reading import Openness
from tests.browser.school import free_port
from tests.media.renditions import BODY, URL, add_rendition


@pytest.fixture
def waitress_port(app: Flask, stored: Rendition, openness: Callable[..., None]) -> Iterator[int]:
    """The app behind a real waitress on a port of its own."""
    from waitress.server import create_server

    openness(Openness.OPEN, Openness.OPEN)
    server = create_server(app, host="127.0.0.1", port=0, threads=2, asyncore_use_poll=True)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield server.effective_port
    server.close()
    thread.join(10)


@pytest.fixture
def gunicorn_port(
    app: Flask, stored: Rendition, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[int]:
    """The same file behind a real gunicorn with threads."""
    port = free_port()
    script = tmp_path / "opened.py"
    script.write_text(
        "from lms.factory import create_app\n"
        "from lms.media import reading\n"
        "app = create_app()\n"
        "reading.readers[:] = [lambda person, original: reading.Openness.OPEN]\n"
    )
    environment = request.getfixturevalue("environment")(
        app.config["SQLALCHEMY_DATABASE_URI"], storage().root
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-k", "gthread", "--threads", "2", "-b",
         f"127.0.0.1:{port}", "--chdir", str(tmp_path), "opened:app"],
        env={"PATH": "/usr/bin:/bin", **environment}, stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(200):
            try:
                with socket.create_connection(("127.0.0.1", port), timeout=5):
                    break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(20)


@pytest.mark.parametrize("server", ["waitress_port", "gunicorn_port"])
def test_a_real_server_sends_exactly_what_was_asked(
    server: str, request: pytest.FixtureRequest
) -> None:
    """On one kept-open connection: a byte too many or too few would spoil the next answer."""
    connection = http.client.HTTPConnection(
        "127.0.0.1", request.getfixturevalue(server), timeout=20
    )
    for header, wanted in (
        ("bytes=300-70000", BODY[300:70001]), ("bytes=-700", BODY[-700:]), ("bytes=0-0", BODY[:1]),
        (None, BODY), ("bytes=5-", BODY[5:]),
    ):
        connection.request("GET", URL, headers={"Range": header} if header else {})
        answer = connection.getresponse()
        assert answer.read() == wanted, header
        assert answer.status == (206 if header else 200)
        assert answer.getheader("Transfer-Encoding") is None
    connection.request("HEAD", URL)
    answer = connection.getresponse()
    assert (answer.status, answer.read()) == (200, b"")
    assert answer.getheader("Content-Length") == str(len(BODY))
    connection.request("GET", URL, headers={"Range": f"bytes={len(BODY)}-"})
    answer = connection.getresponse()
    assert (answer.status, answer.read()) == (416, b"")
    connection.close()


def test_nothing_is_copied_or_held_while_a_slow_phone_reads(
    app: Flask, waitress_port: int, openness: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file itself is handed to the server: no thread waits, no database transaction is open."""
    large = b"\x5a" * 30_000_000
    rendition = add_rendition(large)
    name = rendition.name
    engine = db.engine
    db.session.remove()
    slow = [http.client.HTTPConnection("127.0.0.1", waitress_port, timeout=20) for _ in range(5)]
    for connection in slow:
        connection.request("GET", f"/m/{name}", headers={"Range": "bytes=100-"})
    # Five phones read nothing yet, and two threads still answer others.
    quick = http.client.HTTPConnection("127.0.0.1", waitress_port, timeout=20)
    for _ in range(5):
        quick.request("GET", URL)
        assert quick.getresponse().read() == BODY
    # The last quick answer is read a moment before its thread lets go; the slow ones never would.
    given_up = time.monotonic() + 10
    while engine.pool.checkedout() and time.monotonic() < given_up:  # type: ignore[attr-defined]
        time.sleep(0.05)
    assert engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    for connection in slow:
        answer = connection.getresponse()
        assert answer.read(1000) == large[:1000]
        connection.close()
    quick.close()
