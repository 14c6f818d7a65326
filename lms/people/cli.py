"""`lms people ...`: units, people and their roles, PINs and passwords, links, and their rights."""

import json
from typing import Any
from uuid import UUID

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from lms.core import audit
from lms.core.db import committing, db
from lms.core.i18n import languages
from lms.people import passwords, pins, registering, rights
from lms.people.hashing import comparer
from lms.people.models import Person, Unit
from lms.people.pins import PinKind, PinRefusal
from lms.people.registering import PeopleError
from lms.people.roles import Role, UnitKind
from lms.people.signing_in_models import PasswordLogin
from lms.people.symbols import SYMBOLS

ROLE = click.Choice([str(role) for role in Role])


@click.group()
def people() -> None:
    """Units, people, roles, and how they sign in."""


@people.command()
@with_appcontext
def units() -> None:
    """Print the tree of units with their slugs."""
    for unit in db.session.scalars(select(Unit).order_by(Unit.path)):
        click.echo(f"{'  ' * (unit.path.count('/') - 2)}{unit.slug}  ({unit.kind}: {unit.name})")


@people.command("add-unit")
@click.argument("name")
@click.option("--kind", type=click.Choice([str(kind) for kind in UnitKind]), required=True)
@click.option("--under", help="Slug of the unit above; without it the unit is a root.")
@with_appcontext
def add_unit(name: str, kind: str, under: str | None) -> None:
    """Add a unit to the tree."""
    with _saying_why(), committing():
        unit = registering.add_unit(name, UnitKind(kind), _unit(under) if under else None)
        click.echo(unit.slug)


@people.command()
@click.argument("name")
@click.option("--role", type=ROLE, required=True)
@click.option("--unit", "slug", required=True, help="Slug of the unit where she holds the role.")
@click.option("--symbol", help="The drawing by which a learner is known.")
@click.option("--language", default="es", show_default=True)
@click.option("--username", help="For staff; the password is asked for.")
@with_appcontext
def add(
    name: str, role: str, slug: str, symbol: str | None, language: str, username: str | None
) -> None:
    """Add a person with a role, and print her uuid. A learner chooses her PIN by `reset-pin`."""
    if not name.strip():
        raise click.UsageError("The name is empty.")
    if symbol is not None and symbol not in SYMBOLS:
        raise click.UsageError(f"No symbol {symbol!r}. There are: {', '.join(SYMBOLS)}.")
    if language not in languages():
        raise click.UsageError(f"No language {language!r}. There are: {', '.join(languages())}.")
    if Role(role) is not Role.LEARNER and not username:
        raise click.UsageError("Staff need --username.")
    _unit(slug)
    secret_hash = _ask_password(username) if username else None
    with _saying_why(), committing():
        person = registering.add_person(name, symbol, language)
        registering.give_role(person, Role(role), _unit(slug))
        if username and secret_hash:
            registering.set_password(person, username, secret_hash)
        audit.note("added_person", person.uuid, role=role)
        click.echo(str(person.uuid))


@people.command("role")
@click.argument("person")
@click.argument("role", type=ROLE)
@click.argument("unit")
@click.option("--end", is_flag=True, help="She holds it no longer.")
@with_appcontext
def change_role(person: str, role: str, unit: str, end: bool) -> None:
    """Give PERSON (uuid or username) the ROLE at UNIT, or end it."""
    with _saying_why(), committing():
        someone, place = _person(person), _unit(unit)
        if not end:
            registering.give_role(someone, Role(role), place)
        elif not registering.end_role(someone, Role(role), place):
            raise PeopleError(f"{someone.name} is no {role} at {place.slug}.")
        audit.note("ended_role" if end else "gave_role", someone.uuid, role=role, unit=place.slug)


@people.command("reset-pin")
@click.argument("person")
@with_appcontext
def reset_pin(person: str) -> None:
    """Set a new PIN of digits for PERSON (uuid); it is asked for and not shown."""
    someone_id = _person(person).id
    db.session.rollback()
    pin = click.prompt("New PIN (4 to 6 digits)", hide_input=True, confirmation_prompt=True)
    refused = pins.refusal(PinKind.DIGITS, pin)
    if refused is PinRefusal.SHAPE:
        raise click.ClickException("A PIN has 4 to 6 digits.")
    if refused is PinRefusal.OBVIOUS:
        raise click.ClickException("That PIN is one of the first that a stranger tries.")
    secret_hash = comparer().hash(pin)
    with _saying_why(), committing():
        someone = db.session.get_one(Person, someone_id)
        registering.set_pin(someone, PinKind.DIGITS, secret_hash)
        audit.note("reset_pin", someone.uuid)


@people.command("password")
@click.argument("person")
@click.option("--username", help="A new username; without it the one she has.")
@with_appcontext
def password(person: str, username: str | None) -> None:
    """Set a new password for PERSON (uuid or username); it is asked for and not shown."""
    someone_id = _person(person).id
    login = db.session.get(PasswordLogin, someone_id)
    name = username or (login.username if login else None)
    db.session.rollback()
    if not name:
        raise click.UsageError("She has no username yet: give one by --username.")
    secret_hash = _ask_password(name)
    with _saying_why(), committing():
        someone = db.session.get_one(Person, someone_id)
        registering.set_password(someone, name, secret_hash)
        audit.note("set_password", someone.uuid)


@people.command()
@click.argument("unit")
@click.option("--new", is_flag=True, help="Make a fresh one; the one before leads nowhere.")
@with_appcontext
def link(unit: str, new: bool) -> None:
    """Print the path of a group's own link."""
    with _saying_why(), committing():
        group = _unit(unit)
        made = registering.new_link(group) if new else registering.link_of(group)
        click.echo(f"/g/{made.token}")


@people.command()
@click.argument("person")
@with_appcontext
def kept(person: str) -> None:
    """Print as JSON everything that is kept about PERSON (uuid or username)."""
    click.echo(json.dumps(rights.kept_about(_person(person)), default=_plain, indent=1))


@people.command()
@click.argument("person")
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_appcontext
def erase(person: str, yes: bool) -> None:
    """Erase PERSON (uuid or username): rows, logins and her name; counts stay."""
    someone = _person(person)
    if not yes:
        click.confirm(f"Erase {someone.name} for good?", abort=True)
    with _saying_why(), committing():
        uuid = rights.erase(_person(person))
        audit.note("erased_person", uuid)


class _saying_why:  # noqa: N801  # reads as a word in `with`
    """Turn a PeopleError into the command's own error."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, PeopleError):
            raise click.ClickException(str(error)) from error


def _unit(slug: str) -> Unit:
    unit = db.session.scalar(select(Unit).where(Unit.slug == slug))
    if unit is None:
        raise click.ClickException(f"There is no unit {slug!r}; `lms people units` lists them.")
    return unit


def _person(name: str) -> Person:
    try:
        found = db.session.scalar(select(Person).where(Person.uuid == UUID(name)))
    except ValueError:
        found = db.session.scalar(
            select(Person)
            .join(PasswordLogin, PasswordLogin.person_id == Person.id)
            .where(PasswordLogin.username == registering.plain_username(name))
        )
    if found is None:
        raise click.ClickException(f"There is nobody with the uuid or username {name!r}.")
    return found


def _ask_password(username: str) -> str:
    secret = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    refused = passwords.refusal(secret, registering.plain_username(username))
    if refused is not None:
        raise click.ClickException(f"That password cannot be set. {passwords.SENTENCES[refused]}")
    return comparer().hash(secret)


def _plain(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
