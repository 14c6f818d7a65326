"""How answers leave: security headers, compression, and never a personal page in a cache."""

import gzip
from functools import lru_cache

import brotli
from flask import Flask, Response, request

_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
_COMPRESSED = {"text/html", "application/json", "text/vtt", "image/svg+xml", "text/plain"}
_SMALLEST = 500  # bytes; below it compression saves less than its header costs


def init_app(app: Flask) -> None:
    """Give every answer its headers."""

    @app.after_request
    def finish(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", _POLICY)
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "same-origin")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        if "Cache-Control" not in headers:
            headers["Cache-Control"] = "no-store"
        return _compress(response)


def _compress(response: Response) -> Response:
    if (
        response.mimetype not in _COMPRESSED
        or response.status_code != 200
        or response.is_streamed
        or response.direct_passthrough
        or "Content-Encoding" in response.headers
    ):
        return response
    response.vary.add("Accept-Encoding")
    body = response.get_data()
    if len(body) < _SMALLEST:
        return response
    accepted = request.headers.get("Accept-Encoding", "")
    is_shared = "no-store" not in response.headers["Cache-Control"]
    for name, squeeze in (("br", _brotli), ("gzip", _gzip)):
        if name in accepted:
            # What is the same for all is squeezed once; personal bytes are not kept in memory.
            response.set_data(squeeze(body) if is_shared else squeeze.__wrapped__(body))
            response.headers["Content-Encoding"] = name
            if etag := response.get_etag()[0]:
                response.set_etag(etag, weak=True)
            break
    return response


@lru_cache(maxsize=256)
def _brotli(body: bytes) -> bytes:
    return brotli.compress(body, quality=5, mode=brotli.MODE_TEXT)


@lru_cache(maxsize=64)
def _gzip(body: bytes) -> bytes:
    return gzip.compress(body, 6, mtime=0)
