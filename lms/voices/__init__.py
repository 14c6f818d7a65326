"""Speech for words on the screen and in lessons: a synthesiser now, people's recordings above it.

Owns the choice of voice for a language and the process that speaks. A synthetic voice is a
fallback: whoever has a person's recording uses that instead. Nothing here is kept in a database.
"""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register tables, jobs and commands."""
