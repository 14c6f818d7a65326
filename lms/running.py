"""Runs the whole school in one process: database, sample courses, worker and web server."""

import resource
import signal
import socket
import sys
import threading
from contextlib import suppress
from typing import Any

import click
from flask import Flask
from waitress.server import create_server

from lms.core import db as database
from lms.core.db import MIGRATIONS, committing, db
from lms.core.settings import Settings, settings
from lms.core.worker import Worker
from lms.factory import LARGEST_REQUEST
from lms.progress import ProgressBar
from lms.seed import demo_sheet, seed_demo, seed_samples

# 120 slow phones' connections must not stop the school: at waitress's default of 100 they did.
CONNECTIONS = 1000


def run(app: Flask) -> None:
    """Prepare what is missing, serve until Ctrl-C or SIGTERM, stop cleanly."""
    chosen = settings()
    _prepare()
    with suppress(ValueError, OSError):
        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4 * CONNECTIONS), hard))
    try:
        server = _server(app, chosen)
    except OSError as error:
        raise click.ClickException(
            f"Port {chosen.port} at {chosen.host} cannot be used ({error.strerror}). "
            "Choose another one: PORT=8080 make run"
        ) from error
    worker = Worker(app) if chosen.worker else None
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _end)
    try:
        _greet(chosen, server.effective_port)
        db.session.remove()  # nothing that this thread read may hold the database while it serves
        if worker:
            worker.start()
            ProgressBar(app, stop).start()
        server.run()  # returns when it is told to end
    finally:
        stop.set()
        click.echo("\nStopping …")
        server.close()
        if worker:
            worker.stop()
        click.echo("Stopped. What was not finished goes on at the next start.")


def upgrade_database() -> None:
    """Bring the schema to today's; does nothing, quickly, when it is there already."""
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    database.begin_reading()
    with db.engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_heads()
    if set(present) == set(ScriptDirectory(str(MIGRATIONS)).get_heads()):
        return
    from flask_migrate import upgrade

    database.begin_writing()
    upgrade()


def _prepare() -> None:
    settings().data.mkdir(parents=True, exist_ok=True)
    upgrade_database()
    database.begin_writing()
    with committing():
        seed_demo()
    with committing():
        seed_samples()
    database.begin_reading()


def _server(app: Flask, chosen: Settings) -> Any:
    return create_server(
        app,
        host=chosen.host,
        port=chosen.port,
        threads=chosen.threads,
        connection_limit=CONNECTIONS,
        asyncore_use_poll=True,
        channel_timeout=120,
        ident=None,
        # With proxies in front, ProxyFix reads what they say; otherwise nobody's word is taken.
        clear_untrusted_proxy_headers=chosen.trusted_proxies == 0,
        # Refused before it is spooled to disk: waitress itself would take a gigabyte a connection.
        max_request_body_size=LARGEST_REQUEST,
        url_scheme="https" if chosen.is_https else "http",
    )


def _greet(chosen: Settings, port: int) -> None:
    shown = chosen.host
    if shown in ("0.0.0.0", "::"):  # noqa: S104  compared, not bound
        with suppress(OSError):
            shown = socket.gethostbyname(socket.gethostname())
    address = f"http://{shown}:{port}"
    click.echo(f"\nYachay is at {address}\n")
    with database.reading_only():  # this context lives as long as the school: it must hold nothing
        click.echo(demo_sheet(address))
    click.echo("Ctrl-C stops it; starting again goes on where it was.\n")
    sys.stdout.flush()


def _end(_number: int, _frame: object) -> None:
    raise SystemExit(0)
