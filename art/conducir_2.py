"""conducir-la-reunion, lesson 2: opening the meeting."""

from art.hands import arm, open_hand, resting_hand
from art.pen import CHILLCA, COCHINEAL, EARTH, HAIR, INDIGO, QOLLE, SAND, SKY, WOOL, Pen
from art.people import ELENA, JUANA, ROSA, TERESA, figure, from_behind, skirt
from art.poses import greeting, heart, listening, reading
from art.things import band, bubble, hills, room, tick

FOLDER = "conducir-la-reunion/lessons/abrir-la-reunion"


def arriving() -> Pen:
    """The members come from far; one is shy."""
    pen = Pen()
    hills(pen, 306, sun=(80, 60))
    figure(pen.at(446, 190, 0.98), TERESA, "calm", 0.5)
    heart(pen.at(200, 190, 0.98), ROSA, "glad", 0.5)
    return pen


def welcome() -> Pen:
    """Elena greets each one at the door, in Quechua."""
    pen = Pen(ground=SAND)
    pen.path("M0 0 L250 0 L250 360 L0 360 Z", SKY, None)
    pen.path("M0 300 C80 270 160 290 250 280 L250 360 L0 360 Z", "#D9BF95", None)
    pen.path("M250 0 L250 360", stroke="#7A5238", width=18)
    heart(pen.at(128, 196, 0.96), TERESA, "glad", 0.7)
    greeting(pen.at(448, 186, 1, True), ELENA, "talking", 0.7)
    return pen


def in_rows() -> Pen:
    """In rows, some see only backs."""
    pen = Pen()
    room(pen, 210)
    figure(pen.at(320, 100, 0.62), ELENA, "calm", 0)
    for x, who, colour in ((170, JUANA, COCHINEAL), (470, TERESA, INDIGO)):
        from_behind(pen.at(x, 196, 0.62), who)
        skirt(pen.at(x, 196, 0.62), colour, QOLLE)
    from_behind(pen.at(320, 306, 0.86), ROSA)
    return pen


def circle() -> Pen:
    """In a circle all see each other, and Elena sits with them."""
    pen = Pen()
    room(pen, 170)
    pen.ellipse(320, 250, 190, 54, COCHINEAL)
    pen.ellipse(320, 250, 150, 34, QOLLE, None)
    for x, who, mood, turn, colour in (
        (196, JUANA, "glad", 0, COCHINEAL), (444, ELENA, "glad", 0, INDIGO),
    ):
        figure(pen.at(x, 106, 0.64), who, mood, turn)
        skirt(pen.at(x, 106, 0.64), colour, QOLLE)
    from_behind(pen.at(110, 276, 0.7), ROSA)
    from_behind(pen.at(530, 276, 0.7), TERESA)
    return pen


def we_listen() -> Pen:
    """First agreement: we listen."""
    pen = Pen()
    room(pen, 300)
    figure(pen.at(140, 196, 0.96), JUANA, "talking", 0.7)
    listening(pen.at(480, 196, 0.96, True), ROSA, "glad", 0.7)
    pen.path("M262 106 Q276 130 262 154 M286 90 Q310 130 286 170 M310 76 Q344 130 310 184",
             stroke=QOLLE, width=6)
    return pen


def we_may() -> Pen:
    """Second agreement: nobody must read or speak."""
    pen = Pen()
    room(pen, 300)
    teresa = pen.at(320, 190, 1)
    figure(teresa, TERESA, "glad", 0)
    hand = arm(teresa, TERESA, 1, (122, 150), (110, 66))
    open_hand(hand.at(0, 0, 1.15, turn=20), TERESA.skin)
    tick(pen.at(444, 190), 22)
    for x, draw in ((110, _book), (530, _mouth)):
        pen.circle(x, 110, 64, WOOL)
        draw(pen.at(x, 110))
    return pen


def _book(pen: Pen) -> None:
    pen.path("M0 -18 C-14 -30 -34 -28 -40 -24 L-40 22 C-34 18 -14 16 0 28 C14 16 34 18 40 22 "
             "L40 -24 C34 -28 14 -30 0 -18 Z M0 -18 L0 28", SKY)


def _mouth(pen: Pen) -> None:
    pen.path("M-36 -4 C-24 -26 -8 -20 0 -12 C8 -20 24 -26 36 -4 C20 28 -20 28 -36 -4 Z", COCHINEAL)
    pen.path("M-34 -4 Q0 6 34 -4", width=3)


def stays_here() -> Pen:
    """Third agreement: what is told here stays here, as in a closed pouch."""
    pen = Pen(ground=SAND)
    band(pen, 0, 336, 640, 24, COCHINEAL, QOLLE, 32, None)
    heart(pen.at(150, 186, 1), TERESA, "glad", 0.4)
    _pouch(pen.at(446, 180))
    return pen


def pouch() -> Pen:
    """Question: the closed pouch."""
    pen = Pen(ground=SAND)
    _pouch(pen.at(320, 180))
    return pen


def _pouch(pen: Pen) -> None:
    pen.path("M-60 -70 C-150 -190 150 -190 60 -70", width=8, stroke=COCHINEAL)
    for x in (-66, -33, 0, 33, 66):
        pen.path(f"M{x} 110 L{x} 146", stroke=COCHINEAL, width=9)
    pen.path("M-78 -78 L78 -78 L104 104 Q0 134 -104 104 Z", INDIGO)
    band(pen, -97, 62, 194, 30, COCHINEAL, QOLLE, 32)
    pen.path("M-86 -92 Q0 -112 86 -92 L80 -58 Q0 -42 -80 -58 Z", QOLLE)
    pen.path("M-20 -74 C-60 -40 -60 -96 0 -72 C60 -96 60 -40 20 -74", stroke=COCHINEAL, width=6)
    bubble(pen.at(0, 4), 110, 64, (-34, 52))
    for x in (-26, 0, 26):
        pen.circle(x, 4, 6, EARTH, None)


def agreed() -> Pen:
    """All raise a hand: agreed."""
    pen = Pen()
    room(pen, 300)
    for x, who in ((90, JUANA), (300, ELENA), (508, ROSA)):
        greeting(pen.at(x, 224, 0.8), who, "glad", 0)
    return pen


def choice_circle() -> Pen:
    """Choice: all in a circle, seen from above."""
    pen = Pen(240, 240, SAND)
    pen.circle(120, 120, 34, COCHINEAL)
    pen.circle(120, 120, 20, QOLLE, None)
    for index, colour in enumerate((CHILLCA, INDIGO, COCHINEAL, INDIGO, COCHINEAL)):
        _from_above(pen.at(120, 120, turn=72 * index).at(0, -78, turn=180), colour)
    return pen


def choice_rows() -> Pen:
    """Choice: rows before her."""
    pen = Pen(240, 240, SAND)
    _from_above(pen.at(120, 44, turn=180), CHILLCA)
    for index, colour in enumerate((INDIGO, COCHINEAL, INDIGO, COCHINEAL, INDIGO, COCHINEAL)):
        _from_above(pen.at(48 + 72 * (index % 3), 122 + 70 * (index // 3)), colour)
    return pen


def choice_table() -> Pen:
    """Choice: she sits behind a table."""
    pen = Pen(240, 240, SAND)
    _from_above(pen.at(120, 42, turn=180), CHILLCA)
    pen.box(36, 78, 168, 44, "#7A5238", 6)
    for index, colour in enumerate((INDIGO, COCHINEAL, INDIGO)):
        _from_above(pen.at(48 + 72 * index, 178), colour)
    return pen


def _from_above(pen: Pen, colour: str) -> None:
    """Somebody from above, looking up the sheet: shoulders and hat."""
    pen.ellipse(0, 10, 31, 16, colour)
    pen.circle(0, 0, 17, HAIR if colour == CHILLCA else WOOL)
    if colour != CHILLCA:
        pen.circle(0, 0, 8, colour)


def greets_choice() -> Pen:
    """Choice: she greets."""
    pen = Pen(240, 240, SKY)
    greeting(pen.at(96, 138, 0.78), ELENA, "talking", 0.3)
    return pen


def phone_choice() -> Pen:
    """Choice: she looks at her telephone."""
    pen = Pen(240, 240, SKY)
    reading(pen.at(118, 122, 0.76), ELENA, "looking down", 0)
    return pen


def list_choice() -> Pen:
    """Choice: she calls the list first."""
    pen = Pen(240, 240, SKY)
    figure(pen.at(90, 134, 0.78), ELENA, "calm", 0.4)
    pen.box(148, 96, 72, 104, WOOL, 5)
    pen.path("M160 120 L208 120 M160 142 L208 142 M160 164 L208 164 M160 184 L190 184", width=4)
    hand = arm(pen.at(90, 134, 0.78), ELENA, 1, (84, 160), (98, 84))
    resting_hand(hand.at(0, 0, 1.1), ELENA.skin)
    return pen


DRAWINGS = {
    "scenes/llegan.svg": arriving, "scenes/saludo.svg": welcome, "scenes/en-fila.svg": in_rows,
    "scenes/circulo.svg": circle, "scenes/escuchamos.svg": we_listen,
    "scenes/sin-obligar.svg": we_may, "scenes/aqui-se-queda.svg": stays_here,
    "scenes/acuerdo.svg": agreed, "poster.svg": welcome,
    "questions/bolsita.svg": pouch,
    "choices/circulo.svg": choice_circle, "choices/filas.svg": choice_rows,
    "choices/mesa.svg": choice_table, "choices/saluda.svg": greets_choice,
    "choices/celular.svg": phone_choice, "choices/lista.svg": list_choice,
}
