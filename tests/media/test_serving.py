"""Serving a rung over HTTP: whole, in spans, from a cache, and to nobody who may not."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.core.storage import storage
from lms.media import reading
from lms.media.models import Rendition, RenditionState
from lms.media.reading import Openness
from tests.media.renditions import BODY, DIGEST, ETAG, URL, add_rendition


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
