"""The command `lms`: runs the school, and collects what each feature brings."""

import sys
from collections.abc import Sequence

import click
from flask import Flask
from flask.cli import FlaskGroup, with_appcontext

from lms.core.settings import SettingsError
from lms.courses.cli import courses
from lms.factory import create_app
from lms.learning.cli import learning
from lms.media.cli import media
from lms.people.cli import people
from lms.running import run


def _build() -> Flask:
    try:
        return create_app()
    except SettingsError as error:
        click.echo(f"A setting is wrong, so nothing was started:\n{error}", err=True)
        sys.exit(2)


@click.group(
    cls=FlaskGroup, create_app=_build, add_default_commands=False, add_version_option=False,
    load_dotenv=False, help="Yachay: lessons that need no reading and weigh kilobytes.",
)
def lms() -> None:
    """Every command runs inside the app."""


@lms.command("run", help="Start the school: web server and worker in one process.")
@with_appcontext
def run_command() -> None:
    """Prepare what is missing, then serve until Ctrl-C."""
    from flask import current_app

    run(current_app._get_current_object())  # type: ignore[attr-defined]


for brought in (courses, learning, media, people):
    lms.add_command(brought)


def main(arguments: Sequence[str] | None = None) -> None:
    """The entry point of `lms` and of `python app.py`."""
    lms.main(args=list(arguments) if arguments is not None else None, prog_name="lms")
