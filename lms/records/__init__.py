"""What people did: an append-only set of statements, one door in, and what of them counts.

Owns the tables of statements, disputes, refusals, deliveries and device uses. Tells the floors
above by `signals.received` whose progress may have changed. docs/sync.md is its law.
"""

from flask import Flask

from lms.core.i18n import lazy
from lms.people.roles import Role
from lms.people.staff_links import staff_link
from lms.records import handlers, models
from lms.records.routes import bp

__all__ = ["handlers", "init_app", "models"]


def init_app(app: Flask) -> None:
    """Register the door, the problems page and the tables about people."""
    handlers.register()
    staff_link("records.problems", lazy("Statements to look at"), {Role.ADMIN})
    app.register_blueprint(bp)
