"""Commands: `lms learning rebuild`."""

import click
from flask.cli import AppGroup

from lms.learning.rebuilding import rebuild

learning = AppGroup("learning", help="What people reached.")


@learning.command("rebuild")
def rebuild_command() -> None:
    """Throw all progress away and compute it again from the statements."""

    def told(done: int, total: int) -> None:
        click.echo(f"\r{done} / {total}", nl=False, err=True)

    count = rebuild(told)
    click.echo(f"\nComputed {count} lessons of people anew.")
