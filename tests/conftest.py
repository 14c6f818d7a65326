"""What every test may ask for: an app on a fresh database, a client, the small world, a clock.

The test's own app context and the requests of its client do not share a database session: what a
test has set up is committed before a request is sent, and what it reads afterwards is read anew.
"""

import contextvars
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from lms.core import clock as house_clock
from lms.core.db import db
from lms.factory import create_app
from tests.databases import ENGINE, Databases, open_databases, shared_postgres_server

IS_CI = os.environ.get("CI") == "true"
IS_CAMPAIGN = os.environ.get("YACHAY_CAMPAIGN") == "yes"
MIGRATIONS = Path(__file__).resolve().parents[1] / "lms" / "migrations"

# The same examples on every run; the campaign looks for new ones. No test knows a deadline.
hypothesis_settings.register_profile(
    "short",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=30,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
hypothesis_settings.register_profile(
    "campaign",
    parent=hypothesis_settings.get_profile("short"),
    derandomize=False,
    print_blob=True,
    max_examples=3000,
)
hypothesis_settings.load_profile("campaign" if IS_CAMPAIGN else "short")

_open = ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL once, in the process that starts the workers."""
    if not hasattr(config, "workerinput"):
        _open.enter_context(shared_postgres_server())


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what was started."""
    _open.close()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL run only what touches the database: the rest was run on SQLite."""
    if ENGINE != "postgresql":
        return
    chosen = [item for item in items if "databases" in getattr(item, "fixturenames", ())]
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = chosen


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Where CI=true, a skip is a failure: nothing may pass there by not being run."""
    outcome = yield
    report = outcome.get_result()
    if IS_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped where CI=true: {call.excinfo and call.excinfo.value}"


class Client(FlaskClient):
    """A browser without a screen; each request runs in a context of its own, as on a server."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        """Commit what the test has set up, then send the request."""
        if has_app_context():
            db.session.commit()
        return contextvars.Context().run(super().open, *args, **kwargs)


@pytest.fixture(scope="session")
def house_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that all apps of this worker share: compressed assets are made once."""
    return tmp_path_factory.mktemp("house")


@pytest.fixture(scope="session")
def environment(house_folder: Path) -> Callable[..., dict[str, str]]:
    """Builds an app's environment: `environment(database_url, media, **more)`."""

    def build(database_url: str, media: Path, **more: str) -> dict[str, str]:
        return {
            "YACHAY_DATA": str(house_folder),
            "YACHAY_DATABASE_URL": database_url,
            "YACHAY_MEDIA": str(media),
            "YACHAY_SECRET_KEY": "a key that is only for tests " * 2,
            "YACHAY_WORKER": "no",
            "PORT": "0",
            **more,
        }

    return build


@pytest.fixture(scope="session")
def databases(
    environment: Callable[..., dict[str, str]],
    tmp_path_factory: pytest.TempPathFactory,
    worker_id: str,
) -> Databases:
    """Fresh databases with today's schema, which the migrations built once."""
    folder = tmp_path_factory.mktemp("databases")

    def build(url: str) -> None:
        app = create_app(environment(url, folder / "media"))
        with app.app_context():
            _migrate()
            db.session.remove()
            db.engine.dispose()

    return open_databases(folder, worker_id, build)


def _migrate() -> None:
    from flask_migrate import upgrade

    upgrade(directory=str(MIGRATIONS))


@pytest.fixture
def make_app(
    databases: Databases, environment: Callable[..., dict[str, str]], tmp_path: Path
) -> Iterator[Callable[..., Flask]]:
    """Builds apps on fresh databases; `make_app(YACHAY_ROLE="hub")` adds to the environment.

    With `YACHAY_DATABASE_URL=...` the app shares an earlier one's database.
    """
    urls: list[str] = []
    apps: list[Flask] = []

    def make(**more: str) -> Flask:
        url = more.pop("YACHAY_DATABASE_URL", "")
        if not url:
            url = databases.fresh()
            urls.append(url)
        app = create_app(environment(url, tmp_path / "media", **more))
        app.testing = True
        app.test_client_class = Client
        apps.append(app)
        return app

    yield make
    for app in apps:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
    for url in urls:
        databases.drop(url)


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Iterator[Flask]:
    """The app on a fresh database, its context pushed for the whole test."""
    app = make_app()
    with app.app_context():
        yield app
        db.session.rollback()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser where nobody is signed in."""
    return app.test_client()


@pytest.fixture
def world(app: Flask) -> Any:
    """The small named world of lms/seed.py: an institution, two groups, their people."""
    from lms.seed import build_world

    built = build_world()
    db.session.commit()
    return built


@pytest.fixture
def signed_in() -> Callable[[FlaskClient, Any], FlaskClient]:
    """`signed_in(client, person)`: the same browser with this person signed in, without a PIN."""
    from lms.people.signing_in import COOKIE, begin
    from lms.people.signing_in_models import Way

    def enter(client: FlaskClient, person: Any) -> FlaskClient:
        way = Way.PASSWORD if person.is_staff else Way.PIN
        person_id = person.id
        db.session.commit()  # a sign-in has a transaction of its own, never inside another
        client.set_cookie(COOKIE, begin(person_id, way))
        return client

    return enter


class PinnedClock:
    """The house's clock, standing still until a test moves it."""

    def __init__(self, stack: ExitStack, moment: datetime) -> None:
        self._stack = stack
        self.set(moment)

    def set(self, moment: datetime) -> None:
        """Stand at this moment."""
        self.moment = moment
        self._stack.enter_context(house_clock.pinned(moment))

    def advance(self, **parts: float) -> datetime:
        """Move on by `minutes=5`, `days=1` and the like; returns the new moment."""
        self.set(self.moment + timedelta(**parts))
        return self.moment


@pytest.fixture
def clock() -> Iterator[PinnedClock]:
    """The clock, pinned to a Wednesday morning in Lima."""
    with ExitStack() as stack:
        yield PinnedClock(stack, datetime(2026, 3, 4, 15, 0, tzinfo=UTC))


@pytest.fixture
def rounds() -> Callable[[int, int], int]:
    """`rounds(short, long)`: how often a campaign repeats, by make test or by make campaign."""
    return lambda short, long: long if IS_CAMPAIGN else short
