"""Serving a rung over HTTP: whole, in spans, from a cache, and to nobody who may not."""

import hashlib
import http.client
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.core.db import db
from lms.core.storage import storage
from lms.media import reading
from lms.media.ladder import Family, Rung
from lms.media.models import Original, Rendition, RenditionState
from lms.media.ranges import Span, Unsatisfiable, asked_span
from lms.media.reading import Openness
from tests.browser.school import free_port

BODY = bytes(range(256)) * 1200  # larger than one piece, and every byte tells where it is
DIGEST = hashlib.sha256(BODY).hexdigest()
URL = f"/m/{DIGEST[:32]}.webm"
ETAG = f'"{DIGEST[:32]}"'


@pytest.fixture
def openness(monkeypatch: pytest.MonkeyPatch) -> Callable[[Openness, Openness], None]:
    """`openness(to_strangers, to_persons)`: what the floors above answer in this test."""

    def say(to_strangers: Openness, to_persons: Openness) -> None:
        answer = lambda person, _: to_strangers if person is None else to_persons  # noqa: E731
        monkeypatch.setattr(reading, "readers", [answer])

    return say


@pytest.fixture
def stored(app: Flask) -> Rendition:
    """A ready rendition whose bytes are known."""
    return add_rendition(BODY)


def add_rendition(body: bytes) -> Rendition:
    """Write a rendition of these bytes down and into the storage."""
    digest = hashlib.sha256(body).hexdigest()
    original = Original(
        digest=hashlib.sha256(body + b"original").hexdigest(), label="x", bytes=1, demuxer="mov",
        duration_seconds=10.0, picture_index=0, width=640, height=360, exact_fps="25",
    )
    rendition = Rendition(
        original=original, rung=Rung.LOW, family=Family.NEW, state=RenditionState.READY,
        digest=digest, name=f"{digest[:32]}.webm", bytes=len(body), kbps=1, container="webm",
        mime='video/webm; codecs="av01.0.01M.08"',
    )
    db.session.add_all([original, rendition])
    with storage().write(f"renditions/{digest}.webm") as part:
        part.write_bytes(body)
    db.session.commit()
    return rendition


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        (None, None),
        ("bytes=0-", Span(0, 999)),
        ("bytes=0-0", Span(0, 0)),
        ("bytes=10-19", Span(10, 19)),
        ("bytes=990-2000", Span(990, 999)),
        ("bytes=-10", Span(990, 999)),
        ("bytes=-5000", Span(0, 999)),
        ("BYTES = 5 - 6", Span(5, 6)),
        ("bytes=1000-", 416),
        ("bytes=1000-1001", 416),
        ("bytes=-0", 416),
        ("bytes=20-10", None),
        ("bytes=-", None),
        ("bytes=0-1,5-6", None),
        ("items=0-1", None),
        ("bytes=a-b", None),
        ("bytes=--5", None),
        ("nonsense", None),
    ],
)
def test_which_bytes_are_asked_for(header: str | None, wanted: Any) -> None:
    if wanted == 416:
        with pytest.raises(Unsatisfiable):
            asked_span(header, None, ETAG, 1000)
    else:
        assert asked_span(header, None, ETAG, 1000) == wanted


@pytest.mark.usefixtures("stored")
class TestOpen:
    """A rung of an open course."""

    @pytest.fixture(autouse=True)
    def _open(self, openness: Callable[..., None]) -> None:
        openness(Openness.OPEN, Openness.OPEN)

    def test_whole(self, client: FlaskClient) -> None:
        answer = client.get(URL)
        assert answer.status_code == 200
        assert answer.data == BODY
        assert answer.headers["Content-Length"] == str(len(BODY))
        assert answer.headers["Content-Type"] == "video/webm"
        assert answer.headers["Accept-Ranges"] == "bytes"
        assert answer.headers["ETag"] == ETAG
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "Set-Cookie" not in answer.headers

    def test_head(self, client: FlaskClient) -> None:
        answer = client.head(URL, headers={"Range": "bytes=0-9"})
        assert answer.status_code == 200
        assert answer.headers["Content-Length"] == str(len(BODY))
        assert answer.data == b""

    @pytest.mark.parametrize(
        ("header", "first", "last"),
        [("bytes=300-70000", 300, 70000), ("bytes=-700", len(BODY) - 700, len(BODY) - 1),
         ("bytes=5-", 5, len(BODY) - 1), ("bytes=0-0", 0, 0)],
    )
    def test_a_span(self, client: FlaskClient, header: str, first: int, last: int) -> None:
        answer = client.get(URL, headers={"Range": header})
        assert answer.status_code == 206
        assert answer.data == BODY[first : last + 1]
        assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{len(BODY)}"
        assert answer.headers["Content-Length"] == str(last - first + 1)

    def test_a_span_behind_the_end(self, client: FlaskClient) -> None:
        answer = client.get(URL, headers={"Range": f"bytes={len(BODY)}-"})
        assert answer.status_code == 416
        assert answer.headers["Content-Range"] == f"bytes */{len(BODY)}"
        assert answer.data == b""

    def test_if_range(self, client: FlaskClient) -> None:
        same = client.get(URL, headers={"Range": "bytes=0-9", "If-Range": ETAG})
        assert (same.status_code, same.data) == (206, BODY[:10])
        for other in ('"another"', f"W/{ETAG}", "Wed, 21 Oct 2015 07:28:00 GMT"):
            answer = client.get(URL, headers={"Range": "bytes=0-9", "If-Range": other})
            assert (answer.status_code, answer.data) == (200, BODY)

    @pytest.mark.parametrize("header", [ETAG, f"W/{ETAG}", f'"a", {ETAG}', "*"])
    def test_known_already(self, client: FlaskClient, header: str) -> None:
        answer = client.get(URL, headers={"If-None-Match": header, "Range": "bytes=0-9"})
        assert answer.status_code == 304
        assert answer.data == b""
        assert answer.headers["ETag"] == ETAG

    def test_not_known(self, client: FlaskClient) -> None:
        assert client.get(URL, headers={"If-None-Match": '"a"'}).status_code == 200

    @pytest.mark.parametrize(
        "name", ["0" * 32 + ".webm", "..%2f..%2fetc%2fpasswd", "a.webm", DIGEST + ".webm", "x"]
    )
    def test_what_there_is_not(self, client: FlaskClient, name: str) -> None:
        assert client.get(f"/m/{name}").status_code == 404

    def test_a_file_that_is_gone(self, client: FlaskClient) -> None:
        storage().delete(f"renditions/{DIGEST}.webm")
        assert client.get(URL).status_code == 404


def test_a_rung_that_is_not_ready(
    stored: Rendition, client: FlaskClient, openness: Callable[..., None]
) -> None:
    openness(Openness.OPEN, Openness.OPEN)
    stored.state = RenditionState.WAITING
    assert client.get(URL).status_code == 404


@pytest.mark.usefixtures("stored")
def test_a_stranger_is_told_nothing(client: FlaskClient, openness: Callable[..., None]) -> None:
    openness(Openness.REFUSED, Openness.PRIVATE)
    missing = client.get(f"/m/{'0' * 32}.webm")
    for headers in ({}, {"Range": "bytes=0-9"}, {"If-None-Match": ETAG}):
        answer = client.get(URL, headers=headers)
        assert (answer.status_code, answer.data) == (404, missing.data)
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.usefixtures("stored")
def test_nobody_may_read_unless_somebody_says_so(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "readers", [])
    assert client.get(URL).status_code == 404


@pytest.mark.usefixtures("stored")
def test_who_may_keeps_it_to_herself(
    client: FlaskClient, world: Any, signed_in: Any, openness: Callable[..., None]
) -> None:
    openness(Openness.REFUSED, Openness.PRIVATE)
    answer = signed_in(client, world.rosa).get(URL)
    assert (answer.status_code, answer.data) == (200, BODY)
    assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"


def test_nginx_sends_it_where_it_stands_in_front(
    make_app: Callable[..., Flask], openness: Callable[..., None]
) -> None:
    openness(Openness.OPEN, Openness.OPEN)
    app = make_app(YACHAY_X_ACCEL="/protected/")
    with app.app_context():
        add_rendition(BODY)
    answer = app.test_client().get(URL, headers={"Range": "bytes=0-9"})
    assert answer.status_code == 200
    assert answer.headers["X-Accel-Redirect"] == f"/protected/renditions/{DIGEST}.webm"
    assert answer.headers["Content-Type"] == "video/webm"
    assert answer.data == b""
    openness(Openness.REFUSED, Openness.REFUSED)
    assert "X-Accel-Redirect" not in app.test_client().get(URL).headers


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
    assert engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    for connection in slow:
        answer = connection.getresponse()
        assert answer.read(1000) == large[:1000]
        connection.close()
    quick.close()
