"""What a script may not use, because Chrome and WebView 80 (2020) do not have it.

The grammar is tree-sitter's, which reads today's JavaScript; what came after Chrome 80 is found as
nodes of its tree. A newer thing may be asked for first and used where it is there: the line then
ends with a comment `// newer than the floor: why that is well`.
"""

import re
from collections.abc import Iterator

import tree_sitter_javascript
from tree_sitter import Language, Node, Parser

_PARSER = Parser(Language(tree_sitter_javascript.language()))
EXCUSE = re.compile(r"//\s*newer than the floor: \S.{8,}")

# Chrome's version in which each came. Methods: a name called on anything.
METHODS = {
    "at": 92,
    "replaceAll": 85,
    "findLast": 97,
    "findLastIndex": 97,
    "toSorted": 110,
    "toReversed": 110,
    "toSpliced": 110,
    "replaceChildren": 86,
    "requestVideoFrameCallback": 83,
    "isWellFormed": 111,
    "toWellFormed": 111,
    "checkVisibility": 105,
    "showPopover": 114,
    "hidePopover": 114,
    "togglePopover": 114,
    "startViewTransition": 111,
    "setHTMLUnsafe": 124,
    "getAnimations": 84,
    "isSubsetOf": 122,
    "isSupersetOf": 122,
    "isDisjointFrom": 122,
    "intersection": 122,
    "difference": 122,
    "symmetricDifference": 122,
    "randomUUID": 92,
    "getOrInsert": 145,
    "transferToFixedLength": 114,
    "moveBefore": 133,
    "showPicker": 99,
    "getInnerHTML": 90,
    "getHTML": 125,
    "toHex": 140,
    "toBase64": 140,
    "setFromHex": 140,
    "bytes": 132,
    "throwIfAborted": 100,
}
# Methods and values of one object: (object, property).
MEMBERS = {
    ("Object", "hasOwn"): 93,
    ("Object", "groupBy"): 117,
    ("Map", "groupBy"): 117,
    ("Promise", "any"): 85,
    ("Promise", "withResolvers"): 119,
    ("Promise", "try"): 128,
    ("Array", "fromAsync"): 121,
    ("AbortSignal", "timeout"): 103,
    ("AbortSignal", "any"): 116,
    ("AbortSignal", "abort"): 93,
    ("Response", "json"): 105,
    ("URL", "canParse"): 120,
    ("URL", "parse"): 126,
    ("Intl", "DisplayNames"): 81,
    ("Intl", "Segmenter"): 87,
    ("Intl", "supportedValuesOf"): 99,
    ("Intl", "DurationFormat"): 129,
    ("navigator", "wakeLock"): 84,
    ("navigator", "userAgentData"): 90,
    ("navigator", "virtualKeyboard"): 94,
    ("crypto", "randomUUID"): 92,
    ("Error", "isError"): 134,
    ("RegExp", "escape"): 136,
    ("Iterator", "from"): 122,
    ("Uint8Array", "fromBase64"): 140,
    ("Uint8Array", "fromHex"): 140,
    ("document", "startViewTransition"): 111,
    ("navigator", "setAppBadge"): 81,
}
NAMES = {
    "structuredClone": 98,
    "WeakRef": 84,
    "FinalizationRegistry": 84,
    "AggregateError": 85,
    "URLPattern": 95,
    "navigation": 102,
    "scheduler": 94,
    "EyeDropper": 95,
    "Temporal": 144,
    "Highlight": 105,
    "CloseWatcher": 126,
    "reportError": 95,
    "showOpenFilePicker": 86,
    "showSaveFilePicker": 86,
    "showDirectoryPicker": 86,
    "VideoDecoder": 94,
    "AudioDecoder": 94,
    "ImageDecoder": 94,
    "LaunchQueue": 102,
    "Iterator": 122,
    "cookieStore": 87,
}
_NODES = {
    "class_static_block": "a static block of a class (94)",
    "import_attribute": "an attribute of an import (123)",
    "using_declaration": "a using declaration (134)",
    "decorator": "a decorator (in no browser)",
}


def faults(source: str) -> Iterator[tuple[int, str]]:
    """Each thing that the floor does not know: its line, from 1, and what it is."""
    root = _PARSER.parse(source.encode()).root_node
    lines = source.splitlines()
    if root.has_error:
        yield _first_error(root), "does not parse"
        return
    for node in _every(root):
        found = _fault(node)
        line = node.start_point[0]
        if found and not EXCUSE.search(lines[line]):
            yield line + 1, found


def _every(node: Node) -> Iterator[Node]:
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        stack.extend(reversed(current.children))


def _first_error(root: Node) -> int:
    return next((n.start_point[0] + 1 for n in _every(root) if n.is_error or n.is_missing), 1)


def _text(node: Node | None) -> str:
    return node.text.decode() if node is not None and node.text is not None else ""


def _fault(node: Node) -> str | None:
    if node.type in _NODES:
        return _NODES[node.type]
    if node.type == "augmented_assignment_expression":
        sign = _text(node.child_by_field_name("operator"))
        return f"{sign} (85)" if sign in {"??=", "||=", "&&="} else None
    if node.type == "method_definition":
        name = node.child_by_field_name("name")
        return (
            "a private method (84)" if name and name.type == "private_property_identifier" else None
        )
    if node.type == "binary_expression":
        left = node.child_by_field_name("left")
        return "#x in object (91)" if left and left.type == "private_property_identifier" else None
    if node.type == "for_in_statement" and any(child.type == "await" for child in node.children):
        return None if _is_inside_function(node) else "for await at the top of a module (89)"
    if node.type == "await_expression":
        return None if _is_inside_function(node) else "await at the top of a module (89)"
    if node.type == "regex":
        flags = _text(node.child_by_field_name("flags"))
        inline = re.search(r"\(\?[ims-]+:", _text(node.child_by_field_name("pattern")))
        return f"a pattern's flag {flags} (90, 112)" if set(flags) & {"d", "v"} or inline else None
    return _newer_name(node)


def _is_inside_function(node: Node) -> bool:
    above = node.parent
    while above is not None:
        if "function" in above.type or above.type == "method_definition":
            return True
        above = above.parent
    return False


def _newer_name(node: Node) -> str | None:
    if node.type == "member_expression":
        name = _text(node.child_by_field_name("property"))
        of = _text(node.child_by_field_name("object")).rpartition(".")[2]
        if MEMBERS.get((of, name), 0) > 80:
            return f"{of}.{name} ({MEMBERS[of, name]})"
        called = node.parent is not None and node.parent.type == "call_expression"
        is_function = called and node.parent.child_by_field_name("function") == node
        if is_function and METHODS.get(name, 0) > 80:
            return f".{name}() ({METHODS[name]})"
    if node.type == "identifier" and NAMES.get(_text(node), 0) > 80:
        return f"{_text(node)} ({NAMES[_text(node)]})"
    if (
        node.type == "member_expression"
        and NAMES.get(_text(node.child_by_field_name("property")), 0) > 80
    ) and _text(node.child_by_field_name("object")) in {"window", "self", "globalThis"}:
        return f"{_text(node)} ({NAMES[_text(node.child_by_field_name('property'))]})"
    return None
