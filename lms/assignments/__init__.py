"""Courses and ordered paths given to units and roles, with a due date if there is one."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register tables, pages and commands."""
