"""Which bytes of a file a request asks for (RFC 9110, sections 13 and 14). Pure."""

import re
from dataclasses import dataclass

_ONE = re.compile(r"bytes\s*=\s*(\d{0,18})\s*-\s*(\d{0,18})\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Span:
    """Bytes `first` to `last`, both included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """How many bytes."""
        return self.last - self.first + 1


class Unsatisfiable(Exception):
    """The range begins behind the end of the file: 416."""


def asked_span(header: str | None, if_range: str | None, etag: str, size: int) -> Span | None:
    """The span to send, or None for the whole file; Unsatisfiable for 416.

    `etag` is the file's, quoted. Several ranges, other units and nonsense are answered by the
    whole file, which the standard allows; so is an If-Range that names anything but this file.
    """
    if not header or (if_range is not None and if_range.strip() != etag):
        return None
    found = _ONE.fullmatch(header.strip())
    if found is None:
        return None
    first, last = found.groups()
    if not first and not last:
        return None
    if not first:
        return _suffix(int(last), size)
    begin = int(first)
    if last and int(last) < begin:
        return None
    if begin >= size:
        raise Unsatisfiable
    return Span(begin, min(int(last), size - 1) if last else size - 1)


def _suffix(length: int, size: int) -> Span:
    if length == 0 or size == 0:
        raise Unsatisfiable
    return Span(max(0, size - length), size - 1)
