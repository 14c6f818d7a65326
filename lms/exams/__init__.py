"""Written answers and the people who mark them, and what to look at again after an exam."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register tables, pages and commands."""
