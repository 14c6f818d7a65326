"""What people did: an append-only set of statements, one door in, and what of them counts.

Owns the tables of statements, disputes, refusals, deliveries and device uses. Tells the floors
above by `signals.received` whose progress may have changed. docs/sync.md is its law.
"""

from flask import Flask

from lms.records import handlers, models
from lms.records.routes import bp

__all__ = ["handlers", "init_app", "models"]


def init_app(app: Flask) -> None:
    """Register the door, the problems page and the tables about people."""
    handlers.register()
    app.register_blueprint(bp)
