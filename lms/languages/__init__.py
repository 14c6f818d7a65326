"""Written words and their states, and where an admin lets learners meet a draft."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register tables, pages and commands."""
