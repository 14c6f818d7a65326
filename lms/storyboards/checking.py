"""Which drawings are taken: plain SVG of shapes, small, with nothing from elsewhere.

A drawing comes from whoever wrote the course, so it is hostile until proven: no script, style
sheet, text (letters look different on every machine), picture inside, filter or animation, no
address, and no `use` that multiplies a shape until the machine has no memory left.
"""

import re
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

LARGEST_BYTES = 200_000
MOST_SHAPES = 5_000
LARGEST_SIDE = 10_000.0

_SVG = "{http://www.w3.org/2000/svg}"
_HREFS = ("href", "{http://www.w3.org/1999/xlink}href")
_ELEMENTS = {
    "svg", "g", "defs", "symbol", "use", "title", "desc", "path", "rect", "circle", "ellipse",
    "line", "polyline", "polygon", "linearGradient", "radialGradient", "stop", "clipPath",
}
_URL = re.compile(r"url\s*\(\s*['\"]?\s*(.)", re.IGNORECASE)


def problem_of_drawing(path: Path) -> str | None:
    """What is wrong with this SVG file, in a few words; None when it may be drawn."""
    if path.stat().st_size > LARGEST_BYTES:
        return f"it is larger than {LARGEST_BYTES // 1000} kB"
    return problem_of_svg(path.read_bytes())


def problem_of_svg(source: bytes) -> str | None:
    """The same for a drawing in memory."""
    # A browser follows a style sheet named before the root; the parser drops it unseen.
    if b"<?" in source.removeprefix(b"\xef\xbb\xbf").removeprefix(b"<?xml "):
        return "it points to a style sheet or program"
    try:
        root = fromstring(source, forbid_dtd=True)
    except DefusedXmlException:
        return "it declares entities or a document type"
    except (ParseError, ValueError, LookupError) as error:
        return f"it is not an SVG picture ({error})"
    if root.tag != _SVG + "svg":
        return "it is not an SVG picture"
    for problem in (_wrong_size(root), *map(_wrong_element, root.iter())):
        if problem is not None:
            return problem
    return _too_many_shapes(root)


def _wrong_size(root: Element) -> str | None:
    try:
        box = [float(number) for number in re.split(r"[\s,]+", root.get("viewBox", "").strip())]
    except ValueError:
        return "its viewBox is missing or wrong"
    if len(box) != 4 or not (0 < box[2] <= LARGEST_SIDE and 0 < box[3] <= LARGEST_SIDE):
        return "its viewBox is missing or wrong"
    return None


def _wrong_element(element: Element) -> str | None:
    if not isinstance(element.tag, str) or not element.tag.startswith(_SVG):
        return f"<{element.tag}> is not part of a plain SVG"
    name = element.tag.removeprefix(_SVG)
    if name not in _ELEMENTS:
        return f"<{name}> is not allowed"
    for attribute, value in element.attrib.items():
        if attribute.rsplit("}", 1)[-1].lower().startswith("on"):
            return f"<{name}> has a script ({attribute})"
        if attribute in _HREFS and not value.startswith("#"):
            return f"<{name}> points outside the drawing"
        outside = [first for first in _URL.findall(value) if first != "#"]
        if outside or "@import" in value.lower() or "\\" in value:
            return f"<{name}> points outside the drawing ({attribute})"
    return None


def _too_many_shapes(root: Element) -> str | None:
    by_id = {element.get("id"): element for element in root.iter() if element.get("id")}
    left = MOST_SHAPES

    def draw(element: Element, above: tuple[Element, ...]) -> str | None:
        nonlocal left
        left -= 1
        if left < 0:
            return f"it has more than {MOST_SHAPES} shapes"
        if element in above:
            return "a shape uses itself"
        if len(above) > 60:
            return "its shapes are nested too deeply"
        children = list(element)
        if element.tag == _SVG + "use":
            href = next((element.get(name) for name in _HREFS if element.get(name)), "")
            target = by_id.get((href or "")[1:])
            if target is not None:
                children.append(target)
        for child in children:
            problem = draw(child, (*above, element))
            if problem is not None:
                return problem
        return None

    return draw(root, ())
