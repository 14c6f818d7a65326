"""The program that draws: `python -m lms.storyboards.draw_child < order.json`.

The order is `{"width", "height", "drawings": [{"svg", "png"}]}`; every drawing fills the picture
and is laid on `ground`. It runs alone, with limits on memory and time, because a drawing comes
from outside. Exit code 2 and a line on standard error: a drawing could not be drawn.
"""

import json
import resource
import sys
from pathlib import Path

import resvg_py

MEMORY_BYTES = 1_500_000_000
CPU_SECONDS = 60


def main() -> int:
    """Draw the order on standard input."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    order = json.load(sys.stdin)
    for drawing in order["drawings"]:
        try:
            picture = resvg_py.svg_to_bytes(
                svg_string=Path(drawing["svg"]).read_text(encoding="utf-8"),
                width=order["width"], height=order["height"], background=order["ground"],
                skip_system_fonts=True,
            )
        except ValueError as error:
            sys.stderr.write(f"{drawing['svg']}: {error}\n")
            return 2
        Path(drawing["png"]).write_bytes(picture)
    return 0


if __name__ == "__main__":
    sys.exit(main())
