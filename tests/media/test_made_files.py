"""The files that ffmpeg really makes: right picture, right sound, nothing of the original left."""

import re
import struct
import subprocess
from pathlib import Path
from typing import Any

import pytest

from lms.media.ffmpeg import executable
from lms.media.making import make_ladder
from lms.media.probing import probe
from tests.media.conftest import PICTURE, VOICE, Make
from tests.media.looking import first_light_and_sound, is_red, looked_at


@pytest.fixture(scope="module")
def made(lesson: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The ladder of the lesson: `folder`, and each object by its file's name."""
    folder = tmp_path_factory.mktemp("made") / "out"
    return {"folder": folder} | {each["file"]: each for each in make_ladder(lesson, folder)}


def test_every_rung_is_what_it_says(made: dict[str, Any]) -> None:
    names = {path.name for path in made["folder"].iterdir()}
    assert names == set(made) - {"folder"}
    assert len(names) == 6
    codecs = {"av1": "libdav1d", "h264": "h264", "opus": "opus", "aac": "aac", "mp3": "mp3float"}
    for name in names:
        said, seen = made[name], looked_at(made["folder"] / name)
        assert said["bytes"] == (made["folder"] / name).stat().st_size
        assert (seen.width, seen.height) == (said.get("width"), said.get("height"))
        assert seen.audio_codec == codecs[said["audio_codec"]]
        assert abs(seen.sound_seconds - 3) < 0.15
        if "video_codec" in said:
            assert seen.video_codec == codecs[said["video_codec"]]
            assert seen.fps == pytest.approx(said["fps"], rel=0.01)
            assert seen.seconds == pytest.approx(3, abs=0.1)
            assert seen.streams == ["video", "audio"]
        else:
            assert seen.streams == ["audio"]


def test_sizes_and_paces_are_those_of_the_table(made: dict[str, Any]) -> None:
    picture = {
        name: (each["width"], each["height"], each["fps"])
        for name, each in made.items()
        if name != "folder" and "width" in each
    }
    assert picture == {
        "low-new.webm": (480, 360, 12.5), "low-old.mp4": (320, 240, 12.5),
        "mid-new.webm": (480, 360, 25.0), "mid-old.mp4": (480, 360, 25.0),
    }


def test_where_the_camera_was_is_not_passed_on(lesson: Path, made: dict[str, Any]) -> None:
    assert b"-12.0464" in lesson.read_bytes()
    for path in made["folder"].iterdir():
        body = path.read_bytes()
        assert b"-12.0464" not in body
        assert b"Rosa" not in body
        kept = {key.lower() for key in looked_at(path).metadata}
        assert kept <= {"encoder", "duration", "language", "handler_name", "vendor_id",
                        "major_brand", "minor_version", "compatible_brands"}


def test_the_index_stands_in_front(made: dict[str, Any]) -> None:
    webm = (made["folder"] / "low-new.webm").read_bytes()
    cues, cluster = webm.find(b"\x1c\x53\xbb\x6b"), webm.find(b"\x1f\x43\xb6\x75")
    assert cues < cluster < 2000
    boxes = [name for name, _ in _boxes((made["folder"] / "low-old.mp4").read_bytes())]
    assert boxes[:4] == [b"ftyp", b"moov", b"sidx", b"sidx"]
    assert boxes[4:] == [b"moof", b"mdat"]


def test_old_phones_get_fragments_of_four_seconds(clips: Make, tmp_path: Path) -> None:
    longer = clips(
        "longer.mp4", "-f", "lavfi", "-i", "testsrc2=s=160x120:r=10", "-t", 13,
        "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p",
    )
    make_ladder(longer, tmp_path / "out")
    body = (tmp_path / "out" / "low-old.mp4").read_bytes()
    assert sum(name == b"moof" for name, _ in _boxes(body)) == 4


def test_the_same_original_gives_the_same_bytes(
    lesson: Path, made: dict[str, Any], tmp_path: Path
) -> None:
    for again in make_ladder(lesson, tmp_path / "again"):
        first = (made["folder"] / again["file"]).read_bytes()
        assert (tmp_path / "again" / again["file"]).read_bytes() == first, again["file"]


def test_every_rung_is_equally_loud(clips: Make, tmp_path: Path) -> None:
    """A quiet stereo voice and a loud one leave at -16 LUFS, mixed down before measuring."""
    for name, volume in (("quiet", "0.1"), ("loud", "0.9")):
        source = clips(
            f"{name}.wav", "-f", "lavfi", "-i",
            f"sine=f=400:r=44100,tremolo=f=4:d=0.5,volume={volume}", "-t", 8, "-ac", 2,
        )
        make_ladder(source, tmp_path / name)
        for file in (tmp_path / name).iterdir():
            assert _lufs(file) == pytest.approx(-16, abs=1.2), (name, file.name)


def test_a_hush_is_not_made_loud(clips: Make, tmp_path: Path) -> None:
    source = clips("hush.wav", "-f", "lavfi", "-i", "anullsrc=r=44100:cl=mono", "-t", 2)
    made = make_ladder(source, tmp_path / "out")
    assert [each["rung"] for each in made] == ["audio", "audio"]
    assert _lufs(tmp_path / "out" / "audio-new.webm") < -60


def test_a_silent_original_has_no_audio_stream(silent: Path, tmp_path: Path) -> None:
    made = make_ladder(silent, tmp_path / "out")
    assert {each["rung"] for each in made} == {"low", "mid"}
    for each in made:
        assert "audio_codec" not in each
        assert looked_at(tmp_path / "out" / each["file"]).streams == ["video"]


def test_a_sound_only_original_has_only_audio_rungs(sound_only: Path, tmp_path: Path) -> None:
    made = make_ladder(sound_only, tmp_path / "out")
    assert [(each["rung"], each["family"]) for each in made] == [("audio", "new"), ("audio", "old")]
    assert not {"width", "height", "fps", "video_codec"} & set().union(*made)


def test_a_cover_is_not_a_picture(clips: Make, tmp_path: Path) -> None:
    cover = clips("cover.png", "-f", "lavfi", "-i", "color=red:s=300x300", "-frames:v", 1)
    song = clips(
        "song.mp3", "-f", "lavfi", "-i", VOICE, "-i", cover, "-map", 0, "-map", 1, "-t", 2,
        "-c:v", "copy", "-disposition:v:0", "attached_pic",
    )
    assert {each["rung"] for each in make_ladder(song, tmp_path / "out")} == {"audio"}


def test_a_phone_held_upright_stays_upright(clips: Make, tmp_path: Path) -> None:
    """Stored lying with a note "turn me": red at the stored top is red at one side once turned."""
    lying = clips(
        "lying.mp4", "-f", "lavfi", "-i", "color=red:s=640x180:r=10",
        "-f", "lavfi", "-i", "color=blue:s=640x180:r=10", "-filter_complex", "vstack", "-t", 1,
        "-c:v", "libx264", "-pix_fmt", "yuv420p",
    )
    held = clips("held.mp4", "-display_rotation", 90, "-i", lying, "-c", "copy")
    found = probe(held)
    assert (found.width, found.height) == (360, 640)
    for each in make_ladder(held, tmp_path / "out"):
        path = tmp_path / "out" / each["file"]
        assert each["width"] < each["height"]
        seen = looked_at(path)
        assert (seen.width, seen.height) == (each["width"], each["height"])
        # Turned a quarter against the clock, the upper edge becomes the left one.
        assert is_red(path, left=True)
        assert not is_red(path, left=False)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("old.flv", ["-c:v", "flv", "-c:a", "mp3", "-ar", 44100]),
        ("windows.wmv", ["-c:v", "wmv2", "-c:a", "wmav2"]),
        ("camera.avi", ["-c:v", "mjpeg", "-c:a", "pcm_s16le"]),
        ("disc.mpg", ["-c:v", "mpeg1video", "-c:a", "mp2"]),
        ("broadcast.ts", ["-c:v", "mpeg2video", "-c:a", "mp2"]),
        ("web.webm", ["-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libvorbis"]),
        ("phone.3gp", ["-c:v", "mpeg4", "-c:a", "aac"]),
        ("message.amr", ["-vn", "-c:a", "libopencore_amrnb", "-ar", 8000, "-ac", 1]),
        ("message.opus", ["-vn", "-c:a", "libopus"]),
        ("radio.mp3", ["-vn"]),
    ],
)
def test_what_people_really_have_is_taken(
    name: str, arguments: list[object], clips: Make, lesson: Path
) -> None:
    found = probe(clips(name, "-i", lesson, *arguments))
    assert found.duration_seconds == pytest.approx(3, abs=0.15)
    assert found.sound_index is not None
    assert (found.width, found.height) == ((None, None) if "-vn" in arguments else (640, 480))


def test_points_that_are_not_square_are_made_so(clips: Make) -> None:
    wide = clips(
        "anamorphic.mp4", "-f", "lavfi", "-i", "testsrc2=s=360x288:r=10", "-t", 1,
        "-vf", "setsar=16/11", "-c:v", "libx264", "-pix_fmt", "yuv420p",
    )
    found = probe(wide)
    assert (found.width, found.height) == (524, 288)


def test_an_uneven_pace_becomes_even_and_keeps_its_time(clips: Make, tmp_path: Path) -> None:
    uneven = clips(
        "uneven.mp4", "-f", "lavfi", "-i", "testsrc2=s=320x240:r=30", "-f", "lavfi", "-i", VOICE,
        "-t", 4, "-vf", r"select='lt(t\,1)+not(mod(n\,4))'", "-fps_mode", "vfr",
        "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac",
    )
    assert probe(uneven).is_variable
    for each in make_ladder(uneven, tmp_path / "out"):
        seen = looked_at(tmp_path / "out" / each["file"])
        if each["rung"] != "audio":
            assert seen.fps == pytest.approx(each["fps"], rel=0.01)
            assert seen.seconds == pytest.approx(4, abs=0.25)


def test_a_sound_that_begins_late_still_meets_the_picture(clips: Make, tmp_path: Path) -> None:
    late = clips(
        "late.mkv", "-f", "lavfi", "-i", PICTURE, "-itsoffset", 1, "-f", "lavfi", "-i", VOICE,
        "-t", 3, "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "flac",
    )
    make_ladder(late, tmp_path / "out")
    seen = looked_at(tmp_path / "out" / "low-new.webm")
    assert seen.sound_seconds == pytest.approx(3, abs=0.2)


def test_the_beep_comes_with_the_flash(clips: Make, tmp_path: Path) -> None:
    """In both families picture and sound meet within a twentieth of a second, at a low pace too."""
    flash = clips(
        "flash.mkv", "-f", "lavfi", "-i", "color=black:s=320x240:r=10", "-f", "lavfi", "-i",
        "sine=f=800:r=48000", "-t", 4, "-vf", "drawbox=c=white:t=fill:enable='gte(t,2)'",
        "-af", "volume='if(gte(t,2),0.5,0)':eval=frame", "-c:v", "ffv1", "-c:a", "flac",
    )
    for each in make_ladder(flash, tmp_path / "out"):
        if each["rung"] != "audio":
            picture, sound = first_light_and_sound(tmp_path / "out" / each["file"])
            assert sound == pytest.approx(picture, abs=0.05), each["file"]
            assert picture == pytest.approx(2, abs=0.25)


def test_a_bright_phone_picture_is_toned_down(clips: Make, tmp_path: Path) -> None:
    hdr = clips(
        "hdr.mkv", "-f", "lavfi", "-i", "testsrc2=s=320x240:r=10", "-t", 1, "-vf",
        "format=yuv420p10le,setparams=color_primaries=bt2020:color_trc=arib-std-b67:"
        "colorspace=bt2020nc:range=tv",
        "-c:v", "libx265", "-x265-params", "log-level=none",
    )
    assert probe(hdr).is_hdr
    made = make_ladder(hdr, tmp_path / "out")
    assert looked_at(tmp_path / "out" / made[0]["file"]).pictures == 10


def test_noise_keeps_to_the_cap(clips: Make, tmp_path: Path) -> None:
    """What cannot be compressed must not cost more than the alarm of the table."""
    noise = clips(
        "noise.mkv", "-f", "lavfi", "-i", "testsrc2=s=640x360:r=30", "-t", 10,
        "-vf", "noise=alls=60:allf=t", "-c:v", "libx264", "-preset", "ultrafast", "-crf", 20,
    )
    made = {each["file"]: each for each in make_ladder(noise, tmp_path / "out")}
    alarms = {"low-new.webm": 93, "low-old.mp4": 147, "mid-new.webm": 200, "mid-old.mp4": 387}
    found = {name: each["kbps"] for name, each in made.items()}
    assert all(found[name] <= 1.1 * alarm for name, alarm in alarms.items()), found


def _boxes(body: bytes) -> list[tuple[bytes, int]]:
    found, at = [], 0
    while at < len(body):
        size, name = struct.unpack(">I4s", body[at : at + 8])
        found.append((name, size))
        at += size
    return found


def _lufs(path: Path) -> float:
    said = subprocess.run(
        [executable(), "-nostdin", "-hide_banner", "-i", str(path), "-af", "ebur128",
         "-f", "null", "-"],
        capture_output=True, check=True, text=True,
    ).stderr
    return float(re.findall(r"I:\s+(-?[\d.]+|-inf) LUFS", said)[-1])
