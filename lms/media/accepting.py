"""Which uploads are accepted: an upload is hostile until proven (docs/decisions/0021).

Pure. `kind_of` names the one demuxer that may read a file, from its first bytes and a closed
list: a playlist, or a text that is named .mp4, is never opened by libav, because such files make
it read other files and addresses. `judge` holds what was measured against the limits.
"""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


def N_(text: str) -> str:  # noqa: N802  the name by which Babel finds strings translated elsewhere
    """Mark a string for translation where it is shown."""
    return text


class Why(StrEnum):
    """The reasons for refusing a file."""

    EMPTY = "empty"
    UNKNOWN = "unknown"
    PLAYLIST = "playlist"
    TOO_BIG = "too_big"
    BROKEN = "broken"
    TRUNCATED = "truncated"
    NOTHING = "nothing"
    CODEC = "codec"
    TOO_LONG = "too_long"
    TOO_SHORT = "too_short"
    TOO_WIDE = "too_wide"
    TOO_SMALL = "too_small"
    TOO_MANY_STREAMS = "too_many_streams"
    TOO_DEAR = "too_dear"


SENTENCES = {
    Why.EMPTY: N_("The file is empty."),
    Why.UNKNOWN: N_("This is not a video or sound file of a kind that can be used here."),
    Why.PLAYLIST: N_("This is a list that points to other files. Send the video itself."),
    Why.TOO_BIG: N_("The file has %(found)s MB; at most %(limit)s MB are taken."),
    Why.BROKEN: N_("The file cannot be read as a video: it is damaged or not whole."),
    Why.TRUNCATED: N_("The file is cut off: it promises %(limit)s s and ends after %(found)s s."),
    Why.NOTHING: N_("The file has neither a picture nor a sound."),
    Why.CODEC: N_("The file is written in a way (%(found)s) that cannot be used here."),
    Why.TOO_LONG: N_("The video lasts %(found)s minutes; at most %(limit)s are taken."),
    Why.TOO_SHORT: N_("The video lasts less than half a second."),
    Why.TOO_WIDE: N_("The picture has %(found)s points; at most %(limit)s are taken."),
    Why.TOO_SMALL: N_("The picture has only %(found)s points; at least %(limit)s are needed."),
    Why.TOO_MANY_STREAMS: N_("The file holds %(found)s streams; at most %(limit)s are taken."),
    Why.TOO_DEAR: N_("Reading the file took too much memory or time, so it was stopped."),
}


class Unacceptable(ValueError):
    """The file is refused; `str()` is an English sentence, `why` and `facts` let others say it."""

    def __init__(self, why: Why, found: object = "", limit: object = "") -> None:
        self.why = why
        self.facts = {"found": str(found), "limit": str(limit)}
        super().__init__(SENTENCES[why] % self.facts)


@dataclass(frozen=True)
class Limits:
    """How large an upload may be; what is dear to read is bounded in `probing` besides."""

    file_bytes: int = 4 * 1024**3
    duration_seconds: int = 4 * 3600
    longest_side: int = 4096
    pixels: int = 4096 * 2304
    shortest_side: int = 48
    streams: int = 12
    packets: int = 4_000_000

    def as_json(self) -> dict[str, int]:
        """For the child process that measures."""
        return asdict(self)


LIMITS = Limits()

# The decoders that an upload may set to work, by libav's names.
VIDEO_CODECS = frozenset({
    "h264", "hevc", "av1", "libdav1d", "vp8", "vp9", "libvpx", "libvpx-vp9", "mpeg4", "mpeg2video",
    "mpeg1video", "h263", "h263i", "mjpeg", "msmpeg4v2", "msmpeg4v3", "wmv1", "wmv2", "wmv3", "vc1",
    "theora", "prores", "flv1", "flv", "ffv1", "dvvideo", "qtrle",
})
AUDIO_CODECS = frozenset({
    "aac", "mp3", "mp3float", "mp2", "mp2float", "opus", "libopus", "vorbis", "flac", "alac", "ac3",
    "eac3", "amrnb", "amr_nb", "amrwb", "amr_wb", "wmav1", "wmav2", "wmapro", "pcm_s16le",
    "pcm_s16be", "pcm_s24le", "pcm_s24be", "pcm_s32le", "pcm_s32be", "pcm_f32le", "pcm_f64le",
    "pcm_u8", "pcm_s8", "pcm_alaw", "pcm_mulaw", "adpcm_ima_wav", "adpcm_ms", "adpcm_ima_qt", "gsm",
    "gsm_ms",
})

_ASF = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")
_MOV_BOXES = {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"}
_PLAYLISTS = (
    b"#extm3u", b"ffconcat", b"[playlist]", b"<asx", b"<smil", b"<mpd", b"v=0", b"[reference]",
    b"#extinf", b"rtsptext", b"<?wpl", b"<playlist",
)


def kind_of(head: bytes) -> str:
    """The demuxer for a file that begins with `head` (2 kB are enough); Unacceptable if none."""
    if not head:
        raise Unacceptable(Why.EMPTY)
    found = _container(head)
    if found:
        return found
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith(_PLAYLISTS) or (text.startswith(b"<?xml") and b"<mpd" in text):
        raise Unacceptable(Why.PLAYLIST)
    raise Unacceptable(Why.UNKNOWN)


def _container(head: bytes) -> str | None:
    if head[4:8] in _MOV_BOXES:
        return "mov"
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "matroska"
    if head.startswith(b"RIFF"):
        return {b"AVI ": "avi", b"WAVE": "wav"}.get(head[8:12])
    for magic, name in (
        (b"OggS", "ogg"), (b"fLaC", "flac"), (b"FLV\x01", "flv"), (_ASF, "asf"),
        (b"\x00\x00\x01\xba", "mpeg"), (b"#!AMR", "amr"), (b"ID3", "mp3"),
    ):
        if head.startswith(magic):
            return name
    if len(head) > 376 and head[0] == head[188] == head[376] == 0x47:
        return "mpegts"
    if len(head) > 580 and head[4] == head[196] == head[388] == head[580] == 0x47:
        return "mpegts"
    if head[0] == 0xFF and len(head) > 2 and head[1] & 0xE0 == 0xE0:
        layer = (head[1] >> 1) & 3
        return "aac" if layer == 0 else "mp3"
    return None


def judge(facts: dict[str, Any], limits: Limits = LIMITS) -> None:
    """Refuse what the child measured if it is beyond the limits; Unacceptable says why.

    `facts` holds `streams`, `duration` (promised) and `ended` (found), seconds; and for each of
    `picture` and `sound` None or its table with `codec`, `width`, `height`.
    """
    if facts["streams"] > limits.streams:
        raise Unacceptable(Why.TOO_MANY_STREAMS, facts["streams"], limits.streams)
    picture, sound = facts.get("picture"), facts.get("sound")
    if picture is None and sound is None:
        raise Unacceptable(Why.BROKEN if facts.get("error") else Why.NOTHING)
    if picture is not None:
        _judge_picture(picture, limits)
    if sound is not None and sound["codec"] not in AUDIO_CODECS:
        raise Unacceptable(Why.CODEC, sound["codec"])
    promised = float(facts.get("duration") or 0)
    ended = float(facts.get("ended") or 0)
    longest = max(promised, ended)
    if longest > limits.duration_seconds:
        raise Unacceptable(Why.TOO_LONG, round(longest / 60), limits.duration_seconds // 60)
    if facts.get("error"):
        raise Unacceptable(Why.BROKEN)
    if ended < promised - max(0.75, promised * 0.03):
        raise Unacceptable(Why.TRUNCATED, round(ended), round(promised))
    if ended < 0.5:
        raise Unacceptable(Why.TOO_SHORT)
    if picture is not None and not picture.get("is_decoded"):
        raise Unacceptable(Why.BROKEN)


def _judge_picture(picture: dict[str, Any], limits: Limits) -> None:
    width, height = picture["width"], picture["height"]
    size = f"{width}x{height}"
    if max(width, height) > limits.longest_side or width * height > limits.pixels:
        raise Unacceptable(Why.TOO_WIDE, size, f"{limits.longest_side}x2304")
    if min(width, height) < limits.shortest_side:
        raise Unacceptable(Why.TOO_SMALL, size, f"{limits.shortest_side}x{limits.shortest_side}")
    if picture["codec"] not in VIDEO_CODECS:
        raise Unacceptable(Why.CODEC, picture["codec"])
