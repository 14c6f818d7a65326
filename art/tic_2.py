"""tic-en-mi-vida, lesson 2: calling and keeping contacts."""

from art.hands import arm, fingertip, phone_in_hand, resting_hand
from art.pen import COCHINEAL, INDIGO, QOLLE, SAND, SKY, WOOL, Pen
from art.people import CARMEN, ELENA, JUANA, ROSA, Look, figure
from art.poses import calling, giving, heart, pointing, reading, showing
from art.things import (
    band,
    blanket,
    bubble,
    call_button,
    hills,
    note,
    number,
    price_tag,
    ringing,
    room,
    screen,
    tick,
)
from art.tic_1 import portrait

FOLDER = "tic-en-mi-vida/lessons/guardar-contactos"


def photo(pen: Pen, who: Look, r: float = 46, mood: str = "glad") -> None:
    """Somebody's face in a round frame."""
    pen.circle(0, 0, r, "#B4CADC", None)
    with pen.inside(0, 0, r):
        figure(pen.at(0, r * 0.56, r / 104), who, mood, 0)
    pen.circle(0, 0, r, "none")


def desk(pen: Pen) -> None:
    """The quiet ground of close pictures."""
    band(pen, 0, 336, 640, 24, COCHINEAL, QOLLE, 32, None)


def sale() -> Pen:
    """Rosa sells a blanket; Carmen will call."""
    pen = Pen()
    hills(pen, 310)
    hand = giving(pen.at(150, 206, 0.96), ROSA, "glad", 0.6, 128)
    blanket(pen.at(306, 336), INDIGO, SKY, 110, 34)
    resting_hand(hand)
    showing(pen.at(476, 210, 0.96, True), CARMEN, "talking", 0.7)
    return pen


def unknown_call() -> Pen:
    """It rings, and the screen shows numbers only."""
    pen = Pen()
    room(pen)
    reading(pen.at(170, 186, 1), ROSA, "worried", 0.5)
    shown = pen.at(450, 160, 0.96)
    screen(shown)
    shown.circle(0, -36, 38, WOOL)
    portrait(shown.at(0, -24, 0.46))
    number(shown.at(-50, 26, 0.92), "984 321", width=4)
    call_button(shown.at(-32, 78), r=20)
    call_button(shown.at(32, 78), False, r=20)
    ringing(pen.at(546, 120, 1.1))
    ringing(pen.at(354, 120, 1.1, True))
    return pen


def neighbour_teaches() -> Pen:
    """Juana: keep the number with a photo."""
    pen = Pen()
    room(pen)
    pointing(pen.at(140, 196, 1), JUANA, "talking", 0.8, 60)
    talk = pen.at(440, 118)
    bubble(talk, 330, 170, (-220, 10))
    photo(talk.at(-88, 0), CARMEN, 60)
    talk.path("M-8 0 L24 0 M8 -16 L8 16", width=8)
    number(talk.at(48, -30, 1.2), "984", width=5)
    number(talk.at(48, 8, 1.2), "321 6", width=5)
    return pen


def add_person() -> Pen:
    """Touch the number, then the person with the plus."""
    pen = Pen(ground=SAND)
    desk(pen)
    phone = pen.at(270, 172, 1.14)
    screen(phone)
    phone.box(-52, -86, 104, 46, WOOL, 10)
    number(phone.at(-43, -74, 0.8), "984 321", width=3)
    phone.circle(0, 36, 44, QOLLE)
    portrait(phone.at(-8, 40, 0.5))
    phone.path("M26 8 L26 32 M14 20 L38 20", width=7)
    fingertip(pen.at(300, 226, 0.9))
    return pen


def take_photo() -> Pen:
    """With her leave: Rosa takes Carmen's photo."""
    pen = Pen()
    hills(pen, 300)
    heart(pen.at(452, 190, 1.02), CARMEN, "glad", -0.4)
    pen.path("M352 84 L352 58 L380 58 M524 58 L552 58 L552 84 M352 262 L352 288 L380 288 "
             "M524 288 L552 288 L552 262", stroke=WOOL, width=7)
    rosa = pen.at(150, 196, 1)
    figure(rosa, ROSA, "glad", 0.8)
    arm(rosa, ROSA, 1, (120, 170), (126, 62))
    phone_in_hand(rosa.at(126, 58, 1.2, turn=-88))
    tick(pen.at(534, 40), 22)
    return pen


def her_face() -> Pen:
    """It rings, and Carmen's face appears."""
    pen = Pen(ground=SAND)
    desk(pen)
    phone = pen.at(320, 168, 1.12)
    screen(phone)
    photo(phone.at(0, -36), CARMEN, 56)
    call_button(phone.at(-33, 64), r=25)
    call_button(phone.at(33, 64), False, r=25)
    ringing(pen.at(422, 120, 1.2))
    ringing(pen.at(218, 120, 1.2, True))
    fingertip(pen.at(278, 250, 0.86, True))
    return pen


def belt(pen: Pen, colour: str, trim: str) -> None:
    """A rolled woven belt with its end hanging; the roll's middle is the origin."""
    pen.path("M-2 38 L120 38 L120 62 L-2 62 Z", colour)
    band(pen, 36, 38, 84, 24, colour, trim, 21)
    pen.path("M120 42 L136 42 M120 50 L136 50 M120 58 L136 58", stroke=trim, width=4)
    pen.circle(0, 22, 40, colour)
    pen.path("M0 22 C8 14 18 26 8 34 C-8 44 -24 26 -14 10 C-2 -8 30 0 28 26", stroke=trim, width=4)


def two_belts() -> Pen:
    """Carmen wants two belts; each has its price."""
    pen = Pen(ground=SKY)
    calling(pen.at(120, 204, 0.92), ROSA, "glad", 0.6)
    for x, colour, trim in ((290, COCHINEAL, QOLLE), (470, INDIGO, WOOL)):
        belt(pen.at(x, 56), colour, trim)
        price_tag(pen.at(x + 56, 118), "15")
    pen.path("M262 214 L622 214", width=3)
    note(pen.at(370, 272), "20", QOLLE)
    note(pen.at(516, 272), "10", "#8DB56B")
    return pen


def my_contact() -> Pen:
    """Rosa knows who calls: a photo and a number."""
    pen = Pen(ground=SKY)
    pen.circle(250, 186, 170, QOLLE, None)
    desk(pen)
    showing(pen.at(232, 180, 1.06), ROSA, "laughing", 0.3)
    phone = pen.at(508, 168, 0.98)
    screen(phone, WOOL)
    photo(phone.at(0, -34), CARMEN, 54)
    number(phone.at(-50, 38, 0.92), "984 321", width=4)
    tick(phone.at(52, 82), 22)
    return pen


def face(who: Look) -> Pen:
    """Choice: somebody."""
    pen = Pen(240, 240, SKY)
    figure(pen.at(120, 152, 0.86), who, "glad", 0)
    return pen


def contact_screen() -> Pen:
    """Question: the ringing phone with Carmen's face."""
    pen = Pen(ground=SAND)
    phone = pen.at(320, 178, 1.16)
    screen(phone)
    photo(phone.at(0, -36), CARMEN, 56)
    call_button(phone.at(-33, 64), r=25)
    call_button(phone.at(33, 64), False, r=25)
    ringing(pen.at(428, 130, 1.3))
    ringing(pen.at(212, 130, 1.3, True))
    return pen


def belts_question() -> Pen:
    """Question: two belts with their prices, no sum."""
    pen = Pen(ground=SKY)
    for x, colour, trim in ((100, COCHINEAL, QOLLE), (390, INDIGO, WOOL)):
        belt(pen.at(x, 110, 1.2), colour, trim)
        price_tag(pen.at(x + 70, 186, 1.5), "15")
    return pen


def asks_leave() -> Pen:
    """Choice: Carmen is asked whether she would like a photo."""
    pen = Pen(240, 240, SAND)
    figure(pen.at(84, 138, 0.76), CARMEN, "glad", 0.4)
    talk = pen.at(176, 60)
    bubble(talk, 104, 84, (24, 70))
    talk.box(-30, -16, 60, 40, INDIGO, 8)
    talk.path("M-12 -16 L-6 -26 L6 -26 L12 -16 Z", INDIGO)
    talk.circle(0, 4, 12, SKY)
    return pen


def in_secret() -> Pen:
    """Choice: a photo from behind, in secret."""
    pen = Pen(240, 240, SAND)
    figure(pen.at(156, 122, 0.66), CARMEN, "calm", 0.9)
    phone_in_hand(pen.at(52, 226, 1.5, turn=-88))
    return pen


DRAWINGS = {
    "scenes/venta.svg": sale, "scenes/quien-llama.svg": unknown_call,
    "scenes/juana-ensena.svg": neighbour_teaches, "scenes/agregar.svg": add_person,
    "scenes/foto.svg": take_photo, "scenes/aparece-carmen.svg": her_face,
    "scenes/dos-fajas.svg": two_belts, "scenes/mi-contacto.svg": my_contact,
    "poster.svg": my_contact,
    "questions/suena-carmen.svg": contact_screen, "questions/fajas.svg": belts_question,
    "choices/carmen.svg": lambda: face(CARMEN), "choices/juana.svg": lambda: face(JUANA),
    "choices/elena.svg": lambda: face(ELENA),
    "choices/pregunta.svg": asks_leave, "choices/a-escondidas.svg": in_secret,
}
