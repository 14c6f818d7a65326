"""`lms courses ...`: check, import, export and list courses."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from lms.core.db import db, reading_only
from lms.core.i18n import _, in_language, ngettext
from lms.courses import queries
from lms.courses.exporting import ExportRefusedError, export
from lms.courses.importing import NoSuchUnitError, import_course
from lms.courses.models import Course
from lms.courses.opening import check_place
from lms.courses.problem import PackageRefusedError, Problem
from lms.courses.storing import ChangedMeanwhileError

PLACE = click.Path(path_type=Path)


@click.group()
def courses() -> None:
    """Check, import and export courses (docs/course-format.md)."""


@courses.command("check")
@click.argument("place", type=PLACE)
@with_appcontext
def check_command(place: Path) -> None:
    """Print every problem of the course in PLACE (a folder, a ZIP, or a folder of courses)."""
    with reading_only():
        report = check_place(place)
    _say(report.problems() + report.advice())
    count = len(report.problems())
    if count:
        click.echo(ngettext("%(count)s problem.", "%(count)s problems.", count))
        sys.exit(1)
    click.echo(_("No problem: it can be imported."))


@courses.command("import")
@click.argument("place", type=PLACE)
@click.option("--unit", help="Slug of the unit that owns the course.")
@with_appcontext
def import_command(place: Path, unit: str | None) -> None:
    """Publish the course in PLACE (a folder or a ZIP), all of it or nothing."""
    try:
        done = import_course(place, unit=unit)
    except PackageRefusedError as error:
        _say(error.problems)
        _stop(_("Nothing was imported."))
    except NoSuchUnitError:
        _stop(_("There is no unit %(slug)s. Nothing was imported.", slug=unit))
    except ChangedMeanwhileError as error:
        _stop(_("%(file)s changed meanwhile. Nothing was imported: try again.", file=error))
    _say(done.advice)
    if done.is_new:
        click.echo(_("%(slug)s: version %(number)s.", slug=done.slug, number=done.number))
    elif done.is_latest:
        click.echo(
            _("%(slug)s: version %(number)s is this very content; nothing changed.",
              slug=done.slug, number=done.number)
        )
    else:
        click.echo(
            _("%(slug)s: this content is the older version %(number)s; nothing changed.",
              slug=done.slug, number=done.number)
        )


@courses.command("export")
@click.argument("slug")
@click.option("--out", type=PLACE, required=True, help="A new folder, or a new file named .zip.")
@click.option("--version", "number", type=int, help="Its number; without it the latest.")
@with_appcontext
def export_command(slug: str, out: Path, number: int | None) -> None:
    """Write the files of the course SLUG as they were imported."""
    with reading_only():
        course = db.session.scalar(select(Course).where(Course.slug == slug))
        if course is None:
            _stop(_("There is no course %(slug)s.", slug=slug))
        version = (
            queries.version_by_number(course, number) if number else queries.latest_version(course)
        )
        if version is None:
            _stop(_("%(slug)s has no version %(number)s.", slug=slug, number=number))
        try:
            count = export(version, out)
        except (ExportRefusedError, OSError) as error:
            _stop(str(error))
        click.echo(
            _("%(slug)s, version %(number)s: %(count)s files in %(place)s.",
              slug=slug, number=version.number, count=count, place=out)
        )


@courses.command("list")
@with_appcontext
def list_command() -> None:
    """Print each course with its latest version, owner and title."""
    with reading_only():
        for course in db.session.scalars(select(Course).order_by(Course.slug)):
            version = queries.latest_version(course)
            document = queries.document_of(version)
            lessons = sum(1 for _lesson in document.lessons())
            click.echo(
                "  ".join([
                    course.slug,
                    _("version %(number)s", number=version.number),
                    ngettext("%(count)s lesson", "%(count)s lessons", lessons),
                    course.unit.slug if course.unit else "-",
                    in_language(document.title),
                ])
            )


def _say(problems: Iterable[Problem]) -> None:
    for problem in problems:
        click.echo(str(problem))


def _stop(words: str) -> NoReturn:
    click.echo(words, err=True)
    sys.exit(1)
