"""A pen that draws flat shapes with one outline weight into a small SVG."""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

WOOL, EARTH, COCHINEAL, INDIGO = "#FBF5EA", "#2E211A", "#9E1B34", "#1E3A66"
CHILLCA, QOLLE, SKY = "#3F6B2A", "#F2B632", "#D8E6F2"
SAND, SKIN, BLUSH, HAIR = "#EBDCC0", "#C48A62", "#A9603F", "#3A2A22"
OUTLINE = 4
FINE_BELOW = 0.6  # small things need tenths; elsewhere whole numbers keep the files light

_TOKEN = re.compile(r"[MLCQTSZ]|-?\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Shape:
    """A path on the sheet: its beginning, the rest relative to it, fill and line."""

    x: str
    y: str
    rest: str
    paint: str

    def __str__(self) -> str:
        return re.sub(r" (?=-)", "", f'<path d="m{self.x} {self.y}{self.rest}"') + f"{self.paint}/>"


class Pen:
    """Draws in its own coordinates: `at` gives a pen moved, scaled, mirrored or turned.

    Outlines keep their weight at every scale. All pens of a drawing write to the same sheet.
    """

    def __init__(self, width: int = 640, height: int = 360, ground: str | None = WOOL) -> None:
        self.size = (width, height)
        self.sheet: list[str | Shape] = []
        self.stamps: dict[str, str] = {}
        self.x, self.y, self.s, self.flip, self.turn = 0.0, 0.0, 1.0, 1, 0.0
        if ground:
            self.sheet.append(f'<path d="M0 0H{width}V{height}H0z" fill="{ground}" stroke="none"/>')

    def at(
        self, x: float, y: float, s: float = 1, flip: bool = False, turn: float = 0
    ) -> "Pen":
        """A pen whose origin is at (x, y); `turn` in degrees, clockwise before mirroring."""
        pen = Pen.__new__(Pen)
        pen.size, pen.sheet, pen.stamps = self.size, self.sheet, self.stamps
        # Whole numbers, so that the same shape elsewhere is the same text and is kept once.
        pen.x, pen.y = (float(round(value)) for value in self._point(x, y))
        pen.s, pen.flip = self.s * s, self.flip * (-1 if flip else 1)
        pen.turn = self.turn + turn * pen.flip
        return pen

    def _point(self, x: float, y: float) -> tuple[float, float]:
        x, y = x * self.s * self.flip, y * self.s
        angle = math.radians(self.turn)
        return (
            self.x + x * math.cos(angle) - y * math.sin(angle),
            self.y + x * math.sin(angle) + y * math.cos(angle),
        )

    def _number(self, value: float) -> str:
        return f"{value:.1f}".removesuffix(".0") if self.s < FINE_BELOW else str(round(value))

    def _placed(self, d: str) -> tuple[str, str, str]:
        """The path in the sheet's coordinates: where it begins, and the rest relative to that."""
        fine = 10 if self.s < FINE_BELOW else 1
        pairs = {"M": 1, "L": 1, "T": 1, "Q": 2, "S": 2, "C": 3, "Z": 0}
        tokens = _TOKEN.findall(d)
        words: list[str] = []
        here = start = (0, 0)
        at, command = 0, "M"
        while at < len(tokens):
            if tokens[at].isalpha():
                command, at = tokens[at], at + 1
            points = []
            for _ in range(pairs[command]):
                x, y = self._point(float(tokens[at]), float(tokens[at + 1]))
                points.append((round(x * fine), round(y * fine)))
                at += 2
            words.append(command.lower() + " ".join(
                f"{(x - here[0]) / fine:g} {(y - here[1]) / fine:g}" for x, y in points))
            here = start if command == "Z" else points[-1]
            if command == "M":
                start = here
        left, top = words[0][1:].split(" ")
        rest = re.sub(r" (?=-)", "", "".join(words[1:]))
        return left, top, re.sub(r"(?<!\d)0(?=\.)", "", rest)

    def path(
        self, d: str, fill: str = "none", stroke: str | None = EARTH, width: float = OUTLINE
    ) -> None:
        """A shape by absolute M L C Q T S Z; `stroke` None leaves the outline away."""
        line = "" if stroke == EARTH else f' stroke="{stroke or "none"}"'
        if stroke and width != OUTLINE:
            line += f' stroke-width="{width:g}"'
        inside = "" if fill == "none" else f' fill="{fill}"'
        self.sheet.append(Shape(*self._placed(d), f"{inside}{line}"))

    def ellipse(
        self, x: float, y: float, rx: float, ry: float, fill: str, stroke: str | None = EARTH
    ) -> None:
        """An ellipse; a turned pen draws it as curves."""
        if self.turn % 180 and rx != ry:
            k = 0.5523
            self.path(
                f"M{x - rx} {y} C{x - rx} {y - ry * k} {x - rx * k} {y - ry} {x} {y - ry} "
                f"C{x + rx * k} {y - ry} {x + rx} {y - ry * k} {x + rx} {y} "
                f"C{x + rx} {y + ry * k} {x + rx * k} {y + ry} {x} {y + ry} "
                f"C{x - rx * k} {y + ry} {x - rx} {y + ry * k} {x - rx} {y} Z", fill, stroke)
            return
        cx, cy = (self._number(value) for value in self._point(x, y))
        line = "" if stroke == EARTH else f' stroke="{stroke or "none"}"'
        if rx == ry:
            shape = f'circle cx="{cx}" cy="{cy}" r="{rx * self.s:.3g}"'
        else:
            shape = f'ellipse cx="{cx}" cy="{cy}" rx="{rx * self.s:.3g}" ry="{ry * self.s:.3g}"'
        self.sheet.append(f'<{shape} fill="{fill}"{line}/>')

    def circle(self, x: float, y: float, r: float, fill: str, stroke: str | None = EARTH) -> None:
        """A circle."""
        self.ellipse(x, y, r, r, fill, stroke)

    def box(
        self, x: float, y: float, w: float, h: float, fill: str, r: float = 0,
        stroke: str | None = EARTH,
    ) -> None:
        """A rectangle from its upper left corner, with corners rounded by r."""
        a, b = x + w, y + h
        if r:
            self.path(
                f"M{x + r} {y} L{a - r} {y} Q{a} {y} {a} {y + r} L{a} {b - r} Q{a} {b} {a - r} {b} "
                f"L{x + r} {b} Q{x} {b} {x} {b - r} L{x} {y + r} Q{x} {y} {x + r} {y} Z",
                fill, stroke)
        else:
            self.path(f"M{x} {y} L{a} {y} L{a} {b} L{x} {b} Z", fill, stroke)

    def limbs(self, shapes: list[tuple[str, float]], fill: str) -> None:
        """Thick rounded strokes (path, width) that melt into one outlined shape."""
        by_width: dict[float, str] = {}
        for d, width in shapes:
            by_width[width] = f"{by_width.get(width, '')} {d}"
        for width, d in by_width.items():
            self.path(d, "none", EARTH, round(width * self.s + 2 * OUTLINE, 1))
        for width, d in by_width.items():
            self.path(d, "none", fill, round(width * self.s, 1))

    def stamp(self, name: str, x: float, y: float, draw: Callable[["Pen"], None]) -> None:
        """Draw a thing at (x, y), upright; a second one of the same name and scale costs little."""
        key = f"{name}{self.s:.2f}"
        if key not in self.stamps:
            pen = Pen(ground=None)
            pen.s = self.s
            draw(pen)
            self.stamps[key] = (
                f'<g id="{_letter(len(self.stamps))}">{"".join(map(str, pen.sheet))}</g>'
            )
        index = list(self.stamps).index(key)
        px, py = (self._number(value) for value in self._point(x, y))
        self.sheet.append(f'<use href="#{_letter(index)}" x="{px}" y="{py}"/>')

    @contextmanager
    def inside(self, x: float, y: float, r: float) -> Iterator[None]:
        """What is drawn in the block shows only inside this circle."""
        cx, cy = (self._number(value) for value in self._point(x, y))
        self.sheet.append(f'<clipPath id="z"><circle cx="{cx}" cy="{cy}" r="{r * self.s:.3g}"/>'
                          '</clipPath><g clip-path="url(#z)">')
        yield
        self.sheet.append("</g>")

    def svg(self) -> str:
        """The whole drawing as text."""
        width, height = self.size
        twice = Counter(item.rest for item in self.sheet if isinstance(item, Shape))
        kept = {rest: _letter(len(self.stamps) + index) for index, rest in enumerate(
            rest for rest, count in twice.items() if count > 1 and len(rest) > 30)}
        defs = "".join(self.stamps.values())
        defs += "".join(f'<path id="{name}" d="m0 0{rest}"/>' for rest, name in kept.items())
        body = f"<defs>{defs}</defs>\n" if defs else ""
        body += "\n".join(
            f'<use href="#{kept[item.rest]}" x="{item.x}" y="{item.y}"{item.paint}/>'
            if isinstance(item, Shape) and item.rest in kept else str(item) for item in self.sheet)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
            f'width="{width}" height="{height}">\n<g fill="none" stroke="{EARTH}" '
            f'stroke-width="{OUTLINE}" stroke-linecap="round" stroke-linejoin="round">\n'
            f"{body}\n</g>\n</svg>\n"
        )


def _letter(index: int) -> str:
    return "abcdefghijklmnopqrstuvwxy"[index % 25] + (str(index // 25) if index >= 25 else "")
