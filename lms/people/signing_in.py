"""Signing in and out: one comparison under the throttles, then a row and a cookie.

Nothing here runs inside the request's own transaction: the slot is reserved and committed before
the comparison, argon2 works outside any transaction, and the sign-in is committed after it.
"""

import hashlib
import secrets
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select, update

from lms.core import clock
from lms.core.db import db, reading_only, short_transaction
from lms.core.settings import settings
from lms.people import throttling
from lms.people.hashing import BusyError, comparer
from lms.people.models import Person
from lms.people.signing_in_models import SignIn, Way
from lms.people.throttling import Subject

COOKIE = "sign_in"
LONGEST = timedelta(days=1)
"""A sign-in ends after this even when it is used all the time."""


@dataclass(frozen=True)
class Claim:
    """Somebody says who she is: her row's id and hash (None: nobody) and whom tries count for."""

    person_id: int | None
    secret_hash: str | None
    subjects: Sequence[Subject]


def compare(claim: Claim, secret: str) -> bool:
    """Compare once, under the throttles; the slot is given back when the secret is right.

    Raises TryLaterError without comparing when there is no slot, BusyError when the pool is full.
    """
    slots = _reserve(claim)
    is_right = _matches(claim, secret, slots)
    if is_right:
        with short_transaction() as connection:
            throttling.give_back(connection, slots)
    return is_right


def sign_in(claim: Claim, secret: str, way: Way) -> str | None:
    """As `compare`; a right secret gives the token for the cookie, a wrong one None."""
    slots = _reserve(claim)
    if not _matches(claim, secret, slots) or claim.person_id is None:
        return None
    with short_transaction() as connection:
        throttling.give_back(connection, slots)
        return _begin(connection, claim.person_id, way)


def begin(person_id: int, way: Way) -> str:
    """Sign somebody in without a secret (another door has already proved who she is)."""
    with short_transaction() as connection:
        return _begin(connection, person_id, way)


def end(token: str) -> None:
    """End the sign-in of this cookie, if there is one; its own short transaction."""
    with short_transaction() as connection:
        end_within(connection, token)


def end_within(connection: Connection, token: str) -> None:
    """The same inside the caller's transaction."""
    connection.execute(
        update(SignIn)
        .where(SignIn.token_digest == digest(token), SignIn.ended_at.is_(None))
        .values(ended_at=clock.now())
    )


def end_all(connection: Connection, person_id: int) -> None:
    """End every sign-in of a person (her secret was changed)."""
    connection.execute(
        update(SignIn)
        .where(SignIn.person_id == person_id, SignIn.ended_at.is_(None))
        .values(ended_at=clock.now())
    )


def person_of(token: str, *, lets_go: bool) -> Person | None:
    """Who is signed in by this cookie now, marking that she was seen; None when it has run out.

    `lets_go` (in a POST) ends the reading at once, so that the view can still compare or write in
    short transactions before its own begins; the person is then read again when she is used.
    """
    with reading_only() if lets_go else nullcontext():
        found = db.session.execute(
            select(Person, SignIn.id, SignIn.way, SignIn.began_at, SignIn.last_seen_at)
            .join(SignIn, SignIn.person_id == Person.id)
            .where(SignIn.token_digest == digest(token), SignIn.ended_at.is_(None))
        ).one_or_none()
    if found is None:
        return None
    person, sign_in_id, way, began_at, last_seen_at = found
    now, idle = clock.now(), idle_time(way)
    if now - last_seen_at > idle or now - began_at > LONGEST:
        return None
    if now - last_seen_at > idle / 10:
        db.session.rollback()
        _seen(sign_in_id, now)
    return person


def idle_time(way: Way) -> timedelta:
    """How long somebody may be away: short for learners, whose phones are shared."""
    by_way = {Way.PIN: settings().idle_minutes, Way.PASSWORD: settings().staff_idle_minutes}
    return timedelta(minutes=by_way[way])


def digest(token: str) -> bytes:
    """What is kept of a cookie's token."""
    return hashlib.sha256(token.encode()).digest()


def _reserve(claim: Claim) -> list[int]:
    with short_transaction() as connection:
        return throttling.reserve(connection, claim.subjects)


def _matches(claim: Claim, secret: str, slots: Sequence[int]) -> bool:
    try:
        return comparer().matches(claim.secret_hash, secret)
    except BusyError:
        with short_transaction() as connection:
            throttling.give_back(connection, slots)
        raise


def _begin(connection: Connection, person_id: int, way: Way) -> str:
    token = secrets.token_urlsafe(24)
    now = clock.now()
    connection.execute(
        insert(SignIn).values(
            token_digest=digest(token), person_id=person_id, way=way, began_at=now, last_seen_at=now
        )
    )
    return token


def _seen(sign_in_id: int, now: datetime) -> None:
    with short_transaction() as connection:
        connection.execute(update(SignIn).where(SignIn.id == sign_in_id).values(last_seen_at=now))
