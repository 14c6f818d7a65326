"""Staff's ways in: passwords set anew, open sign-ins listed and ended, a second factor."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register tables, pages and commands."""
