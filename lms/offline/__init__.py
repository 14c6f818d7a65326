"""What the browser keeps for a page without signal: service worker, neutral icon, manifest."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register tables, pages and commands."""
