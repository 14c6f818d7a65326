"""A browser that a facilitator paired may show who is in a group; nobody is signed in by it.

It holds the least: the three newest groups, and after fourteen days unseen it shows nothing.
"""

import secrets
from datetime import timedelta

from flask import current_app
from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy import delete, select, update

from lms.core import clock
from lms.core.db import db, short_transaction
from lms.people.models import Unit
from lms.people.signing_in import digest
from lms.people.signing_in_models import PairedGroup, Pairing

COOKIE = "pairing"
COOKIE_SECONDS = 400 * 24 * 3600  # the longest that Chromium keeps; the row decides, not the cookie
GROUPS = 3
UNSEEN = timedelta(days=14)
SEEN_AGAIN = timedelta(hours=12)
KEPT_SECONDS = 120


def pair(token: str | None, group: Unit) -> str:
    """Let this browser show the group too; gives the token for its cookie. Never commits."""
    pairing = _alive(token)
    if pairing is None:
        token = secrets.token_urlsafe(24)
        pairing = Pairing(token_digest=digest(token))
        db.session.add(pairing)
        db.session.flush()
    now = clock.now()
    pairing.last_seen_at = now
    ours = PairedGroup.pairing_id == pairing.id
    db.session.execute(delete(PairedGroup).where(ours, PairedGroup.unit_id == group.id))
    db.session.add(PairedGroup(pairing_id=pairing.id, unit_id=group.id, paired_at=now))
    db.session.flush()
    shown = db.session.scalars(
        select(PairedGroup).where(ours).order_by(PairedGroup.id.desc())
    ).all()
    for forgotten in shown[GROUPS:]:
        db.session.delete(forgotten)
    return token or ""


def groups_of(token: str | None) -> list[Unit]:
    """The groups that this browser may show, oldest first; empty when it is not paired."""
    if not token:
        return []
    rows = db.session.execute(
        select(Unit, Pairing.id, Pairing.last_seen_at)
        .join(PairedGroup, PairedGroup.unit_id == Unit.id)
        .join(Pairing, Pairing.id == PairedGroup.pairing_id)
        .where(
            Pairing.token_digest == digest(token),
            Pairing.ended_at.is_(None),
            Pairing.last_seen_at > clock.now() - UNSEEN,
        )
        .order_by(PairedGroup.id)
    ).all()
    if rows and clock.now() - rows[0].last_seen_at > SEEN_AGAIN:
        db.session.rollback()
        _seen(rows[0].id)
    return [unit for unit, *_ in rows]


def unpair(token: str) -> None:
    """Show nothing in this browser any more. Never commits."""
    db.session.execute(
        update(Pairing)
        .where(Pairing.token_digest == digest(token), Pairing.ended_at.is_(None))
        .values(ended_at=clock.now())
    )


def kept_through_exit(token: str | None) -> str | None:
    """A word that gives the pairing back within two minutes, once; None when there is none.

    The exit clears all cookies (docs/decisions/0011), the pairing's too, and the browser cannot
    say afterwards which one it had.
    """
    pairing = _alive(token)
    if pairing is None:
        return None
    return _signer().dumps([pairing.id, pairing.token_digest.hex()])


def give_back(word: str) -> str | None:
    """A fresh token for the pairing of this word; None when it is old, used or forged."""
    try:
        pairing_id, old_digest = _signer().loads(word, max_age=KEPT_SECONDS)
    except BadSignature:
        return None
    token = secrets.token_urlsafe(24)
    changed = db.session.execute(
        update(Pairing)
        .where(
            Pairing.id == pairing_id,
            Pairing.token_digest == bytes.fromhex(old_digest),
            Pairing.ended_at.is_(None),
        )
        .values(token_digest=digest(token))
        .returning(Pairing.id)
    ).scalar_one_or_none()
    return token if changed is not None else None


def _alive(token: str | None) -> Pairing | None:
    if not token:
        return None
    return db.session.scalar(
        select(Pairing).where(
            Pairing.token_digest == digest(token),
            Pairing.ended_at.is_(None),
            Pairing.last_seen_at > clock.now() - UNSEEN,
        )
    )


def _seen(pairing_id: int) -> None:
    with short_transaction() as connection:
        connection.execute(
            update(Pairing).where(Pairing.id == pairing_id).values(last_seen_at=clock.now())
        )


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="pairing kept through exit")
