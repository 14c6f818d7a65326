"""The same few people through every lesson, from the waist up.

A figure's origin is the pit of the neck; at scale 1 its head is about 100 high and its waist lies
at y = 190. `turn` moves the face: -1 looks left, 0 at us, 1 looks right.
"""

from dataclasses import dataclass

from art.pen import (
    BLUSH,
    CHILLCA,
    COCHINEAL,
    EARTH,
    HAIR,
    INDIGO,
    QOLLE,
    SAND,
    SKIN,
    SKY,
    WOOL,
    Pen,
)


@dataclass(frozen=True)
class Look:
    """How somebody is recognised: clothes, hat, hair."""

    coat: str
    shawl: str | None
    trim: str
    hat: str | None = None
    hair: str = "plaits"
    skin: str = SKIN


ROSA = Look(coat=INDIGO, shawl=COCHINEAL, trim=QOLLE, hat="montera")
JUANA = Look(coat=SAND, shawl=INDIGO, trim=SKY, hat="felt")
ELENA = Look(coat=CHILLCA, shawl=None, trim=WOOL, hair="side", skin="#CC9670")
CARMEN = Look(coat=QOLLE, shawl=None, trim=COCHINEAL, hair="bun", skin="#B97D56")
TERESA = Look(coat=WOOL, shawl=CHILLCA, trim=QOLLE, hat="bowler", skin="#B97D56")


def figure(pen: Pen, who: Look, mood: str = "glad", turn: float = 0) -> None:
    """Body and head; arms and hands are drawn after it, in front."""
    _behind(pen, who)
    _body(pen, who)
    _head(pen, who, mood, turn)
    if who.hair == "plaits":
        for side in (-1, 1):
            plait(pen, [(side * 41, -20), (side * 47, 2), (side * 47, 24), (side * 45, 46),
                        (side * 42, 67), (side * 39, 87)], who.trim)


def skirt(pen: Pen, colour: str, hem: str) -> None:
    """The wide skirt of somebody who sits on the ground; drawn after the figure."""
    pen.path("M-72 128 C-118 146 -146 196 -124 214 Q0 240 124 214 C146 196 118 146 72 128 "
             "Q0 158 -72 128 Z", colour)
    pen.path("M-126 198 Q0 224 126 198", stroke=hem, width=5 * pen.s)


def from_behind(pen: Pen, who: Look) -> None:
    """The same person seen from the back: hat, hair, shawl."""
    _body(pen, who, back=True)
    pen.path("M-14 -20 L14 -20 L16 8 L-16 8 Z", who.skin)
    pen.path("M-42 -66 C-44 -118 44 -118 42 -66 C42 -34 26 -14 0 -14 C-26 -14 -42 -34 -42 -66 Z",
             HAIR)
    if who.hair == "plaits":
        for side in (-1, 1):
            plait(pen, [(side * 22, -22), (side * 22, 0), (side * 18, 22), (side * 13, 44),
                        (side * 10, 64)], who.trim)
    elif who.hair == "bun":
        pen.circle(0, -70, 24, HAIR)
    else:
        plait(pen, [(0, -16), (0, 6), (0, 28), (0, 50), (0, 70)], who.trim)
    _hat(pen, who, 0)


def plait(pen: Pen, points: list[tuple[float, float]], tie: str) -> None:
    """A plait along points, with a woollen tie at its end."""
    x, y = points[-1]
    pen.path(f"M{x - 5} {y + 6} L{x - 7} {y + 26} L{x + 7} {y + 26} L{x + 5} {y + 6} Z", tie)
    for x, y in points:
        pen.stamp("plait", x, y, _turn_of_plait)


def _turn_of_plait(pen: Pen) -> None:
    pen.ellipse(0, 0, 10, 14, HAIR)
    pen.path("M-5 4 Q0 11 5 4", stroke=BLUSH, width=2)


def _behind(pen: Pen, who: Look) -> None:
    if who.hair == "side":
        pen.path("M-46 -60 C-50 -122 50 -122 46 -60 C50 -20 44 0 30 6 L-30 6 C-44 0 -50 -20 "
                 "-46 -60 Z", HAIR)
    elif who.hair == "bun":
        pen.circle(0, -122, 20, HAIR)
    else:
        pen.path("M-45 -60 C-46 -116 46 -116 45 -60 L42 -20 L-42 -20 Z", HAIR)


def _body(pen: Pen, who: Look, back: bool = False) -> None:
    pen.path("M-76 60 C-78 24 -50 12 -18 4 L18 4 C50 12 78 24 76 60 L80 200 L-80 200 Z", who.coat)
    if who.shawl is None:
        if not back:
            pen.path("M-18 4 L0 50 L18 4 L30 8 L8 96 L8 200 L-8 200 L-8 96 L-30 8 Z", who.trim)
        return
    pen.path("M-22 0 C-62 8 -90 40 -92 112 C-60 128 -24 116 0 84 C24 116 60 128 92 112 "
             "C90 40 62 8 22 0 C12 16 -12 16 -22 0 Z" if not back else
             "M-22 0 C-62 8 -90 40 -94 112 L0 190 L94 112 C90 40 62 8 22 0 Q0 10 -22 0 Z",
             who.shawl)
    if back:
        pen.path("M-82 96 L0 166 L82 96", stroke=who.trim, width=5 * pen.s)
        return
    pen.path("M-82 98 C-52 106 -20 92 0 62 C20 92 52 106 82 98", stroke=who.trim, width=5 * pen.s)
    pen.circle(0, 62, 8, who.trim)


def _head(pen: Pen, who: Look, mood: str, turn: float) -> None:
    pen.path("M-16 -30 L-16 0 Q0 20 16 0 L16 -30 Z", who.skin)
    pen.path("M-41 -70 C-42 -120 42 -120 41 -70 C40 -34 22 -12 0 -12 C-22 -12 -40 -34 -41 -70 Z",
             who.skin)
    _face(pen.at(turn * 9, 0), mood, turn)
    hair = ("M0 -110 C-34 -114 -50 -92 -43 -54 C-40 -76 -24 -88 0 -96 C24 -88 40 -76 43 -54 "
            "C50 -92 34 -114 0 -110 Z")
    if who.hair == "side":
        hair = ("M12 -112 C46 -108 54 -80 44 -48 C42 -72 30 -86 12 -98 C-10 -88 -36 -80 -44 -46 "
                "C-56 -84 -40 -118 12 -112 Z")
    pen.path(hair, HAIR)
    if who.hair == "side":
        plait(pen, [(-43, -30), (-48, -10), (-48, 12), (-46, 34), (-43, 54)], COCHINEAL)
    if who.hair == "bun":
        for side in (-1, 1):
            pen.circle(side * 42, -46, 6, COCHINEAL)
    _hat(pen, who, turn)


def _hat(pen: Pen, who: Look, turn: float) -> None:
    tilt = pen.at(turn * 3, -100, turn=turn * 3)
    if who.hat == "montera":
        tilt.path("M-78 -4 C-70 -40 70 -40 78 -4 C52 12 -52 12 -78 -4 Z", who.shawl or COCHINEAL)
        tilt.path("M-66 -8 L-52 0 L-38 -6 L-24 3 L-8 -3 L8 4 L24 -3 L40 3 L52 -2 L66 -8",
                  stroke=who.trim, width=4 * tilt.s)
        tilt.ellipse(0, -27, 22, 7, who.trim)
    elif who.hat == "felt":
        tilt.path("M-36 2 L-31 -42 C-28 -58 28 -58 31 -42 L36 2 Z", WOOL)
        tilt.path("M-35 0 L-33 -16 Q0 -6 33 -16 L35 0 Q0 10 -35 0 Z", who.shawl or INDIGO)
        tilt.path("M-66 -2 Q0 -16 66 -2 Q0 22 -66 -2 Z", WOOL)
    elif who.hat == "bowler":
        tilt.path("M-38 2 C-44 -52 44 -52 38 2 Z", "#7A5238")
        tilt.path("M-56 2 Q0 -14 56 2 Q0 20 -56 2 Z", "#7A5238")


def _face(pen: Pen, mood: str, turn: float) -> None:
    squeeze = 1 - 0.12 * abs(turn)
    lift = 3 if mood == "worried" else 0
    pen.path(" ".join(
        f"M{x - 8} {-78 + lift * (x < 0)} Q{x} {-83 + lift} {x + 8} {-78 + lift * (x > 0)}"
        for x in (-17 * squeeze, 17 * squeeze)), width=3)
    for side in (-1, 1):
        x = side * 17 * squeeze
        pen.stamp("cheek", side * 26 * squeeze, -45, _cheek)
        if mood == "laughing":
            pen.path(f"M{x - 7} -61 Q{x} -70 {x + 7} -61")
        elif mood == "looking down":
            pen.path(f"M{x - 7} -62 Q{x} -56 {x + 7} -62")
        else:
            pen.stamp("eye", x, -63, _eye)
    pen.path(f"M{1 + turn * 2} -60 Q{7 + turn * 4} -50 {0 + turn * 3} -48", stroke=BLUSH, width=3)
    mouths = {
        "glad": "M-12 -35 Q0 -24 12 -35",
        "worried": "M-9 -29 Q0 -35 9 -29",
        "calm": "M-9 -32 Q0 -28 9 -32",
        "looking down": "M-10 -34 Q0 -26 10 -34",
    }
    if mood in ("talking", "laughing"):
        pen.path("M-13 -37 Q0 -34 13 -37 Q10 -20 0 -20 Q-10 -20 -13 -37 Z", COCHINEAL, width=3)
    else:
        pen.path(mouths[mood], width=3)


def _cheek(pen: Pen) -> None:
    pen.circle(0, 0, 7, "#B8724E", None)


def _eye(pen: Pen) -> None:
    pen.ellipse(0, 0, 4.2, 5.4, EARTH, None)
