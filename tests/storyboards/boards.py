"""Small storyboards for the tests: a drawing, and the text of a storyboard.toml."""

from pathlib import Path

CIRCLE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 360">'
    '<circle cx="320" cy="180" r="90" fill="#9E1B34"/></svg>'
)
SCENES = """\
format = 1

[[scenes]]
key = "una"
picture = "una.svg"
say.es = "Rosa teje. Sus mantas son lindas."
say.quz = "Rosaqa awan."

[[scenes]]
key = "dos"
picture = "una.svg"
say.es = "Primero llame."
say.quz = "Ñawpaqta waqyay."
pause_seconds = 1.5
"""


def board_in(folder: Path, source: str = SCENES, drawing: str = CIRCLE) -> Path:
    """Write a storyboard and its drawing; the storyboard's path."""
    (folder / "una.svg").write_text(drawing, encoding="utf-8")
    (folder / "storyboard.toml").write_text(source, encoding="utf-8")
    return folder / "storyboard.toml"
