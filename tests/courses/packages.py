"""Course folders for tests: the whole example of docs/course-format.md, and ways to spoil it."""

import re
import subprocess
from pathlib import Path

import imageio_ffmpeg

PAGE = Path(__file__).parents[2] / "docs" / "course-format.md"
_FILE = re.compile(r"^`([\w./-]+)`\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def example_files() -> dict[str, str]:
    """The files that the page shows, by path."""
    found = dict(_FILE.findall(PAGE.read_text(encoding="utf-8")))
    assert "course.toml" in found
    assert len(found) == 7, sorted(found)
    return found


def make_video(path: Path, *, hue: int = 0) -> Path:
    """Two seconds of moving colours and a tone, 160x90; `hue` makes another file."""
    subprocess.run(
        [
            imageio_ffmpeg.get_ffmpeg_exe(), "-loglevel", "error", "-nostdin", "-y",
            "-f", "lavfi", "-i", f"testsrc=size=160x90:rate=10:duration=2,hue=h={hue}",
            "-f", "lavfi", "-i", "sine=frequency=300:duration=2",
            "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac",
            "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact", str(path),
        ],
        check=True,
    )
    return path


def write_example(folder: Path, video: Path, other: Path) -> Path:
    """The page's course as a folder, with its videos; returns the folder."""
    for path, text in example_files().items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    for path, source in (
        ("el-cuaderno/es.mp4", video), ("el-cuaderno/quz.mp4", other),
        ("la-ganancia/es.mp4", video),
    ):
        (folder / "lessons" / path).write_bytes(source.read_bytes())
    return folder


def change(folder: Path, path: str, old: str, new: str) -> None:
    """Replace `old`, which must be there once or more, in one of the folder's texts."""
    file = folder / path
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{path} has no {old!r}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*") if file.is_file()
    }
