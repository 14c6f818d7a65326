"""What courses tell the floors above."""

from blinker import Namespace

_signals = Namespace()

published = _signals.signal("courses.published")
"""Sent inside the transaction when a version was published.

`version` is the CourseVersion, `lessons` the uuids of its lessons (a set): what people did in them
may now count for more, or be of a course that was unknown until now.
"""
