"""What the people do again and again: telephone, show, greet, point, listen, give."""

from art.hands import arm, open_hand, phone_in_hand, pointing_hand, resting_hand
from art.pen import Pen
from art.people import Look, figure


def calling(pen: Pen, who: Look, mood: str = "talking", turn: float = 0.4) -> None:
    """She telephones with the hand at our right."""
    figure(pen, who, mood, turn)
    arm(pen, who, 1, (132, 100), (70, 4))
    phone_in_hand(pen.at(68, 2, 1.05, turn=-104), who.skin)


def reading(pen: Pen, who: Look, mood: str = "looking down", turn: float = 0) -> None:
    """She looks at the phone in her hand."""
    figure(pen, who, mood, turn)
    arm(pen, who, 1, (92, 176), (22, 150))
    phone_in_hand(pen.at(14, 150, 1.15, turn=-84), who.skin)


def showing(pen: Pen, who: Look, mood: str = "glad", turn: float = 0) -> None:
    """She holds the phone up beside her face, at our right."""
    figure(pen, who, mood, turn)
    arm(pen, who, 1, (130, 140), (106, 42))
    phone_in_hand(pen.at(104, 38, 1.15, turn=-86), who.skin)


def greeting(pen: Pen, who: Look, mood: str = "glad", turn: float = 0, side: int = 1) -> None:
    """She raises an open hand at our right, or at our left (side -1)."""
    figure(pen, who, mood, turn)
    raised(pen, who, side)


def raised(pen: Pen, who: Look, side: int = 1) -> None:
    """Only the arm of a greeting."""
    arm(pen, who, side, (side * 134, 132), (side * 112, 24))
    open_hand(pen.at(side * 112, 22, 1.15, side < 0, turn=-84), who.skin)


def pointing(
    pen: Pen, who: Look, mood: str = "talking", turn: float = 0.8, to: float = 104
) -> None:
    """She points to our right."""
    figure(pen, who, mood, turn)
    arm(pen, who, 1, (100, 180), (140, to))
    pointing_hand(pen.at(140, to, 1.15, turn=-24), who.skin)


def listening(pen: Pen, who: Look, mood: str = "calm", turn: float = 0.6) -> None:
    """A hand behind the ear at our right."""
    figure(pen, who, mood, turn)
    arm(pen, who, 1, (134, 96), (72, -6))
    resting_hand(pen.at(72, -8, 1.1, turn=-112), who.skin)


def quiet(pen: Pen, who: Look, mood: str = "calm", turn: float = 0) -> None:
    """Hands laid together on the lap."""
    figure(pen, who, mood, turn)
    for side in (-1, 1):
        arm(pen, who, side, (side * 88, 182), (side * 24, 172))
    resting_hand(pen.at(-22, 172, 1.05, turn=4), who.skin)
    resting_hand(pen.at(22, 174, 1.05, True, turn=4), who.skin)


def heart(pen: Pen, who: Look, mood: str = "glad", turn: float = 0) -> None:
    """A hand on the heart."""
    figure(pen, who, mood, turn)
    arm(pen, who, 1, (96, 180), (34, 122))
    resting_hand(pen.at(32, 122, 1.1, True, turn=-24), who.skin)


def giving(
    pen: Pen, who: Look, mood: str = "glad", turn: float = 0.8, reach: float = 150
) -> Pen:
    """She holds something out to our right; gives the pen at her hand, to draw thing and hand."""
    figure(pen, who, mood, turn)
    arm(pen, who, 1, (104, 178), (reach, 118))
    return pen.at(reach, 118, 1.1, turn=-20)
