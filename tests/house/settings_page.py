"""Writes docs/settings.md from the table in lms/core/settings.py.

`python -m tests.house.settings_page`; tests/house/test_documents.py compares the two.
"""

from lms.core.settings import SETTINGS
from tests.house.tracked import ROOT

PAGE = ROOT / "docs" / "settings.md"
_TOP = """\
# Settings

Set as environment variables (`PORT=9000 make run`), read once and checked at start: a wrong one is
named together with every other wrong one, and nothing starts. Paths are taken from the folder where
the program is started. This page is written from `lms/core/settings.py`
(`.venv/bin/python -m tests.house.settings_page`), and a test compares the two.

| variable | default | meaning |
| --- | --- | --- |
"""


def page() -> str:
    """The whole page as it should be."""
    rows = [f"| `{each.variable}` | {_shown(each.default)} | {each.meaning} |" for each in SETTINGS]
    return _TOP + "\n".join(rows) + "\n"


def _shown(default: str) -> str:
    return f"`{default}`" if default else "(empty)"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
