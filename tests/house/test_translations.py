"""Spanish is complete, every catalogue can be read, and no translation breaks its placeholders."""

import re
import tomllib

import pytest

from tests.house.catalogues import TRANSLATIONS, missing, read, strings, tags

_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%%")


def test_spanish_is_complete() -> None:
    assert missing("es") == [], "make translations gathers; then fill translations/es/messages.po"


@pytest.mark.parametrize("tag", list(tags()))
def test_a_catalogue_holds_todays_strings(tag: str) -> None:
    catalogue = read(TRANSLATIONS / tag / "messages.po")
    now = {str(message.id) for message in strings() if message.id}
    assert {str(message.id) for message in catalogue if message.id} == now, "make translations"


@pytest.mark.parametrize("tag", list(tags()))
def test_a_translation_keeps_its_placeholders(tag: str) -> None:
    broken = []
    for message in read(TRANSLATIONS / tag / "messages.po"):
        sources = message.id if isinstance(message.id, tuple | list) else [message.id]
        given = message.string if isinstance(message.string, tuple | list) else [message.string]
        known = {name for source in sources for name in _PLACEHOLDER.findall(source)}
        for text in given:
            if text and message.id and not set(_PLACEHOLDER.findall(text)) <= known:
                broken.append((sources[0], text))
            if text and message.id and re.search(r"%(?!\(\w+\)[sd]|%)", text) and known:
                broken.append((sources[0], text))
    assert not broken


@pytest.mark.parametrize("tag", list(tags()))
def test_a_language_says_how_it_counts(tag: str) -> None:
    with (TRANSLATIONS / tag / "language.toml").open("rb") as stream:
        table = tomllib.load(stream)
    catalogue = read(TRANSLATIONS / tag / "messages.po")
    assert f"nplurals={catalogue.num_plurals};" in table["plurals"]
    unknown = set(table["fallback"]) - set(tags())
    assert not unknown
