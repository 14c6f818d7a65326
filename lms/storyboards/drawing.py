"""Drawings to pictures: SVG files to PNG files, by a child process with limits."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from lms.storyboards import draw_child
from lms.storyboards.checking import problem_of_drawing

GROUND = "#FBF5EA"  # wool: what shows where a drawing is transparent
LIMIT_SECONDS = 90


class DrawingError(Exception):
    """A drawing is refused or cannot be drawn; the message names the file and the reason."""


def draw(drawings: Sequence[tuple[Path, Path]], width: int, height: int) -> None:
    """Draw each (SVG, PNG) at `width` x `height` pixels. Raises DrawingError, also for what
    `problem_of_drawing` refuses: nothing unchecked reaches the renderer."""
    for svg, _png in drawings:
        problem = problem_of_drawing(svg)
        if problem is not None:
            raise DrawingError(f"{svg.name}: {problem}")
    order = {
        "width": width, "height": height, "ground": GROUND,
        "drawings": [{"svg": str(svg), "png": str(png)} for svg, png in drawings],
    }
    try:
        done = subprocess.run(
            ["setpriv", "--pdeathsig", "KILL", "--", sys.executable, "-m", draw_child.__name__],  # noqa: S607 - found on the path: util-linux puts it in different places
            input=json.dumps(order).encode(), capture_output=True, timeout=LIMIT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise DrawingError(f"drawing took more than {LIMIT_SECONDS} seconds") from error
    if done.returncode != 0:
        last_words = done.stderr.decode(errors="replace").strip()[-300:]
        raise DrawingError(f"drawing ended with code {done.returncode}: {last_words}")
