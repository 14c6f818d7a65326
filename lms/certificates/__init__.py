"""What somebody finished, frozen on a page and a paper that a stranger can verify."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register tables, pages and commands."""
