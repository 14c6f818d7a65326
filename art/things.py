"""Things around the people: telephones, weavings, hills, money, a loudspeaker."""

from art.pen import CHILLCA, COCHINEAL, EARTH, INDIGO, QOLLE, SAND, SKY, WOOL, Pen

# Numerals as strokes in a 10 x 16 box: letters would need a font on the machine that draws.
_DIGITS = {
    "0": "M5 0 C-1 0 -1 16 5 16 C11 16 11 0 5 0 Z", "1": "M1 4 L6 0 L6 16",
    "2": "M1 4 C1 -1 9 -1 9 4 C9 8 1 12 1 16 L9 16", "3": "M1 1 L9 1 L5 7 C10 7 10 16 4 16 L1 15",
    "4": "M7 16 L7 0 L0 11 L10 11", "5": "M9 0 L2 0 L1 7 C10 4 11 16 4 16 L1 15",
    "6": "M8 0 C1 4 0 9 1 12 C3 18 10 16 9 11 C8 6 2 7 1 12", "7": "M1 0 L9 0 L4 16",
    "8": "M5 7 C0 7 0 0 5 0 C10 0 10 7 5 7 C-1 7 -1 16 5 16 C11 16 11 7 5 7",
    "9": "M9 5 C8 -2 0 -1 1 5 C2 10 9 9 9 4 C9 11 7 14 3 16",
}


def number(pen: Pen, text: str, colour: str = EARTH, width: float = 3) -> None:
    """Numerals from the upper left corner; each is 10 wide, 16 high, 4 apart."""
    for index, digit in enumerate(text):
        if digit != " ":
            pen.at(index * 14, 0).path(_DIGITS[digit], stroke=colour, width=width)


def hills(pen: Pen, ground: float = 300, sun: tuple[float, float] | None = None) -> None:
    """Sky, snow and fields behind a scene, without outlines so that people stand out."""
    pen.path("M0 0 L640 0 L640 360 L0 360 Z", SKY, None)
    if sun:
        pen.circle(*sun, 30, QOLLE, None)
    pen.path("M-10 260 L120 90 L210 190 L330 60 L470 210 L560 130 L660 250 L660 340 L-10 340 Z",
             "#B4CADC", None)
    pen.path("M120 90 L92 127 L118 138 L136 124 L150 124 Z M330 60 L292 103 L322 120 L344 104 "
             "L368 101 Z", WOOL, None)
    top = ground - 40
    pen.path(f"M0 {top} C160 {top - 50} 260 {top + 20} 400 {top} C500 {top - 16} 580 {top - 30} "
             f"640 {top - 10} L640 360 L0 360 Z", SAND, None)


def room(pen: Pen, floor: float = 290) -> None:
    """An adobe room: warm wall, floor, one woven band along the wall."""
    pen.path(f"M0 0 L640 0 L640 {floor} L0 {floor} Z", SAND, None)
    pen.path(f"M0 {floor} L640 {floor} L640 360 L0 360 Z", "#D9BF95", None)
    band(pen, 0, floor - 14, 640, 14, COCHINEAL, QOLLE, 46, None)


def band(
    pen: Pen, x: float, y: float, w: float, h: float, ground: str, figure: str, step: float = 24,
    stroke: str | None = EARTH,
) -> None:
    """A woven band of diamonds."""
    pen.box(x, y, w, h, ground, stroke=stroke)
    count = int(w // step)
    start = x + (w - count * step) / 2
    d = ""
    for index in range(count):
        c, m = start + (index + 0.5) * step, y + h / 2
        r, v = step * 0.3, h * 0.32
        d += f"M{c - r} {m} L{c} {m - v} L{c + r} {m} L{c} {m + v} Z "
    pen.path(d, figure, None)


def blanket(pen: Pen, colour: str, trim: str, w: float = 90, h: float = 22) -> None:
    """A folded blanket; its lower middle is the origin."""
    pen.box(-w / 2, -h, w, h, colour, 9)
    pen.path(f"M{-w / 2 + 4} {-h / 2} L{w / 2 - 4} {-h / 2}", stroke=trim, width=5 * pen.s)
    pen.path(f"M{w / 2 - 14} {-h} L{w / 2 - 14} 0", width=3)


def pile(pen: Pen, count: int = 3) -> None:
    """Folded blankets one on another."""
    colours = [(COCHINEAL, QOLLE), (INDIGO, SKY), (QOLLE, COCHINEAL), (CHILLCA, QOLLE)]
    for index in range(count):
        blanket(pen.at(0, -22 * index), *colours[index % 4])


def screen(pen: Pen, glass: str = SKY) -> None:
    """A telephone seen from the front, 150 x 270, the middle of its glass at the origin."""
    pen.box(-75, -135, 150, 270, INDIGO, 22)
    pen.box(-63, -112, 126, 218, glass, 8)
    pen.path("M-12 -124 L12 -124", stroke=SKY, width=4)
    pen.circle(0, 120, 7, SKY, None)


def small_phone(pen: Pen, glass: str = SKY) -> None:
    """The same, 36 x 62, for hands and little pictures."""
    pen.box(-19, -33, 38, 66, INDIGO, 7)
    pen.box(-13, -25, 26, 46, glass, 2, None)


def call_button(pen: Pen, answers: bool = True, r: float = 26) -> None:
    """The round button: green with the handset up, or red with the handset lying down."""
    pen.circle(0, 0, r, CHILLCA if answers else COCHINEAL)
    handset(pen.at(0, 0 if answers else 4, r / 30, turn=0 if answers else 135), WOOL)


def handset(pen: Pen, colour: str) -> None:
    """The sign of a telephone, about 36 wide."""
    pen.path("M-11 -11 Q-11 11 11 11", stroke=colour, width=8 * pen.s)
    pen.path("M-12 -14 L-9 -7 M14 12 L7 9", stroke=colour, width=13 * pen.s)


def ringing(pen: Pen, colour: str = QOLLE) -> None:
    """Arcs of sound to the right of the origin; mirror the pen for the left."""
    pen.path("M0 -18 Q12 0 0 18 M16 -30 Q36 0 16 30 M32 -42 Q60 0 32 42", stroke=colour,
             width=5 * pen.s)


def bubble(pen: Pen, w: float, h: float, tail: tuple[float, float], fill: str = WOOL) -> None:
    """A speech bubble around the origin with its tail's tip at `tail`: below, above or beside."""
    x, y = tail
    pen.box(-w / 2, -h / 2, w, h, fill, 24)
    if abs(x) > w / 2:
        edge = (w / 2 - 2) * (1 if x > 0 else -1)
        pen.path(f"M{edge} -12 L{x} {y} L{edge} 12", fill)
        pen.path(f"M{edge} -9 L{edge} 9", stroke=fill, width=6)
        return
    edge = (h / 2 - 2) * (1 if y > 0 else -1)
    root = max(-w / 2 + 30, min(w / 2 - 30, x * 0.5))
    pen.path(f"M{root - 12} {edge} L{x} {y} L{root + 12} {edge}", fill)
    pen.path(f"M{root - 9} {edge} L{root + 9} {edge}", stroke=fill, width=6)


def tick(pen: Pen, r: float = 18) -> None:
    """A green disc with a tick."""
    pen.circle(0, 0, r, CHILLCA)
    pen.path(f"M{-r * 0.45} {r * 0.05} L{-r * 0.1} {r * 0.4} L{r * 0.5} {-r * 0.38}", stroke=WOOL,
             width=5)


def cross(pen: Pen, r: float = 18) -> None:
    """A red disc with a cross."""
    pen.circle(0, 0, r, COCHINEAL)
    pen.path(f"M{-r * 0.4} {-r * 0.4} L{r * 0.4} {r * 0.4} M{r * 0.4} {-r * 0.4} "
             f"L{-r * 0.4} {r * 0.4}", stroke=WOOL, width=5)


def battery(pen: Pen, share: float, w: float = 84, h: float = 44) -> None:
    """A battery from its upper left corner, filled to `share`."""
    pen.box(w, h * 0.28, 9, h * 0.44, EARTH, 2)
    pen.box(0, 0, w, h, WOOL, 7)
    if share > 0:
        pen.box(7, 7, (w - 14) * share, h - 14, CHILLCA if share > 0.3 else COCHINEAL, 3, None)


def speaker(pen: Pen) -> None:
    """A small loudspeaker, 70 x 100, its foot at the origin."""
    pen.box(-35, -100, 70, 100, INDIGO, 10)
    pen.circle(0, -72, 11, SKY)
    pen.circle(0, -34, 22, SKY)
    pen.circle(0, -34, 7, EARTH, None)


def download_sign(pen: Pen) -> None:
    """An arrow into a tray, about 60 high, around the origin."""
    pen.path("M0 -30 L0 12", width=9 * pen.s)
    pen.path("M-17 -4 L0 14 L17 -4", width=9 * pen.s)
    pen.path("M-28 14 L-28 30 L28 30 L28 14", width=7 * pen.s)


def coin(pen: Pen, text: str, r: float = 24) -> None:
    """A coin with its numeral."""
    pen.circle(0, 0, r, QOLLE)
    number(pen.at(-7 * len(text) * r / 24 + 2 * r / 24, -8 * r / 24, r / 24), text, width=4)


def note(pen: Pen, text: str, colour: str) -> None:
    """A banknote, 110 x 54, its middle at the origin."""
    pen.box(-55, -27, 110, 54, colour, 5)
    pen.ellipse(-20, 0, 15, 19, WOOL)
    number(pen.at(10, -12, 1.5), text, width=4)


def price_tag(pen: Pen, text: str) -> None:
    """A tag on a thread with a numeral; the thread begins at the origin."""
    pen.path("M0 0 Q4 14 0 22")
    pen.path("M-26 34 L-14 22 L14 22 L26 34 L26 66 L-26 66 Z", WOOL)
    number(pen.at(-7 * len(text) * 1.3 + 2.6, 36, 1.3), text, width=4)
