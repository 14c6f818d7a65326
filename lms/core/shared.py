"""What a page that is rendered once for everybody must not say of whoever asked for it first."""

from typing import Any


def _nothing(**_: Any) -> list[Any]:
    return []


FOR_EVERYBODY: dict[str, Any] = {"get_flashed_messages": _nothing, "staff_links": _nothing}
"""Stands in for what the frames of pages ask about the request: her messages, her navigation."""
