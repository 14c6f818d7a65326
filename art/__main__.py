"""`python -m art`: write every drawing of the sample courses; refuse one that is too heavy."""

import sys
from pathlib import Path

from art import conducir_1, conducir_2, tic_1, tic_2

HEAVIEST_BYTES = 7_000
COURSES = Path(__file__).resolve().parents[1] / "courses"


def main() -> int:
    """Write the drawings that changed; 1 if one is too heavy."""
    too_heavy = 0
    for part in (tic_1, tic_2, conducir_1, conducir_2):
        for name, draw in part.DRAWINGS.items():
            file = COURSES / part.FOLDER / name
            text = draw().svg()
            if len(text.encode()) > HEAVIEST_BYTES:
                too_heavy += 1
                sys.stderr.write(f"{file}: {len(text.encode())} bytes\n")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    return 1 if too_heavy else 0


if __name__ == "__main__":
    sys.exit(main())
