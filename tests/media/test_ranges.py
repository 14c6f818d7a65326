"""Which bytes a request asks for: a table of cases."""

from typing import Any

import pytest

from lms.media.ranges import Span, Unsatisfiable, asked_span

ETAG = '"0123456789abcdef"'


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


def test_if_range_must_name_this_very_file() -> None:
    assert asked_span("bytes=0-9", ETAG, ETAG, 1000) == Span(0, 9)
    for other in ('"another"', f"W/{ETAG}", "Wed, 21 Oct 2015 07:28:00 GMT", ""):
        assert asked_span("bytes=0-9", other, ETAG, 1000) is None
