"""What the documents say is so: settings, tables' owners, commands."""

import re
from dataclasses import fields
from pathlib import Path

import click
import pytest
from flask import Flask

from lms.core.db import db
from lms.core.settings import SETTINGS, Settings
from tests.house.settings_page import PAGE, page
from tests.house.tracked import ROOT, short, tracked_files

TEXTS = [p for p in tracked_files() if p.suffix == ".md" and "courses" not in p.parts[-3:-1]]


def test_every_setting_is_documented_with_its_default() -> None:
    assert PAGE.read_text("utf-8") == page(), "python -m tests.house.settings_page writes it"
    assert [each.field for each in SETTINGS] == [each.name for each in fields(Settings)]


def test_no_setting_is_read_behind_the_tables_back() -> None:
    known = {each.variable for each in SETTINGS}
    named = set()
    for path in (ROOT / "lms").rglob("*.py"):
        named |= set(re.findall(r"[\"'](YACHAY_[A-Z_]+)[\"']", path.read_text("utf-8")))
    assert named <= known, f"not in the table: {named - known}"


def test_every_table_has_an_owner(app: Flask) -> None:
    rows = re.findall(
        r"^\|\s*`?([a-z_]+)`?\s*\|\s*(\S[^|]*)\|\s*(\S[^|]*)\|",
        (ROOT / "docs" / "sync.md").read_text("utf-8"),
        flags=re.MULTILINE,
    )
    owned = {name for name, _owner, _road in rows}
    tables = set(db.metadata.tables)
    assert not tables - owned, f"docs/sync.md must name the owner of {tables - owned}"


def test_a_command_that_a_document_names_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    missing = []
    for path in TEXTS:
        for name in re.findall(r"`(?:\w+=\S+ )*make ([a-z]+)", path.read_text("utf-8")):
            if name not in targets:
                missing.append(f"{short(path)}: make {name}")
    assert not missing


def test_a_program_word_that_a_document_names_exists() -> None:
    from lms.cli import lms

    missing = []
    for path in TEXTS:
        for line in re.findall(r"`(?:\.venv/bin/)?lms ([a-z][a-z -]*)", path.read_text("utf-8")):
            if not _exists(lms, line.split()):
                missing.append(f"{short(path)}: lms {line}")
    assert not missing


def _exists(group: click.Command, words: list[str]) -> bool:
    """Whether the words lead to a command; what follows a command is its arguments."""
    context = click.Context(group)
    for word in words:
        if not isinstance(group, click.Group):
            return True
        found = group.get_command(context, word)
        if found is None:
            return False
        group = found
    return True


@pytest.mark.parametrize(
    "name", ["README.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE", "LICENSE-CONTENT"]
)
def test_the_house_has_its_papers(name: str) -> None:
    assert Path(ROOT / name).stat().st_size > 200


def test_links_between_documents_lead_somewhere() -> None:
    broken = []
    for path in TEXTS:
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", path.read_text("utf-8")):
            if not (path.parent / target).exists():
                broken.append(f"{short(path)}: {target}")
    assert not broken
