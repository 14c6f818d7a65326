"""The migrations build exactly the tables of the models, on both engines, from nothing."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade

from lms.core.db import db
from lms.factory import create_app
from tests.conftest import MIGRATIONS
from tests.databases import postgres_server


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with nothing in it."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        with postgres_server() as address:
            yield address


def test_migrations_match_the_models(
    empty_database: str, environment: Callable[..., dict[str, str]], tmp_path: Path
) -> None:
    app = create_app(environment(empty_database, tmp_path / "media"))
    with app.app_context():
        try:
            upgrade(directory=str(MIGRATIONS))
            with db.engine.connect() as connection:
                context = MigrationContext.configure(connection, opts={"compare_type": True})
                assert compare_metadata(context, db.metadata) == []
            downgrade(directory=str(MIGRATIONS), revision="base")
            upgrade(directory=str(MIGRATIONS))
        finally:
            db.session.remove()
            db.engine.dispose()
