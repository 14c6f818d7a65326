"""Questions: their kinds, how a quiz is read and marked, its order, and the attempts made at it.

It owns the schema of a course's quiz.toml, marking and shuffling (with their JavaScript twins in
`static/js/`), and the table of attempts, which `learning` rewrites from what people did.
"""

from flask import Flask


def init_app(app: Flask) -> None:
    """Make the table known."""
    from lms.quizzes import models  # noqa: F401  # importing it makes the table known
