"""Taking a ZIP apart into an empty folder, as if its maker meant us harm."""

import stat
import struct
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from lms.core.i18n import _
from lms.courses.package import LARGEST_FILE_BYTES, MOST_FILES, is_litter, odd_name, report_clashes
from lms.courses.problem import Report

LARGEST_UNPACKED_BYTES = 8 * 10**9
MOST_TIMES_LARGER = 200  # text packs to a tenth, drawings to a twentieth; a bomb to a thousandth
_SMALL_BYTES = 10 * 10**6  # below this nobody is hurt, however well it packed
_LARGEST_LIST_BYTES = 4 * 10**6
_PIECE = 1 << 20


def unpack(archive: Path, target: Path, report: Report) -> Path | None:
    """Write the files of `archive` below `target`; the folder that holds course.toml, or None.

    What is wrong is reported with the entry's name, and then nothing is written.
    """
    try:
        if (why := _endless_list(archive)) is not None:
            report.add(archive.name, why, _("Leave out what no lesson uses."))
            return None
        with zipfile.ZipFile(archive) as opened:
            entries = _entries(opened, archive, report)
            if report.problems():
                return None
            for entry in entries:
                _write(opened, entry, target / entry.filename)
    except (
        zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError,
        UnicodeDecodeError, ValueError, struct.error,
    ) as error:
        report.add(
            archive.name, _("The ZIP cannot be read: %(why)s.", why=error), _("Make it again.")
        )
        return None
    return _top(target)


def _endless_list(archive: Path) -> str | None:
    """Look at the list's own size before `zipfile` reads all of it into memory."""
    with archive.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - 65_557))
        tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        return None  # zipfile says that it is none
    count, length = struct.unpack_from("<HI", tail, at + 10)
    at_64 = tail.rfind(b"PK\x06\x06", 0, at)
    if at_64 >= 0 and len(tail) >= at_64 + 56:
        count, length = struct.unpack_from("<QQ", tail, at_64 + 32)
    # Folders are entries too, so there may be somewhat more of them than files.
    if count > 2 * MOST_FILES or length > _LARGEST_LIST_BYTES:
        return _("There are more than %(most)s files.", most=MOST_FILES)
    return None


def _entries(
    opened: zipfile.ZipFile, archive: Path, report: Report
) -> list[zipfile.ZipInfo]:
    listed = opened.infolist()
    taken: dict[str, zipfile.ZipInfo] = {}
    for entry in listed:
        name = entry.orig_filename  # `filename` is cut at a zero byte and mended: we want neither
        if any(is_litter(part) for part in name.split("/")):
            continue
        if why := odd_name(name.removesuffix("/")):
            report.add(name, why, _("Rename it."))
        elif entry.flag_bits & 0x1:
            report.add(name, _("It is locked by a password."), _("Make the ZIP without one."))
        elif _is_link(entry):
            report.add(name, _("It is a link."), _("Put the file itself in its place."))
        elif entry.is_dir():
            continue
        elif name in taken:
            report.add(name, _("The ZIP holds it twice."), _("Make the ZIP again."))
        elif entry.file_size > LARGEST_FILE_BYTES:
            report.add(
                name, _("The file has 4 GiB or more."), _("Make it smaller: no stick takes it.")
            )
        elif _is_bomb(entry.file_size, entry.compress_size):
            report.add(
                name, _("It grows more than %(times)s times.", times=MOST_TIMES_LARGER),
                _("Make the ZIP again, without packing it."),
            )
        else:
            taken[name] = entry
    total = sum(entry.file_size for entry in taken.values())
    if total > LARGEST_UNPACKED_BYTES or _is_bomb(total, archive.stat().st_size):
        report.add(
            archive.name,
            _("Unpacked, it is larger than %(most)s GB or far larger than it says.",
              most=LARGEST_UNPACKED_BYTES // 10**9),
            _("Import the folder instead."),
        )
    if len(taken) > MOST_FILES:
        report.add(
            archive.name, _("There are more than %(most)s files.", most=MOST_FILES),
            _("Leave out what no lesson uses."),
        )
    _report_shadows(taken, report)
    report_clashes(taken, report)
    return list(taken.values())


def _report_shadows(taken: dict[str, zipfile.ZipInfo], report: Report) -> None:
    folders = {str(above) for name in taken for above in PurePosixPath(name).parents}
    for name in sorted(folders & taken.keys()):
        report.add(name, _("It is a file and a folder at once."), _("Make the ZIP again."))


def _is_link(entry: zipfile.ZipInfo) -> bool:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    return kind not in (0, stat.S_IFREG, stat.S_IFDIR)


def _is_bomb(unpacked: int, packed: int) -> bool:
    return unpacked > _SMALL_BYTES and unpacked > MOST_TIMES_LARGER * max(packed, 1)


def _write(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    left = entry.file_size
    with opened.open(entry) as source, path.open("xb") as target:
        while piece := source.read(_PIECE):
            left -= len(piece)
            if left < 0:
                raise zipfile.BadZipFile("an entry is longer than it says")
            target.write(piece)


def _top(target: Path) -> Path:
    """The folder itself, or the one folder that everything lies in."""
    inside = list(target.iterdir())
    if not (target / "course.toml").exists() and len(inside) == 1 and inside[0].is_dir():
        return inside[0]
    return target
