"""Where each field of a TOML text stands."""

import tomllib

import pytest

from lms.courses.toml_lines import TomlLines

TEXT = '''# a comment
format = 1
title.es = "a # not a comment"  # one
"odd key" = [1,
  2, [3,
  4]]
inline = { a = 1, b.c = "x" }
multi = """
[not.a.table]
"" """
lit = \'\'\'
x\'\'\'
[languages.es]
state = "draft"
[[modules]]
slug = "m"
[[modules.lessons]]
a = 1
[[modules.lessons]]
a = 2
[modules.lessons.deep]
z = 1979-05-27T07:32:00Z
[[modules]]
slug = "n"
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("format",), 2), (("title", "es"), 3), (("odd key", 1), 5), (("odd key", 2, 1), 6),
        (("inline", "b", "c"), 7), (("multi",), 8), (("lit",), 11), (("languages", "es"), 13),
        (("languages", "es", "state"), 14), (("modules", 0, "slug"), 16),
        (("modules", 0, "lessons", 1, "a"), 20), (("modules", 0, "lessons", 1, "deep", "z"), 22),
        (("modules", 1, "slug"), 24),
        (("modules", 1, "title", "es"), 23),  # missing: the table that lacks it
        (("none",), 1),
    ],
)
def test_lines(path: tuple[str | int, ...], line: int) -> None:
    tomllib.loads(TEXT)
    assert TomlLines(TEXT).line_of(path) == line


def test_it_never_raises_on_what_is_cut() -> None:
    for length in range(len(TEXT)):
        TomlLines(TEXT[:length])
