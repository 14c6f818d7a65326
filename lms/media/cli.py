"""`lms media`: take in originals, see what is made of them, or make one file's ladder alone."""

import json
import sys
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from lms.core.db import committing, db
from lms.media.accepting import Unacceptable
from lms.media.ffmpeg import EncodingFailed
from lms.media.making import make_ladder


@click.group("media", help="Videos and the small files that they become.")
def media() -> None:
    """Only the commands that need the school open its database."""


@media.command("ladder", help="Make the rungs of FILE in a folder, without a school around it.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list and nothing else.")
def ladder_command(file: Path, out: Path, as_json: bool) -> None:
    """Exit 1 with a sentence on stderr when the file is refused."""
    try:
        made = make_ladder(file, out)
    except (Unacceptable, EncodingFailed) as error:
        raise click.ClickException(f"{file.name}: {error}") from None
    if as_json:
        click.echo(json.dumps(made, indent=2))
        return
    for each in made:
        click.echo(f"{each['file']:<16} {each['bytes']:>12,} bytes {each['kbps']:>5} kbit/s")


@media.command("add", help="Take FILEs into the running school; its worker makes the rungs.")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--unit", "slug", help="Slug of the unit that gives them.")
@with_appcontext
def add(files: tuple[Path, ...], slug: str | None) -> None:
    """Each file is taken or refused for itself; exit 1 when one was refused."""
    from lms.media.importing import add_original

    is_refused = False
    for file in files:
        try:
            with committing():
                original = add_original(file, unit=_giver(slug))
                rungs = len(original.renditions)
                line = f"{original.digest[:12]}  {file.name}: taken, {rungs} rungs"
            click.echo(line)
        except Unacceptable as error:
            is_refused = True
            click.echo(f"{file.name}: {error}", err=True)
    if is_refused:
        sys.exit(1)


@media.command("list", help="Originals and how far their rungs are.")
@with_appcontext
def list_command() -> None:
    """A line for each original and below it one for each rung."""
    from lms.media.models import Original

    chosen = select(Original).options(selectinload(Original.renditions)).order_by(Original.id)
    for original in db.session.scalars(chosen):
        click.echo(
            f"{original.digest[:12]}  {original.duration_seconds:8.1f} s  {original.label}"
        )
        for each in original.renditions:
            size = f"{each.bytes:>12,} bytes" if each.bytes else ""
            click.echo(f"    {each.rung:<6}{each.family:<4} {each.state:<8}{size} {each.error}")


@media.command("check", help="Compare what should exist with what does, and ask for the rest.")
@with_appcontext
def check() -> None:
    """Exit 1 when an original's own file is gone: it must be given again."""
    from lms.media.reconciling import ask_again, check_files, sweep

    with committing():
        sweep()
        missing = check_files()
        ask_again()
    for key in missing:
        click.echo(f"missing: {key}")
    if not missing:
        click.echo("every file is there")
    if any(key.startswith("original:") for key in missing):
        sys.exit(1)


def _giver(slug: str | None):  # type: ignore[no-untyped-def]  # Unit | None, imported when needed
    """The unit named, or else the only institution, or else the root of the tree."""
    from lms.people.models import Unit
    from lms.people.roles import UnitKind

    if slug is not None:
        unit = db.session.scalar(select(Unit).where(Unit.slug == slug))
        if unit is None:
            raise click.ClickException(f"there is no unit {slug!r}")
        return unit
    institutions = db.session.scalars(
        select(Unit).where(Unit.kind == UnitKind.INSTITUTION).limit(2)
    ).all()
    if len(institutions) == 1:
        return institutions[0]
    return db.session.scalar(select(Unit).where(Unit.parent_id.is_(None)).order_by(Unit.id))
