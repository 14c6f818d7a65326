"""conducir-la-reunion, lesson 1: before the meeting."""

from art.hands import fingertip
from art.pen import CHILLCA, COCHINEAL, EARTH, INDIGO, QOLLE, SAND, SKY, WOOL, Pen
from art.people import ELENA, JUANA, ROSA, TERESA, figure, from_behind
from art.poses import listening, showing
from art.things import (
    band,
    battery,
    cross,
    download_sign,
    hills,
    ringing,
    room,
    screen,
    small_phone,
    speaker,
    tick,
)

FOLDER = "conducir-la-reunion/lessons/antes-de-la-reunion"


def signal(pen: Pen, has_line: bool) -> None:
    """Bars of a mobile network, around the origin."""
    for index in range(4):
        h = 12 + 11 * index
        pen.box(-34 + 18 * index, 24 - h, 12, h, CHILLCA if has_line else WOOL, 2)
    if not has_line:
        cross(pen.at(22, -18), 17)


def tomorrow() -> Pen:
    """Elena goes tomorrow to a village without a line."""
    pen = Pen()
    hills(pen, 300, sun=(560, 60))
    for x, roof in ((396, COCHINEAL), (468, INDIGO), (536, COCHINEAL)):
        pen.path(f"M{x} 262 L{x} 234 L{x + 44} 234 L{x + 44} 262 Z", WOOL)
        pen.path(f"M{x - 8} 236 L{x + 22} 212 L{x + 52} 236 Z", roof)
    signal(pen.at(480, 160, 1.2), False)
    elena = pen.at(170, 180, 1.05)
    figure(elena, ELENA, "glad", 0.5)
    elena.path("M42 12 L-50 150", stroke="#7A5238", width=12)
    elena.box(-108, 120, 84, 66, QOLLE, 12)
    elena.path("M-108 144 L-24 144", stroke=COCHINEAL, width=6)
    return pen


def went_dark() -> Pen:
    """Last time the phone died in the middle of the video."""
    pen = Pen()
    room(pen, 250)
    phone = pen.at(320, 96, 0.72, turn=-90)
    screen(phone, EARTH)
    battery(pen.at(286, 76), 0.14, 64, 38)
    for x, who in ((110, ROSA), (320, JUANA), (530, TERESA)):
        from_behind(pen.at(x, 306, 0.8), who)
    return pen


def charge() -> Pen:
    """The night before: charge telephone and loudspeaker."""
    pen = Pen()
    room(pen, 262)
    pen.box(40, 30, 128, 110, INDIGO, 6)
    pen.path("M112 56 C86 56 78 88 98 102 C106 108 122 108 128 102 C106 100 98 76 112 56 Z", QOLLE)
    pen.circle(66, 60, 3, WOOL, None)
    pen.circle(146, 116, 3, WOOL, None)
    pen.path("M104 30 L104 140 M40 86 L168 86", width=4)
    pen.path("M0 300 L640 300 L640 360 L0 360 Z", "#7A5238")
    phone = pen.at(330, 196, 0.76)
    screen(phone)
    battery(phone.at(-44, -30), 1)
    speaker(pen.at(500, 300, 1.25))
    pen.path("M330 298 C330 330 420 330 420 250 C420 200 250 190 250 110 L250 70 M456 280 C430 280 "
             "430 230 424 226", width=5)
    pen.box(232, 44, 36, 30, WOOL, 5)
    pen.path("M244 44 L244 30 M256 44 L256 30", width=5)
    tick(pen.at(398, 110), 24)
    tick(pen.at(560, 160), 24)
    return pen


def download() -> Pen:
    """Where there is a line: download, then open once without it."""
    pen = Pen()
    room(pen, 300)
    phone = pen.at(210, 176, 1.14)
    screen(phone)
    download_sign(phone.at(0, -34, 1.25))
    phone.box(-46, 40, 92, 18, WOOL, 8)
    phone.box(-46, 40, 92, 18, CHILLCA, 8)
    fingertip(pen.at(246, 172, 0.86))
    tick(phone.at(0, 82), 20)
    signal(pen.at(500, 76, 1.3), True)
    return pen


def try_sound() -> Pen:
    """Walk to the back of the room: can it be understood there?"""
    pen = Pen()
    room(pen, 290)
    speaker(pen.at(96, 316, 1.4))
    ringing(pen.at(160, 210, 1.7))
    small_phone(pen.at(96, 146, 0.9))
    listening(pen.at(476, 190, 1, True), ELENA, "glad", 0.6)
    return pen


def bag() -> Pen:
    """The bag: telephone, loudspeaker, cable, list."""
    pen = Pen(ground=SAND)
    band(pen, 0, 336, 640, 24, COCHINEAL, QOLLE, 32, None)
    pen.path("M240 200 C240 30 400 30 400 200", width=16, stroke="#7A5238")
    small_phone(pen.at(256, 150, 1.7, turn=-8))
    speaker(pen.at(346, 200, 1.1))
    pen.box(388, 96, 64, 96, WOOL, 4)
    pen.path("M400 116 L406 122 L414 110 M400 140 L406 146 L414 134 M400 164 L406 170 L414 158 "
             "M422 118 L442 118 M422 142 L442 142 M422 166 L442 166", width=3)
    pen.box(196, 186, 262, 140, QOLLE, 26)
    band(pen, 196, 226, 262, 32, COCHINEAL, WOOL, 26)
    pen.path("M470 300 C520 320 560 290 530 262 C506 244 500 290 552 300 L580 304", width=5)
    pen.box(578, 294, 26, 22, WOOL, 4)
    return pen


def meeting() -> Pen:
    """At the meeting nothing fails, and Elena looks at the people."""
    pen = Pen()
    room(pen, 260)
    pen.box(206, 26, 228, 132, INDIGO, 8)
    pen.box(216, 36, 208, 112, SKY, 3)
    pen.circle(380, 70, 16, QOLLE, None)
    pen.path("M218 146 L266 82 L300 124 L340 74 L400 146 Z", CHILLCA, None)
    figure(pen.at(100, 186, 0.9), ELENA, "laughing", 0.7)
    for x, who in ((300, JUANA), (500, TERESA)):
        from_behind(pen.at(x, 308, 0.84), who)
    return pen


def three_steps() -> Pen:
    """Charge, download, try: three steps, the night before."""
    pen = Pen(ground=SKY)
    band(pen, 0, 330, 640, 30, COCHINEAL, QOLLE, 32, None)
    showing(pen.at(130, 186, 1), ELENA, "glad", 0.3)
    for x in (322, 440, 558):
        pen.circle(x, 150, 54, WOOL)
        tick(pen.at(x + 34, 196), 20)
    battery(pen.at(284, 130, 0.84), 1)
    download_sign(pen.at(440, 150))
    speaker(pen.at(558, 186, 0.72))
    return pen


def choice(ground: str = SAND) -> Pen:
    """A square sheet."""
    return Pen(240, 240, ground)


def charge_choice() -> Pen:
    """Choice: charge."""
    pen = choice()
    battery(pen.at(40, 84, 1.7), 1)
    return pen


def download_choice() -> Pen:
    """Choice: download."""
    pen = choice()
    download_sign(pen.at(120, 120, 2.3))
    return pen


def sound_choice() -> Pen:
    """Choice: try the sound."""
    pen = choice()
    speaker(pen.at(86, 204, 1.6))
    ringing(pen.at(158, 120, 1.3))
    return pen


def later_choice() -> Pen:
    """Choice: download at the meeting, where there is no line."""
    pen = choice()
    signal(pen.at(112, 124, 2.3), False)
    return pen


def phone_choice(share: float, has_tick: bool) -> Pen:
    """Choice: a telephone, its battery, and whether the lesson is on it."""
    pen = choice(SKY)
    phone = pen.at(120, 122, 0.82)
    screen(phone, WOOL)
    battery(phone.at(-44, -76), share)
    download_sign(phone.at(0, 28, 0.9))
    (tick if has_tick else cross)(phone.at(44, 74), 26)
    return pen


DRAWINGS = {
    "scenes/manana.svg": tomorrow, "scenes/se-apago.svg": went_dark, "scenes/cargar.svg": charge,
    "scenes/descargar.svg": download, "scenes/probar.svg": try_sound, "scenes/bolsa.svg": bag,
    "scenes/reunion.svg": meeting, "scenes/tres-pasos.svg": three_steps, "poster.svg": three_steps,
    "choices/cargar.svg": charge_choice, "choices/descargar.svg": download_choice,
    "choices/probar.svg": sound_choice, "choices/despues.svg": later_choice,
    "choices/listo.svg": lambda: phone_choice(1, True),
    "choices/sin-bateria.svg": lambda: phone_choice(0.15, True),
    "choices/sin-leccion.svg": lambda: phone_choice(1, False),
}
