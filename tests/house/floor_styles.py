"""What a style sheet may not use, because Chrome and WebView 80 (2020) do not have it.

Only what would spoil a page is listed: a property that is merely passed over without harm
(`color-scheme`, `text-wrap`) may stand. Inside `@supports` everything may stand, because the floor
passes over it; so may a newer value after an older one of the same property in the same rule.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import tinycss2
import tinycss2.ast as css

PROPERTIES = {
    "aspect-ratio": 88,
    "inset": 87,
    "margin-inline": 87,
    "margin-block": 87,
    "padding-inline": 87,
    "padding-block": 87,
    "inset-inline": 87,
    "inset-block": 87,
    "border-inline": 87,
    "border-block": 87,
    "border-start-start-radius": 89,
    "border-start-end-radius": 89,
    "border-end-start-radius": 89,
    "border-end-end-radius": 89,
    "container": 105,
    "container-type": 105,
    "container-name": 105,
    "translate": 104,
    "rotate": 104,
    "scale": 104,
    "mask": 120,
    "mask-image": 120,
    "mask-size": 120,
    "mask-repeat": 120,
    "mask-position": 120,
    "offset-position": 116,
    "animation-timeline": 115,
    "position-anchor": 125,
    "anchor-name": 125,
    "field-sizing": 123,
    "interpolate-size": 129,
    "appearance": 84,
    "font-palette": 101,
    "hyphenate-character": 106,
    "transition-behavior": 117,
    "view-transition-name": 111,
    "initial-letter": 110,
    "overflow-clip-margin": 90,
    "content-visibility": 85,
    "box-decoration-break": 130,
}
PSEUDO = {
    "is": 88,
    "where": 88,
    "has": 105,
    "focus-visible": 86,
    "marker": 86,
    "modal": 105,
    "popover-open": 114,
    "user-valid": 119,
    "user-invalid": 119,
    "dir": 120,
    "autofill": 110,
    "picture-in-picture": 110,
    "open": 133,
    "state": 125,
    "file-selector-button": 89,
    "target-text": 89,
    "spelling-error": 121,
    "details-content": 131,
}
AT_RULES = {
    "layer": 99,
    "container": 105,
    "property": 85,
    "scope": 118,
    "starting-style": 117,
    "counter-style": 91,
    "position-try": 125,
    "view-transition": 126,
    "font-palette-values": 101,
}
FUNCTIONS = {
    "color-mix": 111,
    "oklch": 111,
    "oklab": 111,
    "lab": 111,
    "lch": 111,
    "hwb": 101,
    "color": 111,
    "light-dark": 123,
    "image-set": 113,
    "round": 125,
    "mod": 125,
    "rem": 125,
    "abs": 138,
    "sign": 138,
    "sin": 111,
    "cos": 111,
    "tan": 111,
    "pow": 120,
    "sqrt": 120,
    "hypot": 120,
    "anchor": 125,
    "linear": 113,
    "xywh": 119,
    "shape": 135,
}
UNITS = {
    **dict.fromkeys(("dvh", "dvw", "svh", "svw", "lvh", "lvw", "dvmin", "dvmax"), 108),
    **dict.fromkeys(("cqw", "cqh", "cqi", "cqb", "cqmin", "cqmax"), 105),
    "lh": 109,
    "rlh": 111,
    "cap": 118,
    "ic": 106,
}
_NEW_MEDIA = re.compile(
    r"[<>]|prefers-contrast|forced-colors|prefers-reduced-data|scripting|update"
)
_NEW_VALUES = {
    "overflow": {"clip": 90},
    "overflow-x": {"clip": 90},
    "overflow-y": {"clip": 90},
    "display": {"math": 109},
    "grid-template-columns": {"subgrid": 117},
    "grid-template-rows": {"subgrid": 117},
    "width": {"stretch": 138},
    "height": {"stretch": 138},
    "background-clip": {"text": 120},
}


def faults(source: str) -> Iterator[tuple[int, str]]:
    """Each thing that the floor does not know: its line, from 1, and what it is."""
    yield from _rules(tinycss2.parse_stylesheet(source, skip_comments=True, skip_whitespace=True))


def _rules(rules: Sequence[Any]) -> Iterator[tuple[int, str]]:
    for rule in rules:
        if isinstance(rule, css.ParseError):
            yield rule.source_line, f"does not parse: {rule.message}"
        elif isinstance(rule, css.AtRule):
            yield from _at_rule(rule)
        elif isinstance(rule, css.QualifiedRule):
            yield from _selector(rule)
            yield from _declarations(rule)


def _at_rule(rule: css.AtRule) -> Iterator[tuple[int, str]]:
    name = rule.lower_at_keyword
    if name == "supports":
        return
    if name in AT_RULES:
        yield rule.source_line, f"@{name} ({AT_RULES[name]})"
    elif name == "media":
        if _NEW_MEDIA.search(tinycss2.serialize(rule.prelude)):
            yield rule.source_line, "a media feature or range of today"
        yield from _rules(tinycss2.parse_rule_list(rule.content or [], True, True))
    elif name in {"font-face", "page"}:
        yield from _values(tinycss2.parse_blocks_contents(rule.content or [], True, True))


def _selector(rule: css.QualifiedRule) -> Iterator[tuple[int, str]]:
    previous = None
    for token in rule.prelude:
        if previous == ":" and isinstance(token, css.IdentToken | css.FunctionBlock):
            name = getattr(token, "lower_value", None) or token.lower_name  # type: ignore[union-attr]
            if name in PSEUDO:
                yield token.source_line, f":{name} ({PSEUDO[name]})"
            if name == "not" and "," in tinycss2.serialize(token.arguments):  # type: ignore[union-attr]
                yield token.source_line, ":not() with a list (88)"
        previous = token.value if isinstance(token, css.LiteralToken) else None


def _declarations(rule: css.QualifiedRule) -> Iterator[tuple[int, str]]:
    parts = tinycss2.parse_blocks_contents(rule.content, True, True)
    yield from _values(parts)
    said = {
        (part.lower_name, tinycss2.serialize(part.value).strip())
        for part in parts
        if isinstance(part, css.Declaration)
    }
    is_grid = ("display", "grid") in said or ("display", "inline-grid") in said
    for part in parts:
        if isinstance(part, css.QualifiedRule | css.AtRule):
            yield part.source_line, "a rule inside a rule (120)"
        elif not is_grid and getattr(part, "lower_name", "") in {"gap", "row-gap", "column-gap"}:
            yield part.source_line, "gap outside a grid (84): display: grid in the same rule"


def _values(parts: Sequence[Any]) -> Iterator[tuple[int, str]]:
    seen: set[str] = set()
    for part in parts:
        if isinstance(part, css.ParseError):
            yield part.source_line, f"does not parse: {part.message}"
        if not isinstance(part, css.Declaration):
            continue
        name = part.lower_name
        if name in PROPERTIES and f"-webkit-{name}" not in seen:
            yield part.source_line, f"{name} ({PROPERTIES[name]})"
        if name not in seen:
            yield from ((part.source_line, found) for found in _new_in(name, part.value))
        seen.add(name)


def _new_in(name: str, tokens: Sequence[Any]) -> Iterator[str]:
    for token in tokens:
        if isinstance(token, css.DimensionToken) and token.lower_unit in UNITS:
            yield f"the unit {token.lower_unit} ({UNITS[token.lower_unit]})"
        elif isinstance(token, css.IdentToken):
            version = _NEW_VALUES.get(name, {}).get(token.lower_value)
            if version:
                yield f"{name}: {token.lower_value} ({version})"
        elif isinstance(token, css.FunctionBlock):
            if token.lower_name in FUNCTIONS:
                yield f"{token.lower_name}() ({FUNCTIONS[token.lower_name]})"
            yield from _new_in(name, token.arguments)
