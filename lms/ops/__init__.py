"""A real installation: backup, restore, upgrade, doctor, health and metrics."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register tables, pages and commands."""
