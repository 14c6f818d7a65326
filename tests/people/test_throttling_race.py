"""Many requests at once still get five comparisons between them, on either database."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

from flask import Flask

from lms.core.db import db, short_transaction
from lms.people import throttling
from lms.people.throttling import TryLaterError


def test_twenty_at_once_get_five_slots(app: Flask, world: Any) -> None:
    db.session.commit()
    her = throttling.of_person(uuid4())

    def reserve(number: int) -> bool:
        subjects = [her, throttling.of_address(f"10.0.0.{number % 3}")]
        with app.app_context():
            try:
                with short_transaction() as connection:
                    throttling.reserve(connection, subjects[:: 1 if number % 2 else -1])
            except TryLaterError:
                return False
            return True

    with ThreadPoolExecutor(8) as threads:
        taken = list(threads.map(reserve, range(20)))
    assert sum(taken) == 5
