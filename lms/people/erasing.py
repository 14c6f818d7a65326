"""What this feature keeps about somebody, and how it lets go of it."""

from sqlalchemy import delete, select, update

from lms.core import clock
from lms.core.audit import AuditEntry
from lms.core.db import db
from lms.people import rights, throttling
from lms.people.models import Person, RoleHeld
from lms.people.roles import Role
from lms.people.signing_in_models import PasswordLogin, PinLogin, SignIn, Throttle

_TABLES = (
    "people", "roles_held", "password_logins", "pin_logins", "sign_ins", "throttles",
    "audit_entries", "tombstones",
)  # fmt: skip


def about(person: Person) -> rights.Rows:
    """Her rows by table, what staff did about her included; hashes are left out."""
    subject = throttling.of_person(person.uuid)
    found = {"people": rights.as_rows([person])}
    for model in (RoleHeld, PasswordLogin, PinLogin, SignIn):
        rows = db.session.scalars(select(model).where(model.person_id == person.id)).all()
        found[model.__tablename__] = rights.as_rows(list(rows))
    found["throttles"] = [
        {"reserved_at": at}
        for at in db.session.scalars(
            select(Throttle.reserved_at).where(
                Throttle.kind == subject.kind, Throttle.key == subject.key
            )
        )
    ]
    found["audit_entries"] = rights.as_rows(
        list(
            db.session.scalars(
                select(AuditEntry).where(
                    (AuditEntry.subject == person.uuid) | (AuditEntry.actor == person.uuid)
                )
            )
        )
    )
    return found


def erase(person: Person) -> None:
    """Delete her rows and logins; staff roles stay by uuid alone, for what she witnessed.

    The audit log keeps the random uuid, which after this leads to nobody.
    """
    for model in (PasswordLogin, PinLogin, SignIn):
        db.session.execute(delete(model).where(model.person_id == person.id))
    subject = throttling.of_person(person.uuid)
    throttling.clear(db.session.connection(), subject)
    now = clock.now()
    still = RoleHeld.person_id == person.id
    db.session.execute(
        delete(RoleHeld).where(still, (RoleHeld.role == Role.LEARNER) | (RoleHeld.began_at > now))
    )
    db.session.execute(
        update(RoleHeld).where(still, RoleHeld.ended_at.is_(None)).values(ended_at=now)
    )
    db.session.execute(update(RoleHeld).where(still).values(person_id=None))
    db.session.execute(delete(Person).where(Person.id == person.id))
    db.session.expire_all()


def register() -> None:
    """Enter this feature's tables, and those of the ground floor, in the registries."""
    rights.keeps("people", tables=_TABLES, about=about, erase=erase)
    rights.impersonal("places, not people", "units", "group_links")
    rights.impersonal("a writer of statements, which knows no person", "devices")
    rights.impersonal("a browser and the groups it shows, no person", "pairings", "paired_groups")
    rights.impersonal("work for machines: kinds and keys", "jobs")
