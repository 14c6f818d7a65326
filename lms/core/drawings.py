"""Our own drawings, written into the page where they stand: a picture costs no request.

Each file of `lms/static/img/` is a sheet of `<symbol>`s with one outline and two or three dyes;
the dyes and the outline are classes, so a style sheet can change them for a whole screen.
"""

import re
from functools import cache
from pathlib import Path

from flask import Flask, current_app
from markupsafe import Markup, escape

_SYMBOL = re.compile(r'<symbol id="([^"]+)" viewBox="([^"]+)">(.*?)</symbol>', re.DOTALL)


def drawing(sheet: str, name: str, label: str | None = None, css: str = "") -> Markup:
    """The drawing as inline SVG; without `label` it is decoration. KeyError: no such drawing."""
    box, body = _sheet(str(current_app.static_folder), sheet)[name]
    classes = f"d {css}".strip()
    role = Markup('role="img" aria-label="{}"').format(label) if label else "aria-hidden=true"
    opening = Markup('<svg class="{}" viewBox="{}" {}>').format(classes, box, role)
    return opening + Markup(body) + Markup("</svg>")  # noqa: S704 - our own committed file


def symbols(sheet: str, names: list[str]) -> Markup:
    """Hidden definitions for drawings that one page shows many times by `<use href="#name">`."""
    known = _sheet(str(current_app.static_folder), sheet)
    parts = (
        f'<symbol id="{escape(name)}" viewBox="{known[name][0]}">{known[name][1]}</symbol>'
        for name in names
    )
    return Markup('<svg class="d" hidden>' + "".join(parts) + "</svg>")  # noqa: S704 - as above


def init_app(app: Flask) -> None:
    """Give templates `drawing()` and `symbols()`."""
    app.jinja_env.globals.update(drawing=drawing, symbols=symbols)


@cache
def _sheet(folder: str, name: str) -> dict[str, tuple[str, str]]:
    text = Path(folder, "img", f"{name}.svg").read_text(encoding="utf-8")
    return {match[1]: (match[2], match[3]) for match in _SYMBOL.finditer(text)}
