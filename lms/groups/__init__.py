"""A group's own page for its facilitator and its officer: who is stuck, whom to visit next."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register tables, pages and commands."""
