"""Gathers the strings of the code and the templates into translations/<tag>/messages.po.

`python -m tests.house.catalogues [FILE.po ...]` writes every language's catalogue anew:
translations are kept, new strings come in empty, strings that are gone go. What the given files
translate is taken into the Spanish catalogue.
"""

import sys
import tomllib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from tests.house.tracked import ROOT, files_named, short

TRANSLATIONS = ROOT / "translations"
KEYWORDS = {"_": None, "gettext": None, "lazy": None, "ngettext": (1, 2)}
_TEMPLATE_OPTIONS = {"newstyle_gettext": "true", "trim_blocks": "true", "lstrip_blocks": "true"}


def strings() -> Catalog:
    """Every string that the code shows, with the files where it stands."""
    found = Catalog(charset="utf-8")
    sources = [("python", path) for path in files_named(".py", below="lms")]
    sources += [
        ("jinja2.ext:babel_extract", path)
        for path in files_named(".html", ".txt", below="lms/templates")
    ]
    for method, path in sources:
        for _line, message, comments, _context in extract_from_file(
            method, path, keywords=KEYWORDS, comment_tags=("For translators:",),
            options=_TEMPLATE_OPTIONS if "jinja2" in method else {}, strip_comment_tags=True,
        ):  # fmt: skip
            found.add(message, locations=[(short(path), 0)], auto_comments=comments)
    return found


def tags() -> Iterator[str]:
    """Every language that has a folder."""
    for file in sorted(TRANSLATIONS.glob("*/language.toml")):
        yield file.parent.name


def read(file: Path) -> Catalog:
    """A catalogue's file; its plural rule is what its own header says."""
    with file.open("rb") as stream:
        return read_po(stream, charset="utf-8")


def missing(tag: str) -> list[str]:
    """Source strings that this language's catalogue does not translate whole, or only guesses."""
    file = TRANSLATIONS / tag / "messages.po"
    catalogue = read(file) if file.exists() else Catalog()
    return [
        _id(message)
        for message in strings()
        if message.id and not _is_translated(catalogue.get(_id(message)))
    ]


def _id(message: Message) -> str:
    return message.id[0] if isinstance(message.id, tuple | list) else str(message.id)


def _is_translated(message: Message | None) -> bool:
    if message is None or message.fuzzy or not message.string:
        return False
    whole = message.string if isinstance(message.string, tuple | list) else [message.string]
    return all(whole)


def _begun(tag: str) -> Catalog:
    """An empty catalogue whose header carries the plural rule of language.toml."""
    with (TRANSLATIONS / tag / "language.toml").open("rb") as stream:
        plurals = tomllib.load(stream)["plurals"]
    header = (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {tag}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: {plurals}\\n"\n'
    )
    return read_po(BytesIO(header.encode()), charset="utf-8")


def gather(tag: str, given: list[Catalog]) -> int:
    """Write one language's catalogue anew; returns how many strings it does not translate."""
    file = TRANSLATIONS / tag / "messages.po"
    known = [*([read(file)] if file.exists() else []), *given]
    written = _begun(tag)
    plurals = written.num_plurals
    for message in sorted(strings(), key=_id):
        if not message.id:
            continue
        is_plural = isinstance(message.id, tuple | list)
        string = ("",) * plurals if is_plural else ""
        for catalogue in known:
            found = catalogue.get(_id(message))
            if _is_translated(found) and isinstance(found.string, tuple | list) == is_plural:
                string = found.string
        written.add(
            message.id, string, locations=sorted(set(message.locations)),
            auto_comments=message.auto_comments,
            flags={"python-format"} & set(message.flags),
        )  # fmt: skip
    buffer = BytesIO()
    write_po(buffer, written, width=100, omit_header=True, include_lineno=False)
    file.write_text(_header(tag) + buffer.getvalue().decode(), encoding="utf-8")
    return len(missing(tag))


def _header(tag: str) -> str:
    with (TRANSLATIONS / tag / "language.toml").open("rb") as stream:
        table = tomllib.load(stream)
    return (
        f"# {table['name']}: the screens' words. Written by `make translations`; fill msgstr.\n"
        'msgid ""\nmsgstr ""\n'
        f'"Language: {tag}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: {table["plurals"]}\\n"\n\n'
    )


def main() -> None:
    """Gather for every language, and say what is left to translate."""
    given = [read(Path(name)) for name in sys.argv[1:]]
    for tag in tags():
        left = gather(tag, given if tag == "es" else [])
        print(f"translations/{tag}/messages.po: {left} left to translate")


if __name__ == "__main__":
    main()
