"""Registering units, people, their roles and logins. Rows only: nothing here commits."""

import re
import secrets
import unicodedata
import uuid
from collections import Counter
from datetime import datetime

from sqlalchemy import select, update

from lms.core import clock
from lms.core.db import db
from lms.people import signing_in, throttling
from lms.people.models import Person, RoleHeld, Unit
from lms.people.pins import PinKind
from lms.people.roles import Role, UnitKind, may_stand_under
from lms.people.signals import vouching_changed
from lms.people.signing_in_models import GroupLink, PasswordLogin, PinLogin
from lms.people.symbols import SYMBOLS


class PeopleError(Exception):
    """What was asked cannot be done; the message says why, for the person who asked."""


def add_unit(name: str, kind: UnitKind, parent: Unit | None, slug: str | None = None) -> Unit:
    """A unit under its parent; the slug is made of the name and numbered when it is taken."""
    if not may_stand_under(kind, parent.kind if parent else None):
        above = parent.kind if parent else "the root"
        raise PeopleError(f"A {kind} cannot stand under {above}.")
    unit = Unit(
        name=name,
        kind=kind,
        slug=_free_slug(slug or slug_of(name)),
        parent_id=parent.id if parent else None,
        path=secrets.token_hex(8),  # replaced below, when the id is known
    )
    db.session.add(unit)
    db.session.flush()
    unit.path = f"{parent.path if parent else '/'}{unit.id}/"
    db.session.flush()
    return unit


def add_person(
    name: str, symbol: str | None = None, language: str = "es", uuid_: uuid.UUID | None = None
) -> Person:
    """Somebody new, with no role and no login yet; `symbol` is a key of `SYMBOLS` or None."""
    if symbol is not None and symbol not in SYMBOLS:
        raise PeopleError(f"There is no symbol {symbol!r}.")
    person = Person(name=name.strip(), symbol=symbol, language=language, uuid=uuid_ or uuid.uuid4())
    db.session.add(person)
    db.session.flush()
    vouching_changed.send(person=person.uuid)
    return person


def give_role(person: Person, role: Role, unit: Unit, began_at: datetime | None = None) -> RoleHeld:
    """From now on (or from `began_at`) she holds the role there; held already: the same row."""
    held = db.session.scalar(
        select(RoleHeld).where(
            RoleHeld.person_id == person.id,
            RoleHeld.unit_id == unit.id,
            RoleHeld.role == role,
            RoleHeld.is_valid(),
        )
    )
    if held is None:
        if role is Role.LEARNER and person.symbol is None:
            person.symbol = _free_symbol(unit)
        held = RoleHeld(
            person_id=person.id,
            person_uuid=person.uuid,
            unit_id=unit.id,
            role=role,
            began_at=began_at or clock.now(),
        )
        db.session.add(held)
        db.session.flush()
        vouching_changed.send(person=person.uuid)
    return held


def end_role(person: Person, role: Role, unit: Unit) -> bool:
    """She holds the role there no longer; False when she did not."""
    ended = db.session.execute(
        update(RoleHeld)
        .where(
            RoleHeld.person_id == person.id,
            RoleHeld.unit_id == unit.id,
            RoleHeld.role == role,
            RoleHeld.is_valid(),
        )
        .values(ended_at=clock.now())
        .returning(RoleHeld.id)
    ).all()
    if ended:
        vouching_changed.send(person=person.uuid)
    return bool(ended)


def set_password(person: Person, username: str, secret_hash: str) -> None:
    """She signs in with this username and password from now on; what was open is ended."""
    username = plain_username(username)
    taken = db.session.scalar(select(PasswordLogin).where(PasswordLogin.username == username))
    if taken is not None and taken.person_id != person.id:
        raise PeopleError(f"The username {username!r} belongs to somebody else.")
    login = db.session.get(PasswordLogin, person.id) or PasswordLogin(person_id=person.id)
    login.username, login.hash, login.changed_at = username, secret_hash, clock.now()
    db.session.add(login)
    db.session.flush()
    _start_over(person)


def set_pin(person: Person, kind: PinKind, secret_hash: str | None) -> None:
    """She signs in with this PIN from now on; wrong tries are forgotten, what was open is ended."""
    login = db.session.get(PinLogin, person.id) or PinLogin(person_id=person.id)
    login.kind, login.hash, login.changed_at = kind, secret_hash, clock.now()
    db.session.add(login)
    db.session.flush()
    _start_over(person)


def link_of(group: Unit) -> GroupLink:
    """The group's link, made when there is none."""
    link = db.session.scalar(
        select(GroupLink).where(GroupLink.unit_id == group.id, GroupLink.ended_at.is_(None))
    )
    return link or new_link(group)


def new_link(group: Unit, token: str | None = None) -> GroupLink:
    """A fresh link for the group; the one before leads nowhere from now on."""
    if group.kind is not UnitKind.GROUP:
        raise PeopleError(f"{group.name} is no group; only groups have a link.")
    db.session.execute(
        update(GroupLink)
        .where(GroupLink.unit_id == group.id, GroupLink.ended_at.is_(None))
        .values(ended_at=clock.now())
    )
    link = GroupLink(unit_id=group.id, token=token or secrets.token_urlsafe(12))
    db.session.add(link)
    db.session.flush()
    return link


def plain_username(text: str) -> str:
    """A username as it is kept and compared: NFKC, casefolded, without spaces around it."""
    return unicodedata.normalize("NFKC", text.replace("\0", "")).strip().casefold()


def slug_of(name: str) -> str:
    """Lower case ASCII words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "unit"


def _free_slug(slug: str) -> str:
    taken = set(db.session.scalars(select(Unit.slug).where(Unit.slug.like(slug + "%"))))
    if slug not in taken:
        return slug
    return next(f"{slug}-{n}" for n in range(2, len(taken) + 3) if f"{slug}-{n}" not in taken)


def _free_symbol(unit: Unit) -> str:
    """A drawing that nobody in the group has; when all are taken, one that few have."""
    taken = Counter(
        db.session.scalars(
            select(Person.symbol)
            .join(RoleHeld, RoleHeld.person_id == Person.id)
            .where(RoleHeld.unit_id == unit.id, RoleHeld.is_valid())
        )
    )
    return min(SYMBOLS, key=lambda symbol: taken[symbol])


def _start_over(person: Person) -> None:
    connection = db.session.connection()
    signing_in.end_all(connection, person.id)
    throttling.clear(connection, throttling.of_person(person.uuid))
