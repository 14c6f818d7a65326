"""Two writers at once: neither misses what the other brings, whichever is committed first."""

import threading
import time
import uuid
from typing import Any

from flask import Flask
from sqlalchemy import select

from lms.core import clock as house_clock
from lms.core.db import db
from lms.learning.models import LessonProgress
from lms.records.receiving import Batch, receive
from tests.learning.school import Phone, publish


def test_two_phones_at_once_miss_nothing_of_each_other(app: Flask, world: Any) -> None:
    """The second transaction begins before the first is committed, and waits for it."""
    course, rosa = publish(), world.rosa.uuid
    begun = threading.Event()

    def deliver(number: int) -> None:
        phone = Phone(app.test_client(), type("She", (), {"uuid": rosa}))
        part = [phone.saw(course, "uno", [number * 10, number * 10 + 10])]
        receive(Batch(uuid.UUID(int=number + 1), phone.secret, house_clock.now_ms(), part),
                sender=rosa)

    def second() -> None:
        with app.app_context():
            begun.set()
            deliver(1)
            db.session.commit()

    deliver(0)
    db.session.commit()
    deliver(2)
    other = threading.Thread(target=second)
    other.start()
    begun.wait()
    time.sleep(0.3)  # it is waiting for us by now; on a slow machine it begins after us
    db.session.commit()
    other.join()
    assert db.session.scalars(select(LessonProgress)).one().seconds_seen == 30


def test_a_course_and_its_statements_at_the_same_moment(app: Flask, world: Any) -> None:
    """What came in just before a version was committed is not left without it."""
    with db.session.begin_nested() as later:
        course = publish()
        later.rollback()
    rosa = world.rosa.uuid
    phone = Phone(app.test_client(), world.rosa)
    part = [phone.saw(course, "uno", [0, 50])]
    db.session.commit()
    begun = threading.Event()

    def publishing() -> None:
        with app.app_context():
            begun.set()
            publish()
            db.session.commit()

    receive(Batch(uuid.UUID(int=1), phone.secret, house_clock.now_ms(), part), sender=rosa)
    other = threading.Thread(target=publishing)
    other.start()
    begun.wait()
    time.sleep(0.3)
    db.session.commit()
    other.join()
    assert db.session.scalars(select(LessonProgress)).one().seconds_seen == 50
