"""The small named world: one network, an institution, two groups and their people.

The demo of `lms run`, the tests' stories and the pictures all live in it. Its PINs, passwords and
links are known to everybody who reads this file, so it is seeded only into an empty database.
"""

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache

from sqlalchemy import func, select

from lms.core.db import db
from lms.core.jobs import enqueue
from lms.core.settings import ROOT
from lms.people import registering
from lms.people.hashing import comparer
from lms.people.models import Person, Unit
from lms.people.pin_pad import PAD
from lms.people.pins import PICTURES, PinKind
from lms.people.roles import Role, UnitKind

_NAMESPACE = uuid.UUID("6f2a1f0e-5d0c-5b57-9d0a-7a1c4d1f9b11")

FIRST_SAMPLE = "tic-en-mi-vida"

# name, symbol, language, PIN: digits, or four letters (the pad's pictures from a to l)
_RETAMAS = (
    ("Rosa", "llama", "es", "4071"),
    ("Justina", "hummingbird", "quz", "fbka"),
    ("Elena", "maize", "es", "8365"),
    ("Paulina", "fox", "quz", "2940"),
    ("Hilaria", "fish", "es", "lcgd"),
    ("Benita", "potato", "quz", "6174"),
    ("Marleni", "butterfly", "es", "9528"),
)
_KANTUTAS = (
    ("Lourdes", "kantuta", "es", "5803"),
    ("Fortunata", "condor", "quy", "3692"),
    ("Ceferina", "sheep", "quz", "jahe"),
    ("Yolanda", "bee", "es", "7416"),
    ("Gregoria", "quinoa", "quz", "1859"),
    ("Simona", "duck", "es", "6027"),
)
# name, role, where, username, password
_STAFF = (
    ("Nélida Quispe", Role.FACILITATOR, "group", "nelida", "tejer-con-calma"),
    ("Rómulo Huamán", Role.OFFICER, "branch", "romulo", "camino-a-urubamba"),
    ("Carmen Salas", Role.MANAGER, "network", "carmen", "quinientos-kilometros"),
    ("Saturnina Ccori", Role.TRANSLATOR, "institution", "saturnina", "palabra-por-palabra"),
    ("Inés Paredes", Role.ADMIN, "institution", "ines", "la-casa-ordenada"),
)


@dataclass
class World:
    """The named world; secrets are plain here, since everybody may know them."""

    network: Unit
    institution: Unit
    branch: Unit
    group: Unit
    other_group: Unit
    facilitator: Person
    officer: Person
    manager: Person
    translator: Person
    admin: Person
    learners: list[Person]
    other_learners: list[Person]
    pins: dict[uuid.UUID, str] = field(default_factory=dict)
    passwords: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)

    @property
    def rosa(self) -> Person:
        """The learner of the stories: she signs in with digits and speaks Spanish."""
        return self.learners[0]

    @property
    def justina(self) -> Person:
        """The other one on the same phone: she taps pictures and speaks Quechua."""
        return self.learners[1]


def build_world() -> World:
    """Add the world to an empty database, in the caller's transaction."""
    hashes = _hashes()  # before the first row, so that argon2 works outside the transaction
    units = _units()
    world = World(
        **{name: units[name] for name in ("network", "institution", "branch", "group")},
        other_group=units["other_group"],
        **{role: _staff(role, units, hashes) for role in
           ("facilitator", "officer", "manager", "translator", "admin")},
        learners=_learners(_RETAMAS, units["group"], hashes),
        other_learners=_learners(_KANTUTAS, units["other_group"], hashes),
        passwords={username: password for *_, username, password in _STAFF},
    )  # fmt: skip
    for row, person in zip(
        _RETAMAS + _KANTUTAS, world.learners + world.other_learners, strict=True
    ):
        world.pins[person.uuid] = row[3]
    for group, token in ((world.group, "retamas-demo"), (world.other_group, "kantutas-demo")):
        world.links[group.slug] = registering.new_link(group, token).token
    return world


def pin_as_tapped(pin: str) -> str:
    """A PIN of this file as the pad's form sends it: digits, or the pictures' keys."""
    if pin.isdigit():
        return pin
    return ",".join(PAD[PICTURES.index(letter)] for letter in pin)


def seed_demo() -> World | None:
    """The world in an empty database, in the caller's transaction; None: somebody lives there."""
    if db.session.scalar(select(func.count()).select_from(Unit)):
        return None
    return build_world()


def seed_samples() -> None:
    """Ask for the import of every folder of `courses/`, in the caller's transaction.

    What is published already is known by its content and costs nothing again.
    """
    folder = ROOT / "courses"
    if not folder.is_dir():  # installed without a checkout: there are no samples beside the code
        return
    owner = db.session.scalar(
        select(Unit.slug).where(Unit.uuid == _uuid("unit", "Sumaq Wasi"))
    )
    for package in sorted(folder.glob("*/course.toml")):
        # The learners' course first: its first rungs are made before the next course is imported.
        is_first = package.parent.name == FIRST_SAMPLE
        enqueue(
            "courses.import", package.parent.name, priority=5 if is_first else 30,
            payload={"folder": str(package.parent), "unit": owner},
        )  # fmt: skip


def demo_sheet(address: str) -> str:
    """For the terminal: who lives in the demo and how each signs in; empty in another school."""
    if db.session.scalar(select(Unit).where(Unit.uuid == _uuid("unit", "Red Qantu"))) is None:
        return ""
    lines = [f"Learners of Las Retamas: {address}/g/retamas-demo"]
    lines += [f"  {name:<11} {_said(pin)}" for name, _symbol, _language, pin in _RETAMAS]
    lines += [f"Learners of Las Kantutas: {address}/g/kantutas-demo"]
    lines += [f"  {name:<11} {_said(pin)}" for name, _symbol, _language, pin in _KANTUTAS]
    lines += [f"Staff: {address}/staff/enter"]
    lines += [f"  {role:<11} {user:<10} {word}" for _name, role, _at, user, word in _STAFF]
    return "\n".join(lines) + "\n"


def _units() -> dict[str, Unit]:
    def add(name: str, kind: UnitKind, parent: Unit | None) -> Unit:
        unit = registering.add_unit(name, kind, parent)
        unit.uuid = _uuid("unit", name)
        return unit

    network = add("Red Qantu", UnitKind.NETWORK, None)
    institution = add("Sumaq Wasi", UnitKind.INSTITUTION, network)
    branch = add("Urubamba", UnitKind.BRANCH, institution)
    group = add("Las Retamas", UnitKind.GROUP, branch)
    other = add("Las Kantutas", UnitKind.GROUP, branch)
    return {
        "network": network, "institution": institution, "branch": branch,
        "group": group, "other_group": other,
    }  # fmt: skip


def _staff(role: str, units: dict[str, Unit], hashes: dict[str, str]) -> Person:
    name, held, place, username, password = next(row for row in _STAFF if row[1] == role)
    person = registering.add_person(name, uuid_=_uuid("person", name))
    registering.give_role(person, held, units[place], _BEGAN)
    registering.set_password(person, username, hashes[password])
    return person


def _learners(
    rows: tuple[tuple[str, str, str, str], ...], group: Unit, hashes: dict[str, str]
) -> list[Person]:
    people = []
    for name, symbol, language, pin in rows:
        person = registering.add_person(name, symbol, language, _uuid("person", name))
        registering.give_role(person, Role.LEARNER, group, _BEGAN)
        kind = PinKind.DIGITS if pin.isdigit() else PinKind.PICTURES
        registering.set_pin(person, kind, hashes[pin])
        people.append(person)
    return people


# They have been there for a while, so that what a story did yesterday finds its witnesses.
_BEGAN = datetime(2026, 1, 5, tzinfo=UTC)


def _uuid(what: str, name: str) -> uuid.UUID:
    return uuid.uuid5(_NAMESPACE, f"{what}:{name}")


def _said(pin: str) -> str:
    return pin_as_tapped(pin).replace(",", ", ")


def _hashes() -> dict[str, str]:
    secrets = [row[3] for row in _RETAMAS + _KANTUTAS] + [row[4] for row in _STAFF]
    if not _known_hashes():
        made = comparer().hash_all(secrets)
        _known_hashes().update(zip(secrets, made, strict=True))
    return _known_hashes()


@cache
def _known_hashes() -> dict[str, str]:
    """Made once in a process: tests build the world hundreds of times."""
    return {}
