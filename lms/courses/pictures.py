"""Whether a file is the picture its name says, and how large: read from its own bytes (pure)."""

import struct
import zlib

from lms.core.i18n import _
from lms.storyboards.checking import problem_of_svg

ENDINGS = ("svg", "png", "jpg", "jpeg", "webp")
LARGEST_BYTES = 2 * 10**6
LARGEST_SVG_BYTES = 200_000
LARGEST_SIDE = 4096


class NoPictureError(ValueError):
    """The file cannot be shown; the message says why in a sentence."""


def check_picture(source: bytes, ending: str) -> tuple[int, int]:
    """Width and height in pixels (0, 0 for SVG); raises NoPictureError.

    `ending` is the file's lower-case ending; a PNG named .jpg is refused, because browsers that
    trust the name show nothing.
    """
    readers = {"svg": _svg, "png": _png, "jpg": _jpeg, "jpeg": _jpeg, "webp": _webp}
    if ending not in readers:
        raise NoPictureError(_("A picture must be SVG, PNG, JPEG or WebP."))
    try:
        width, height = readers[ending](source)
    except (struct.error, IndexError, zlib.error) as error:
        raise NoPictureError(_("The picture is cut off or damaged.")) from error
    if max(width, height) > LARGEST_SIDE:
        raise NoPictureError(
            _("The picture has %(width)s x %(height)s pixels.", width=width, height=height)
        )
    if ending != "svg" and min(width, height) < 1:
        raise NoPictureError(_("The picture is cut off or damaged."))
    return width, height


def _svg(source: bytes) -> tuple[int, int]:
    # A browser follows a style sheet that stands in front of the root; the parser drops it unseen.
    if b"<?" in source.removeprefix(b"\xef\xbb\xbf").removeprefix(b"<?xml "):
        raise NoPictureError(_("The drawing points to a style sheet or program."))
    if (why := problem_of_svg(source)) is not None:
        raise NoPictureError(_("This drawing cannot be used: %(why)s.", why=why))
    return 0, 0


def _png(source: bytes) -> tuple[int, int]:
    if not source.startswith(b"\x89PNG\r\n\x1a\n"):
        raise NoPictureError(_("This is no PNG picture."))
    at, size, has_data = 8, None, False
    while True:
        length, kind = struct.unpack_from(">I4s", source, at)
        body = source[at + 8 : at + 8 + length]
        (check,) = struct.unpack_from(">I", source, at + 8 + length)
        if zlib.crc32(kind + body) != check or (size is None) != (kind == b"IHDR"):
            raise NoPictureError(_("The picture is cut off or damaged."))
        if kind == b"IHDR":
            size = struct.unpack_from(">II", body)
        has_data = has_data or kind == b"IDAT"
        at += 12 + length
        if kind == b"IEND":
            break
    if size is None or not has_data:
        raise NoPictureError(_("The picture is cut off or damaged."))
    return int(size[0]), int(size[1])


def _jpeg(source: bytes) -> tuple[int, int]:
    if not source.startswith(b"\xff\xd8\xff"):
        raise NoPictureError(_("This is no JPEG picture."))
    at, size = 2, None
    while True:
        if source[at] != 0xFF:
            raise NoPictureError(_("The picture is cut off or damaged."))
        marker = source[at + 1]
        if marker == 0xFF:  # padding
            at += 1
            continue
        if marker == 0xDA:  # from here on it is the picture itself
            break
        (length,) = struct.unpack_from(">H", source, at + 2)
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", source, at + 5)
            size = width, height
        at += 2 + length
    if size is None or source.rfind(b"\xff\xd9") < at:
        raise NoPictureError(_("The picture is cut off or damaged."))
    return size


def _webp(source: bytes) -> tuple[int, int]:
    if source[:4] != b"RIFF" or source[8:12] != b"WEBP":
        raise NoPictureError(_("This is no WebP picture."))
    (length,) = struct.unpack_from("<I", source, 4)
    if length + 8 > len(source):
        raise NoPictureError(_("The picture is cut off or damaged."))
    kind, body = source[12:16], source[20:]
    if kind == b"VP8X":
        packed = body[4:10]
        return (
            int.from_bytes(packed[0:3], "little") + 1, int.from_bytes(packed[3:6], "little") + 1
        )
    if kind == b"VP8L" and body[0] == 0x2F:
        (bits,) = struct.unpack_from("<I", body, 1)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 " and body[3:6] == b"\x9d\x01\x2a":
        width, height = struct.unpack_from("<HH", body, 6)
        return width & 0x3FFF, height & 0x3FFF
    raise NoPictureError(_("The picture is cut off or damaged."))
