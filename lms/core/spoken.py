"""Where a spoken clip for a key is asked for; silence until a floor above registers an answer."""

from collections.abc import Callable

from flask import Flask

from lms.core.i18n import interface_language

Answer = Callable[[str, str], str | None]

_answers: list[Answer] = []


def speaks(answer: Answer) -> Answer:
    """Register `answer(key, language) -> address of a clip or None`."""
    _answers.append(answer)
    return answer


def spoken(key: str, language: str) -> str | None:
    """The address of the clip for `key` in `language`, or None: silence."""
    for answer in _answers:
        address = answer(key, language)
        if address is not None:
            return address
    return None


def init_app(app: Flask) -> None:
    """Give templates `spoken(key)`, in the language in which the screen is shown."""
    app.jinja_env.globals["spoken"] = lambda key: spoken(key, interface_language())
