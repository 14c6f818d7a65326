"""Drawings come from outside: plain shapes are drawn, everything else is refused in words."""

from pathlib import Path

import pytest

from lms.storyboards.checking import problem_of_svg
from lms.storyboards.drawing import DrawingError, draw

from .boards import CIRCLE

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {box}>'
BOX = 'viewBox="0 0 640 360"'


def svg(body: str, box: str = BOX) -> bytes:
    return f"{HEAD.format(box=box)}{body}</svg>".encode()


BOMB = "<defs>" + '<g id="a0"><path d="M0 0h9"/></g>' + "".join(
    f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 9)
) + '</defs><use href="#a8"/>'


@pytest.mark.parametrize(
    ("source", "why"),
    [
        (svg("<script>alert(1)</script>"), "script"),
        (svg('<path onload="alert(1)" d="M0 0"/>'), "script"),
        (svg('<image href="file:///etc/passwd"/>'), "image"),
        (svg('<use href="other.svg#a"/>'), "outside"),
        (svg('<use xlink:href="https://example.org/a.svg#a"/>'), "outside"),
        (svg('<path fill="url(https://example.org/p)" d="M0 0"/>'), "outside"),
        (svg("<path style=\"fill: URL( 'http://example.org/')\" d=\"M0 0\"/>"), "outside"),
        (svg('<path style="fill:\\75rl(http://example.org)" d="M0 0"/>'), "outside"),
        (svg("<style>@import 'http://example.org';</style>"), "style"),
        (svg('<text x="0" y="9">Hola</text>'), "text"),
        (svg("<foreignObject/>"), "foreignObject"),
        (svg('<filter id="f"/>'), "filter"),
        (svg('<a href="https://example.org"><path d="M0 0"/></a>'), "<a>"),
        (svg('<html xmlns="http://www.w3.org/1999/xhtml"/>'), "plain SVG"),
        (svg('<animate attributeName="x"/>'), "animate"),
        (svg(BOMB), "more than 5000 shapes"),
        (svg('<g id="a"><use href="#a"/></g>'), "uses itself"),
        (svg("<g>" * 80 + "</g>" * 80), "too deeply"),
        (svg("", box=""), "viewBox"),
        (svg("", box='viewBox="0 0 1e9 1e9"'), "viewBox"),
        (svg("", box='viewBox="0 0 nan 360"'), "viewBox"),
        (b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "b">]>' + svg("<g>&a;</g>"), "entities"),
        (b'<?xml-stylesheet href="http://example.org/a.css"?>' + svg(""), "style sheet"),
        (b"<html/>", "not an SVG"),
        (b"not a picture", "not an SVG"),
        (b"", "not an SVG"),
        (b"\x89PNG\r\n\x1a\n", "not an SVG"),
    ],
)
def test_what_is_hostile_or_no_drawing_is_refused(source: bytes, why: str, tmp_path: Path) -> None:
    problem = problem_of_svg(source)
    assert problem is not None
    assert why in problem
    (tmp_path / "bad.svg").write_bytes(source)
    with pytest.raises(DrawingError, match=r"bad\.svg"):
        draw([(tmp_path / "bad.svg", tmp_path / "bad.png")], 640, 360)
    assert not (tmp_path / "bad.png").exists()


@pytest.mark.parametrize(
    "body",
    [
        '<defs><linearGradient id="g"><stop offset="1" stop-color="#fff"/></linearGradient>'
        '<clipPath id="c"><circle r="9"/></clipPath>'
        '<symbol id="s"><path d="M0 0h9"/></symbol></defs>'
        '<title>Rosa</title><desc>Una tejedora</desc><use xlink:href="#s"/>'
        '<rect width="9" height="9" fill="url(#g)" clip-path="url(#c)" style="stroke:url(#g)"/>',
        '<g><ellipse rx="2" ry="3"/><line x2="9"/><polyline points="0 0 9 9"/>'
        '<polygon points="0 0 9 9 0 9"/></g>',
        '<use href="#nobody"/>',
    ],
)
def test_plain_shapes_are_taken(body: str) -> None:
    assert problem_of_svg(svg(body)) is None


def test_a_drawing_that_is_too_heavy_is_refused(tmp_path: Path) -> None:
    (tmp_path / "big.svg").write_bytes(svg("<path d='M0 0'/>" + " " * 200_001))
    with pytest.raises(DrawingError, match="200 kB"):
        draw([(tmp_path / "big.svg", tmp_path / "big.png")], 640, 360)


def test_drawings_become_pictures_of_the_film_s_size(tmp_path: Path) -> None:
    (tmp_path / "one.svg").write_text(CIRCLE)
    draw([(tmp_path / "one.svg", tmp_path / "one.png")], 640, 360)
    picture = (tmp_path / "one.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert (int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])) == (640, 360)
