"""The first five minutes and her rights: first film, consent, what is kept, erasing."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register tables, pages and commands."""
