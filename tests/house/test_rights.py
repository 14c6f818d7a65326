"""Every table has somebody who shows and erases what it holds about people, or says why not."""

from flask import Flask

from lms.core.db import db
from lms.people import rights


def test_every_table_is_registered(app: Flask) -> None:
    registered = rights.registered()
    unknown = sorted(set(db.metadata.tables) - set(registered))
    assert not unknown, (
        f"Register {', '.join(unknown)} by rights.keeps(...) or rights.impersonal(...): "
        "what is kept about a person must be shown to her and erased with her."
    )


def test_every_registration_is_of_a_table_that_exists(app: Flask) -> None:
    gone = sorted(set(rights.registered()) - set(db.metadata.tables))
    assert not gone, f"{', '.join(gone)}: registered in people.rights, but there is no such table"
