"""Writers on SQLite take turns in the order in which they came."""

import threading
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError

from lms.core.db import committing, db, reading_only, short_transaction
from lms.core.turns import Turns


def test_first_come_first_served() -> None:
    turns, order = Turns(), []
    assert turns.take()

    def wait(number: int) -> Callable[[], None]:
        def act() -> None:
            turns.take()
            order.append(number)
            turns.give()

        return act

    threads = [threading.Thread(target=wait(number)) for number in range(6)]
    for number, thread in enumerate(threads):
        thread.start()
        while len(turns._waiting) <= number:
            pass
    turns.give()
    for thread in threads:
        thread.join()
    assert order == list(range(6))
    assert turns.take(0)


def test_who_waits_in_vain_leaves_the_queue() -> None:
    turns = Turns()
    assert turns.take()
    assert not turns.take(0.01)
    assert not turns._waiting
    turns.give()
    assert turns.take(0)


def writes() -> None:
    """A write in another thread, which must not find the turn taken for ever."""
    with short_transaction() as connection:
        connection.execute(text("update units set name = name"))


@pytest.mark.parametrize("ending", ["commit", "rollback", "error", "short error", "reading"])
def test_a_turn_ends_with_its_transaction(app: Flask, ending: str) -> None:
    if ending == "reading":
        with reading_only():
            db.session.execute(select(1))
    elif ending == "short error":
        with pytest.raises(SQLAlchemyError), short_transaction() as connection:
            connection.execute(text("select nonsense"))
    elif ending == "error":
        with pytest.raises(SQLAlchemyError), committing():
            db.session.execute(text("select nonsense"))
    else:
        db.session.execute(text("update units set name = name"))
        getattr(db.session, ending)()
    done = threading.Event()

    def other() -> None:
        with app.app_context():
            writes()
        done.set()

    thread = threading.Thread(target=other)
    thread.start()
    thread.join(20)
    assert done.is_set()
