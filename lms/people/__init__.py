"""Who is in the house: units, people and their roles, devices, and signing in.

It owns what is known of a person besides what she did (records) and what she learned (learning):
her name, symbol, logins, roles and sign-ins; and the two registries of people's rights.
"""

from flask import Flask


def init_app(app: Flask) -> None:
    """Make the tables, the doors and the commands known."""
    from lms.people import (  # noqa: F401  # models, views and reconcilers register by import
        doors,
        erasing,
        forgetting,
        hashing,
        kept_pages,
        members,
        models,
        pin_routes,
        staff_links,
        staff_routes,
    )
    from lms.people.routes import bp

    hashing.init_app(app)
    kept_pages.init_app(app)
    members.init_app(app)
    staff_links.init_app(app)
    doors.init_app(app)
    erasing.register()
    app.register_blueprint(bp)
