"""Opening what somebody wants checked or imported: a folder or a ZIP becomes a checked package."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from lms.core.i18n import _, default_language, languages
from lms.core.ids import new_uuid
from lms.core.storage import storage
from lms.courses.checking import Known, check
from lms.courses.finding import in_words
from lms.courses.package import Package
from lms.courses.problem import Report
from lms.courses.reading import read_folder
from lms.courses.source import CourseSource
from lms.courses.unpacking import unpack
from lms.media.accepting import Unacceptable
from lms.media.probing import probe


@contextmanager
def opened(place: Path, report: Report) -> Iterator[Package | None]:
    """The package at `place`; a ZIP is unpacked aside and removed at the block's end.

    None when there is nothing to go on with; why is in the report.
    """
    if place.is_dir():
        yield read_folder(place, report)
        return
    if not place.is_file():
        report.add(str(place), _("There is no such folder or ZIP."), _("Correct its name."))
        yield None
        return
    aside = storage().temporary(f"unpack-{new_uuid().hex}")
    try:
        target = aside / place.stem
        target.mkdir()
        folder = unpack(place, target, report)
        yield read_folder(folder, report) if folder else None
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def check_here(package: Package, report: Report) -> CourseSource | None:
    """Check a package against the languages of this installation."""
    return check(package, Known(languages(), default_language()), report)


def check_place(place: Path) -> Report:
    """Every problem of a course, or of each course in a folder of courses; videos are measured."""
    report = Report()
    inside = _courses_in(place)
    if not inside:
        _check_one(place, "", report)
        return report
    seen: dict[str, str] = {}
    for folder in inside:
        course = _check_one(folder, f"{folder.name}/", report)
        for field, name in (("slug", course.slug), ("id", str(course.uuid))) if course else ():
            if name and seen.setdefault(name, folder.name) != folder.name:
                report.add(
                    f"{folder.name}/course.toml",
                    _("%(other)s has the same: %(name)s.", other=seen[name], name=name),
                    _("Give each course its own."), at=field,
                )
    return report


def _courses_in(place: Path) -> list[Path]:
    if not place.is_dir() or (place / "course.toml").exists():
        return []
    return sorted(below.parent for below in place.glob("*/course.toml"))


def _check_one(place: Path, prefix: str, report: Report) -> CourseSource | None:
    own = Report()
    with opened(place, own) as package:
        course = check_here(package, own) if package else None
        if package and course:
            _measure(package, course, own)
    report.include(replace(one, file=prefix + one.file) for one in own.found)
    return course


def _measure(package: Package, course: CourseSource, report: Report) -> None:
    """Probe each video that is not yet known to be wrong."""
    lessons = [lesson for module in course.modules for lesson in module.lessons]
    paths = {path for lesson in lessons for path in lesson.videos.values()}
    for path in sorted(paths - {problem.file for problem in report.problems()}):
        try:
            probe(package.files[path].real)
        except Unacceptable as error:
            report.add(path, in_words(error), _("Send another file."))
