"""Arms and hands. A hand's origin is the wrist; it points along +x of its pen."""

import math

from art.pen import EARTH, INDIGO, SKIN, Pen
from art.people import Look

Point = tuple[float, float]


def arm(pen: Pen, who: Look, side: int, elbow: Point, wrist: Point) -> Pen:
    """An arm from the shoulder at our right (side 1) or left (-1), bent at `elbow`; gives the pen
    at the wrist, turned along the forearm. It comes out from under the shawl, if there is one."""
    x, y = (side * 80, 98) if who.shawl else (side * 54, 58)
    pen.limbs([(f"M{x} {y} Q{elbow[0]} {elbow[1]} {wrist[0]} {wrist[1]}", 30)], who.coat)
    if who.shawl:
        edge = (f"M{side * 78} 44 C{side * 86} 61 {side * 91} 83 {side * 92} 112 "
                f"C{side * 80} 117 {side * 70} 118 {side * 59} 117")
        pen.path(f"{edge} L{side * 59} 44 Z", who.shawl, None)
        pen.path(edge)
        pen.path(f"M{side * 82} 98 Q{side * 70} 101 {side * 58} 99", stroke=who.trim,
                 width=5 * pen.s)
    else:
        pen.circle(x, y, 15 + 4.5 / pen.s, who.coat, None)
    angle = math.degrees(math.atan2(wrist[1] - elbow[1], wrist[0] - elbow[0]))
    return pen.at(*wrist, turn=angle)


def open_hand(pen: Pen, skin: str = SKIN) -> None:
    """A palm with spread fingers: a greeting, a raised hand."""
    pen.limbs([
        ("M0 0 L10 0", 20), ("M14 -7 L17 -1 L14 7", 20),
        ("M18 -11 L36 -18", 8), ("M22 -4 L43 -7", 8), ("M22 4 L43 5", 8), ("M18 11 L36 16", 8),
        ("M6 -10 L14 -26", 8),
    ], skin)


def pointing_hand(pen: Pen, skin: str = SKIN) -> None:
    """A fist with the first finger out."""
    pen.limbs([("M0 0 L8 0", 20), ("M12 -4 L18 4", 22), ("M18 -10 L46 -10", 9)], skin)
    pen.path("M18 0 L28 0 M18 7 L26 8 M12 -6 Q22 -4 26 -2", width=3)


def resting_hand(pen: Pen, skin: str = SKIN) -> None:
    """A hand lying on something: fingers together."""
    pen.limbs([("M0 0 L12 0", 20), ("M10 -8 L28 -6", 8), ("M12 -1 L32 1", 8), ("M10 7 L28 8", 8),
               ("M6 -10 L20 -18", 8)], skin)
    pen.path("M20 -4 L27 -3 M20 4 L27 5", width=2)


def phone_in_hand(pen: Pen, skin: str = SKIN) -> None:
    """A phone seen from behind, upright on a hand that comes from below (pen points up the arm)."""
    pen.box(4, -19, 66, 38, INDIGO, 7)
    pen.circle(60, -9, 4, EARTH, None)
    grip(pen, skin)


def grip(pen: Pen, skin: str = SKIN) -> None:
    """A hand around a thing that stands up in it (drawn before)."""
    fingers = "M14 -16 L24 -18 M20 16 L20 -6 M31 16 L31 -4 M41 16 L41 -2"
    pen.limbs([("M0 2 L12 2", 20), (fingers, 8)], skin)
    pen.path("M25.5 16 L25.5 -2 M36 16 L36 0", width=2)


def fingertip(pen: Pen, skin: str = SKIN, sleeve: str = INDIGO) -> None:
    """A large hand for close pictures of a screen: the fingertip is the origin, arm to +x."""
    pen.limbs([("M150 96 L230 140", 64)], sleeve)
    pen.limbs([("M96 56 L130 80", 60), ("M12 6 L92 40", 24), ("M96 36 L70 62", 26),
               ("M104 54 L80 82", 26), ("M120 74 L98 98", 24), ("M96 92 L62 96", 24)], skin)
    pen.path("M84 60 L70 68 M94 78 L82 88 M4 -2 Q12 -6 18 2", width=3)
