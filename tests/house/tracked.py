"""The files that git tracks, or would: what the house's rules look at."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def tracked_files() -> tuple[Path, ...]:
    """Every file of the project that is not ignored, as an absolute path, sorted."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],  # noqa: S607 - git is where PATH says
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    paths = (ROOT / name for name in sorted(set(listed.split("\0"))) if name)
    return tuple(path for path in paths if path.is_file())


def files_named(*endings: str, below: str = "") -> list[Path]:
    """The tracked files with one of these endings below a folder, such as `lms/static`."""
    folder = ROOT / below
    return [p for p in tracked_files() if p.suffix in endings and p.is_relative_to(folder)]


def short(path: Path) -> str:
    """A path as the reader knows it."""
    return str(path.relative_to(ROOT))
