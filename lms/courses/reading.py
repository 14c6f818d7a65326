"""Reading a course's folder from the disk into a package, without following any link."""

import os
import stat
from pathlib import Path

from lms.core.i18n import _
from lms.courses.package import (
    LARGEST_FILE_BYTES,
    LARGEST_PACKAGE_BYTES,
    MOST_FILES,
    Package,
    SourceFile,
    is_litter,
    odd_name,
    report_clashes,
)
from lms.courses.problem import Report

_DEEPEST = 8


def read_folder(folder: Path, report: Report) -> Package:
    """All regular files below `folder`; what is anything else is reported and left out.

    Raises NotADirectoryError when it is not a folder.
    """
    if not folder.is_dir():
        raise NotADirectoryError(folder)
    files: dict[str, SourceFile] = {}
    _walk(folder, "", 0, files, report)
    if len(files) > MOST_FILES:
        report.add(
            ".", _("There are more than %(most)s files.", most=MOST_FILES),
            _("Leave out what no lesson uses."),
        )
    if sum(file.size_bytes for file in files.values()) > LARGEST_PACKAGE_BYTES:
        report.add(
            ".", _("The course is larger than %(most)s GB.", most=LARGEST_PACKAGE_BYTES // 10**9),
            _("Make the videos smaller, or two courses."),
        )
    report_clashes(files, report)
    return Package(folder.resolve().name, folder, files)


def _walk(
    folder: Path, prefix: str, depth: int, files: dict[str, SourceFile], report: Report
) -> None:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda one: one.name):
            if len(files) > MOST_FILES:
                return
            if is_litter(entry.name):
                continue
            path = prefix + entry.name
            if why := odd_name(path):
                report.add(path, why, _("Rename it."))
                continue
            status = entry.stat(follow_symlinks=False)
            if stat.S_ISLNK(status.st_mode):
                report.add(path, _("It is a link."), _("Put the file itself in its place."))
            elif stat.S_ISDIR(status.st_mode):
                if depth == _DEEPEST:
                    report.add(
                        path, _("The folders are nested too deeply."),
                        _("Use at most %(most)s levels.", most=_DEEPEST),
                    )
                else:
                    _walk(Path(entry.path), f"{path}/", depth + 1, files, report)
            elif not stat.S_ISREG(status.st_mode):
                report.add(path, _("It is not an ordinary file."), _("Remove it."))
            elif status.st_size > LARGEST_FILE_BYTES:
                report.add(
                    path, _("The file has 4 GiB or more."), _("Make it smaller: no stick takes it.")
                )
            else:
                files[path] = SourceFile(path, Path(entry.path), status.st_size)
