"""Where a spoken clip for a key is asked for; silence until a floor above registers an answer."""

from collections.abc import Callable

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
