"""A storyboard becomes a film that any browser plays, the same bytes each time."""

import subprocess
from pathlib import Path

import av
import pytest

from lms.storyboards import rendering
from lms.storyboards.rendering import Rendered, RenderingError, captions_of, render
from lms.storyboards.scenes import Storyboard, read_storyboard
from lms.voices.synthesising import NoVoiceError

from .boards import SCENES, board_in


@pytest.fixture
def board(tmp_path: Path) -> Storyboard:
    return read_storyboard(board_in(tmp_path), ["es", "quz"])


@pytest.fixture
def film(board: Storyboard, tmp_path: Path) -> tuple[Rendered, Path]:
    return render(board, tmp_path, "es", tmp_path / "film.mp4"), tmp_path / "film.mp4"


def test_the_film_is_as_long_as_its_scenes(film: tuple[Rendered, Path]) -> None:
    rendered, path = film
    with av.open(str(path)) as video:
        picture, sound = video.streams.video[0], video.streams.audio[0]
        assert (picture.codec_context.width, picture.codec_context.height) == (640, 360)
        assert picture.average_rate == 12
        assert (picture.codec_context.name, sound.codec_context.name) == ("h264", "aac")
        assert sound.codec_context.layout.name == "mono"
        assert picture.frames == round(rendered.duration_seconds * 12)
        assert abs(video.duration / 1e6 - rendered.duration_seconds) < 0.15
    first, second = rendered.scene_starts
    assert first == 0
    assert 3 < second < rendered.duration_seconds - 1.5


def test_each_scene_begins_with_a_picture_that_can_be_sought(
    film: tuple[Rendered, Path]
) -> None:
    rendered, path = film
    with av.open(str(path)) as video:
        keys = [
            float(packet.pts * packet.time_base) for packet in video.demux(video=0)
            if packet.is_keyframe and packet.pts is not None
        ]
    for start in rendered.scene_starts:
        assert any(abs(key - start) < 1 / 24 for key in keys)


def test_the_index_comes_first_and_nothing_tells_who_made_it(film: tuple[Rendered, Path]) -> None:
    _rendered, path = film
    source = path.read_bytes()
    assert source.index(b"moov") < source.index(b"mdat")
    assert b"Lavf" not in source
    assert str(path.parent).encode() not in source


def test_the_same_storyboard_is_the_same_bytes_in_another_folder(
    film: tuple[Rendered, Path], tmp_path: Path
) -> None:
    other = tmp_path / "elsewhere"
    other.mkdir()
    again = read_storyboard(board_in(other), ["es", "quz"])
    assert render(again, other, "es", other / "film.mp4") == film[0]
    assert (other / "film.mp4").read_bytes() == film[1].read_bytes()


def test_captions_lie_inside_their_scenes(film: tuple[Rendered, Path]) -> None:
    rendered, _path = film
    assert [line.words for line in rendered.lines] == [
        "Rosa teje.", "Sus mantas son lindas.", "Primero llame.",
    ]
    second = rendered.scene_starts[1]
    assert rendered.lines[1].ends < second < rendered.lines[2].begins
    assert rendered.lines[2].ends < rendered.duration_seconds
    assert captions_of(rendered).startswith("WEBVTT\n\n00:00:00.700 --> ")


def test_a_pause_is_kept(board: Storyboard, film: tuple[Rendered, Path]) -> None:
    rendered, _path = film
    assert rendered.duration_seconds - rendered.lines[-1].ends >= board.scenes[1].pause_seconds


def test_each_language_has_its_own_film(
    board: Storyboard, film: tuple[Rendered, Path], tmp_path: Path
) -> None:
    quechua = render(board, tmp_path, "quz", tmp_path / "quz.mp4")
    assert [line.words for line in quechua.lines] == ["Rosaqa awan.", "Ñawpaqta waqyay."]
    assert quechua.duration_seconds < film[0].duration_seconds


def test_a_language_without_a_voice_is_said_and_nothing_is_left(tmp_path: Path) -> None:
    source = SCENES.replace("say.quz", "say.ay")
    board = read_storyboard(board_in(tmp_path, source), ["es", "ay"])
    before = sorted(tmp_path.iterdir())
    with pytest.raises(NoVoiceError, match="ay"):
        render(board, tmp_path, "ay", tmp_path / "film.mp4")
    assert sorted(tmp_path.iterdir()) == before


def test_an_encoder_that_fails_says_so_and_nothing_is_left(
    board: Storyboard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rendering.imageio_ffmpeg, "get_ffmpeg_exe", lambda: "/bin/false")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(RenderingError, match="code 1"):
        render(board, tmp_path, "es", tmp_path / "film.mp4")
    assert sorted(tmp_path.iterdir()) == before


def test_an_encoder_that_never_ends_is_stopped(
    board: Storyboard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tmp_path / "slow"
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setattr(rendering.imageio_ffmpeg, "get_ffmpeg_exe", lambda: str(slow))
    monkeypatch.setattr(rendering, "LIMIT_SECONDS", 0.3)
    with pytest.raises(RenderingError, match="more than"):
        render(board, tmp_path, "es", tmp_path / "film.mp4")
    left = subprocess.run(["pgrep", "-f", str(slow)], capture_output=True, check=False)  # noqa: S607 - the system's own
    assert left.stdout == b""
