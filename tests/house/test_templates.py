"""Templates hold nothing that our own policy would block, and no word that is not translated."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
import tree_sitter_javascript
from jinja2 import Environment
from tree_sitter import Language, Node, Parser

from tests.house.tracked import files_named, short

TEMPLATES = files_named(".html", ".svg", ".xml", ".txt", below="lms/templates")
_SPOKEN = {"title", "alt", "placeholder", "aria-label", "aria-description", "aria-roledescription",
           "aria-valuetext", "label", "summary"}  # fmt: skip
_READER = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
_ATTRIBUTE = re.compile(r'\b([a-z][a-z0-9-]*)="([^"]*)"')
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_EMPTY = {"&nbsp;"}
# Our own name is the same in every language.
_NAMES = {"Yachay", "MB", "PIN"}
_BLOCK_BEGIN = {"trans"}


class Page(HTMLParser):
    """Reads one template, its Jinja taken out, and notes what breaks a rule."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocked: list[tuple[int, str]] = []
        self.words: list[tuple[int, str]] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        line = self.getpos()[0]
        given = dict(attrs)
        if tag == "style":
            self.blocked.append((line, "<style>: put it in a style sheet"))
        if tag == "script" and "src" not in given and given.get("type") != "application/json":
            self.blocked.append((line, "<script> without src: put it in lms/static/js"))
        for name, value in attrs:
            if name == "style" or name.startswith("on"):
                self.blocked.append((line, f"{name}=: the policy blocks it"))
            if value and re.match(r"\s*(javascript|https?):", value) and name != "xmlns":
                self.blocked.append((line, f"{name}={value}: nothing comes from elsewhere"))
            if name in _SPOKEN:
                self._say(value or "", line)
        if tag in {"script", "style"}:
            self._silent += 1

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""
        if tag in {"script", "style"}:
            self._silent -= 1

    def handle_data(self, data: str) -> None:
        """Words between elements."""
        if not self._silent:
            line = self.getpos()[0]
            # A macro may give attributes alone, whose element stands where it is called.
            for name, value in _ATTRIBUTE.findall(data):
                self._say(value if name in _SPOKEN else "", line)
            self._say(_ATTRIBUTE.sub("", data), line)

    def _say(self, text: str, line: int) -> None:
        left = [word for word in _LETTERS.findall(text) if word not in _NAMES]
        if left:
            self.words.append((line, " ".join(left)))


def without_jinja(source: str) -> str:
    """The template's own text; what Jinja puts in, and `{% trans %}` blocks, are gaps.

    Lines keep their numbers.
    """
    kept = []
    is_translated = False
    is_in_jinja = False
    is_after_begin = False
    for _line, kind, value in _READER.lex(source):
        if kind == "data" and not is_in_jinja and not is_translated:
            kept.append(value)
        else:
            kept.append("\n" * value.count("\n"))
        if kind in {"block_begin", "variable_begin", "comment_begin"}:
            is_in_jinja = True
            is_after_begin = kind == "block_begin"
        elif kind in {"block_end", "variable_end", "comment_end"}:
            is_in_jinja = False
            if kind == "variable_end":
                kept.append("0")
        elif is_after_begin and kind == "name":
            is_translated = value in _BLOCK_BEGIN or (is_translated and value != "endtrans")
            is_after_begin = False
    return "".join(kept)


def _read(path: Path) -> Page:
    page = Page()
    page.feed(without_jinja(path.read_text("utf-8")))
    page.close()
    return page


@pytest.mark.parametrize("path", TEMPLATES, ids=short)
def test_a_template_holds_nothing_that_the_policy_blocks(path: Path) -> None:
    assert not _read(path).blocked


@pytest.mark.parametrize("path", TEMPLATES, ids=short)
def test_every_visible_word_is_translated(path: Path) -> None:
    assert not _read(path).words, "say it through _()"


def test_no_script_speaks_words_of_its_own() -> None:
    """Words come to a script from its page, translated; it writes none itself."""
    parser = Parser(Language(tree_sitter_javascript.language()))
    found = []
    for path in files_named(".js", below="lms/static"):
        stack = [parser.parse(path.read_bytes()).root_node]
        while stack:
            node = stack.pop()
            stack.extend(node.children)
            if _LETTERS.search(_said(node)):
                found.append(f"{short(path)}:{node.start_point[0] + 1}: {_said(node)}")
    assert not found


def _text(node: Node | None) -> str:
    return node.text.decode() if node is not None and node.text is not None else ""


def _said(node: Node) -> str:
    """The literal words that this node would show or have spoken."""
    if node.type == "assignment_expression":
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        shown = _text(left).rpartition(".")[2] in {
            "textContent", "innerText", "innerHTML", "title", "alt", "placeholder", "ariaLabel",
        }  # fmt: skip
        return _text(right)[1:-1] if shown and right and right.type == "string" else ""
    if node.type == "call_expression":
        called = _text(node.child_by_field_name("function"))
        given = node.child_by_field_name("arguments")
        words = [part for part in (given.named_children if given else []) if part.type == "string"]
        if called in {"alert", "confirm", "prompt"} and words:
            return _text(words[0])[1:-1]
        if called.endswith(".setAttribute") and len(words) == 2:
            return _text(words[1])[1:-1] if _text(words[0])[1:-1] in _SPOKEN else ""
    return ""


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>Hello</p>", ["Hello"]), ("<p>{{ _('Hello') }}</p>", []),
        ("<p title='Go'></p>", ["Go"]),
        ("{% trans n=3 %}Three {{ n }} knots{% endtrans %}<p>3 x</p>", []),
        ("{% if a %}<b>Say</b>{% endif %}", ["Say"]),
        ("{# a note #}<b aria-label=\"{{ x }}\">1</b>", []),
    ],
)  # fmt: skip
def test_words_are_seen(source: str, words: list[str]) -> None:
    page = Page()
    page.feed(without_jinja(source))
    page.close()
    assert [said for _line, said in page.words] == words
