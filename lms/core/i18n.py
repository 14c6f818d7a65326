"""Languages: which there are, what a person reads, and what stands in for a missing word.

Source strings are English; `translations/<tag>/` holds `language.toml` (name, fallback, stand-in
for CLDR, plural rule, voice) and `messages.po`. Babel reads the catalogues; Flask-Babel does not
know `quz` and `quy`. A screen falls back whole, never to English: a language's catalogue is used
only when it is complete enough to be spoken of as finished (`is_ready` in language.toml).
"""

import io
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import Any

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import LazyProxy, NullTranslations, Translations
from flask import Flask, has_app_context

from lms.core.places import data_folder
from lms.core.settings import settings

_spoken: ContextVar[str | None] = ContextVar("language", default=None)


@dataclass(frozen=True)
class Language:
    """One folder of `translations/`; `cldr` is Babel's stand-in for numbers and dates."""

    tag: str
    name: str
    fallback: tuple[str, ...]
    cldr: str
    voice: str | None
    is_ready: bool

    @property
    def locale(self) -> Locale:
        """Babel's locale for numbers, dates and money."""
        return Locale.parse(self.cldr)


@cache
def languages() -> dict[str, Language]:
    """All languages of this installation by tag, in the folders' order."""
    found = {}
    for file in sorted(data_folder("translations").glob("*/language.toml")):
        with file.open("rb") as stream:
            table = tomllib.load(stream)
        tag = file.parent.name
        found[tag] = Language(
            tag=tag,
            name=table["name"],
            fallback=tuple(table.get("fallback", ())),
            cldr=table["cldr"],
            voice=table.get("voice") or None,
            is_ready=table.get("is_ready", False),
        )
    return found


def chain_of(tag: str) -> tuple[str, ...]:
    """The tags to try for a reader of `tag`, nearest first, such as quy, quz, es."""
    language = languages().get(tag)
    return (tag, *language.fallback) if language else (default_language(),)


def default_language() -> str:
    """The language of somebody who has chosen none."""
    return settings().language if has_app_context() else "es"


def current_language() -> str:
    """The language asked for in this context."""
    return _spoken.get() or default_language()


def interface_language(tag: str | None = None) -> str:
    """The language in which a whole screen can be shown to a reader of `tag`."""
    known = languages()
    for each in chain_of(tag or current_language()):
        if each in known and known[each].is_ready:
            return each
    return default_language()


@contextmanager
def language_scope(tag: str) -> Iterator[None]:
    """Speak `tag` inside the block."""
    token = _spoken.set(tag)
    try:
        yield
    finally:
        _spoken.reset(token)


def set_language(tag: str | None) -> None:
    """Speak `tag` from here on in this context (a request); None: the default."""
    _spoken.set(tag if tag in languages() else None)


def in_language(texts: Mapping[str, str], tag: str | None = None) -> str:
    """The text nearest to `tag` in its fallback chain; the first one there is if none fits."""
    for each in chain_of(tag or current_language()):
        if texts.get(each):
            return texts[each]
    return next(iter(texts.values()), "")


@cache
def catalogue(tag: str) -> NullTranslations:
    """The compiled catalogue of one language."""
    file = data_folder("translations") / tag / "messages.po"
    if not file.is_file():
        return NullTranslations()
    with file.open("rb") as stream:
        messages = read_po(stream, locale=languages()[tag].cldr)
    compiled = io.BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return Translations(fp=compiled)


def gettext(source: str, **values: Any) -> str:
    """The string in the screen's language, with its placeholders filled."""
    text: str = catalogue(interface_language()).gettext(source)
    return text % values if values else text


def ngettext(one: str, many: str, count: int, **values: Any) -> str:
    """The singular or plural in the screen's language; `%(count)s` is filled."""
    text: str = catalogue(interface_language()).ngettext(one, many, count)
    return text % {"count": count, **values}


def lazy(source: str) -> LazyProxy:
    """A string translated where it is shown, for tables made at import."""
    return LazyProxy(gettext, source, enable_cache=False)


_ = gettext


def init_app(app: Flask) -> None:
    """Teach templates `_`, `ngettext`, `in_language`; begin every request in its own language."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.globals.update(
        in_language=in_language, current_language=current_language,
        interface_language=interface_language, languages=languages,
    )

    @app.before_request
    def forget_language() -> None:
        set_language(None)
