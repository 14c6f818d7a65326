"""tic-en-mi-vida, lesson 1: my telephone and I."""

from art.hands import arm, fingertip, grip, resting_hand
from art.pen import CHILLCA, COCHINEAL, INDIGO, QOLLE, SAND, SKY, WOOL, Pen
from art.people import CARMEN, JUANA, ROSA, figure
from art.poses import calling, giving, pointing, quiet, reading, showing
from art.things import (
    band,
    blanket,
    bubble,
    call_button,
    cross,
    handset,
    hills,
    number,
    pile,
    ringing,
    screen,
)

FOLDER = "tic-en-mi-vida/lessons/mi-celular-y-yo"


def loom(pen: Pen) -> None:
    """A cloth on a backstrap loom, from the weaver's waist (origin) away to our left."""
    pen.path("M-330 -34 L-330 90", width=12, stroke="#7A5238")
    pen.path("M-322 -20 L-20 10 L-20 62 L-322 8 Z", COCHINEAL)
    pen.path("M-322 -11 L-20 26 M-322 -1 L-20 46", stroke=QOLLE, width=5)
    pen.path("M-322 -6 L-20 36", stroke=WOOL, width=3)
    pen.path("M-150 -18 L-146 58 M-22 2 L-22 70", stroke="#7A5238", width=9)


def weaving() -> Pen:
    """Rosa weaves at home."""
    pen = Pen()
    hills(pen, sun=(70, 60))
    rosa = pen.at(478, 172, 1.05)
    figure(rosa, ROSA, "glad", -0.6)
    loom(pen.at(440, 280))
    arm(rosa, ROSA, -1, (-126, 168), (-96, 126))
    resting_hand(rosa.at(-98, 126, 1.15, True, turn=-14))
    resting_hand(arm(rosa, ROSA, 1, (86, 196), (-22, 134)).at(0, 0, 1.1))
    return pen


def road() -> Pen:
    """Rosa came a long way for nothing: the fair is empty."""
    pen = Pen()
    hills(pen, 290)
    pen.path("M640 360 C480 340 360 330 330 300 C300 272 420 268 410 250 C402 236 350 240 340 228 "
             "L348 228 C362 238 430 234 438 252 C446 276 370 280 388 298 "
             "C420 322 560 318 640 326 Z", WOOL, None)
    pen.path("M318 228 L318 204 L344 186 L372 204 L372 228 Z", SAND)
    pen.path("M312 206 L345 184 L378 206", COCHINEAL)
    rosa = pen.at(180, 186, 1.05)
    rosa.path("M-70 -6 C-130 -30 -160 60 -120 116 C-90 140 -60 110 -60 60 Z", QOLLE)
    rosa.path("M-118 -2 C-104 30 -104 80 -112 116", stroke=COCHINEAL, width=5)
    figure(rosa, ROSA, "worried", 0.5)
    resting_hand(arm(rosa, ROSA, 1, (100, 160), (20, 76)).at(0, 0, 1.1))
    empty = pen.at(500, 84)
    bubble(empty, 190, 108, (-120, 84))
    empty.path("M-60 30 L-60 -8 L60 -8 L60 30 M-70 30 L70 30")
    empty.path("M-70 -8 L-58 -34 L58 -34 L70 -8 Z", SKY)
    cross(empty.at(52, 26), 16)
    return pen


def neighbour() -> Pen:
    """Juana shows that the telephone is a tool like the loom."""
    pen = Pen()
    hills(pen, 300)
    pointing(pen.at(150, 196, 1), JUANA, "talking", 0.8, 90)
    reading(pen.at(470, 184, 1), ROSA, "glad", -0.6)
    return pen


def press_call() -> Pen:
    """A finger on the green button."""
    pen = Pen(ground=SAND)
    band(pen, 0, 336, 640, 24, COCHINEAL, QOLLE, 32, None)
    phone = pen.at(250, 176, 1.16)
    screen(phone)
    number(phone.at(-47, -84, 0.86), "984 321", width=4)
    for row in range(3):
        for column in range(3):
            phone.circle(-36 + 36 * column, -38 + 28 * row, 10, WOOL)
    call_button(phone.at(0, 70), r=30)
    ringing(phone.at(42, 70, 0.7))
    ringing(phone.at(-42, 70, 0.7, True))
    fingertip(pen.at(264, 262, 0.92))
    return pen


def answered() -> Pen:
    """Carmen, far away, answers: bring three blankets."""
    pen = Pen()
    pen.path("M320 0 L640 0 L640 360 L320 360 Z", SAND, None)
    pen.path("M0 0 L320 0 L320 360 L0 360 Z", SKY, None)
    pen.path("M0 250 L90 130 L160 220 L230 160 L320 270 L320 360 L0 360 Z", "#B4CADC", None)
    pen.path("M320 -4 L320 364", stroke=WOOL, width=10)
    calling(pen.at(120, 196, 1.02), ROSA, "glad", 0.5)
    calling(pen.at(530, 212, 1.02, True), CARMEN, "talking", 0.5)
    talk = pen.at(352, 74)
    bubble(talk, 150, 100, (76, 96))
    pile(talk.at(0, 34), 3)
    return pen


def ringing_phone() -> Pen:
    """It rings: green answers, red ends."""
    pen = Pen(ground=SAND)
    band(pen, 0, 336, 640, 24, COCHINEAL, QOLLE, 32, None)
    phone = pen.at(320, 168, 1.12)
    screen(phone)
    phone.circle(0, -42, 34, WOOL)
    portrait(phone.at(0, -28, 0.42))
    call_button(phone.at(-33, 64), r=25)
    call_button(phone.at(33, 64), False, r=25)
    ringing(pen.at(420, 130, 1.2))
    ringing(pen.at(220, 130, 1.2, True))
    fingertip(pen.at(278, 250, 0.86, True))
    return pen


def portrait(pen: Pen) -> None:
    """An unknown person's outline."""
    pen.circle(0, -52, 26, INDIGO, None)
    pen.path("M-50 34 C-50 -26 50 -26 50 34 Z", INDIGO, None)


def fair() -> Pen:
    """Rosa sells her blankets at the fair."""
    pen = Pen()
    hills(pen, 300)
    pen.path("M20 20 L20 300 M620 20 L620 300", width=8, stroke="#7A5238")
    pen.path("M0 8 L640 8 L640 46 L0 46 Z", WOOL)
    for index in range(5):
        x = index * 128
        pen.path(f"M{x} 8 L{x + 64} 8 L{x + 64} 46 Q{x + 32} 66 {x} 46 Z", COCHINEAL)
    hand = giving(pen.at(160, 196, 0.98), ROSA, "laughing", 0.6, 136)
    figure(pen.at(480, 210, 0.98), CARMEN, "glad", -0.7)
    blanket(pen.at(328, 322), INDIGO, SKY, 104, 30)
    blanket(pen.at(328, 292), QOLLE, COCHINEAL, 104, 30)
    resting_hand(hand)
    other = arm(pen.at(480, 210, 0.98), CARMEN, -1, (-116, 170), (-122, 84))
    resting_hand(other.at(0, 0, 1.1), CARMEN.skin)
    return pen


def my_tool() -> Pen:
    """Rosa with her two tools: the telephone and the spindle."""
    pen = Pen(ground=SKY)
    pen.circle(320, 186, 170, QOLLE, None)
    band(pen, 0, 330, 640, 30, COCHINEAL, QOLLE, 32, None)
    rosa = pen.at(320, 176, 1.08)
    showing(rosa, ROSA, "glad", 0)
    arm(rosa, ROSA, -1, (-130, 140), (-106, 44))
    spindle = rosa.at(-106, 40)
    spindle.path("M0 40 L0 -92", stroke="#7A5238", width=8)
    spindle.path("M-20 -30 C-24 -70 24 -70 20 -30 Q0 -18 -20 -30 Z", WOOL)
    spindle.path("M-19 -38 Q0 -30 19 -44 M-18 -50 Q0 -42 17 -56", width=3)
    grip(rosa.at(-106, 46, 1.15, True, turn=-86))
    return pen


def choice(draw: "object", ground: str = SKY) -> Pen:
    """A square picture to choose, with one thing in the middle."""
    pen = Pen(240, 240, ground)
    draw(pen.at(120, 120))  # type: ignore[operator]
    return pen


def answer_button() -> Pen:
    """Choice: the green button."""
    return choice(lambda pen: call_button(pen, r=76))


def end_button() -> Pen:
    """Choice: the red button."""
    return choice(lambda pen: call_button(pen, False, r=76))


def camera_button() -> Pen:
    """Choice: the camera's button."""
    def camera(pen: Pen) -> None:
        pen.circle(0, 0, 76, INDIGO)
        pen.box(-42, -24, 84, 56, WOOL, 10)
        pen.path("M-16 -24 L-8 -38 L8 -38 L16 -24 Z", WOOL)
        pen.circle(0, 4, 18, SKY)
    return choice(camera)


def asks_first() -> Pen:
    """Choice: Rosa telephones first."""
    pen = Pen(240, 240, SKY)
    calling(pen.at(102, 132, 0.82), ROSA, "talking", 0.4)
    return pen


def walks_first() -> Pen:
    """Choice: Rosa walks without asking."""
    pen = Pen(240, 240, SKY)
    pen.path("M0 170 C60 140 120 160 240 130 L240 240 L0 240 Z", SAND, None)
    pen.path("M240 236 C150 220 190 180 150 160 L172 154 C220 180 180 200 240 212 Z", WOOL, None)
    rosa = pen.at(92, 126, 0.74)
    rosa.path("M-70 -6 C-130 -30 -160 60 -120 116 C-90 140 -60 110 -60 60 Z", QOLLE)
    figure(rosa, ROSA, "calm", 0.6)
    resting_hand(arm(rosa, ROSA, 1, (100, 160), (20, 76)).at(0, 0, 1.1))
    return pen


def waits() -> Pen:
    """Choice: Rosa sits at home and waits."""
    pen = Pen(240, 240, SAND)
    quiet(pen.at(120, 112, 0.68), ROSA, "calm", -0.4)
    return pen


def just_rings() -> Pen:
    """Question: the telephone rings."""
    pen = Pen(ground=SAND)
    phone = pen.at(320, 180, 1.2)
    screen(phone)
    phone.circle(0, -10, 46, WOOL)
    portrait(phone.at(0, 8, 0.58))
    ringing(pen.at(430, 150, 1.5))
    ringing(pen.at(210, 150, 1.5, True))
    return pen


def tools() -> Pen:
    """Question: a telephone beside a loom's cloth."""
    pen = Pen(ground=SKY)
    band(pen, 0, 336, 640, 24, COCHINEAL, QOLLE, 32, None)
    loom(pen.at(420, 140, 1.15))
    pile(pen.at(226, 318, 1.1), 3)
    screen(pen.at(530, 166, 1.02), WOOL)
    handset(pen.at(530, 160, 2.4), CHILLCA)
    return pen


DRAWINGS = {
    "scenes/rosa-teje.svg": weaving, "scenes/camino.svg": road, "scenes/juana.svg": neighbour,
    "scenes/llamar.svg": press_call, "scenes/carmen.svg": answered,
    "scenes/suena.svg": ringing_phone, "scenes/feria.svg": fair,
    "scenes/herramienta.svg": my_tool, "poster.svg": my_tool,
    "questions/suena.svg": just_rings, "questions/herramientas.svg": tools,
    "choices/verde.svg": answer_button, "choices/rojo.svg": end_button,
    "choices/camara.svg": camera_button, "choices/llama.svg": asks_first,
    "choices/camina.svg": walks_first, "choices/espera.svg": waits,
}
