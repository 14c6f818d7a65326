"""Originals and the ladder of small files that each becomes: taking in, encoding, serving.

It owns the tables `originals`, `original_holders` and `renditions`, the files below `originals/`,
`renditions/` and `masters/` of the storage, the job `media.encode`, `/m/…` and `/media`. Who may
read a rendition is told by the floors above (`reading.readers`).
"""

from typing import TYPE_CHECKING

from lms.core.i18n import lazy

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: "Flask") -> None:
    """Make the tables, jobs, routes and commands known. Imported here: the ladder needs no app."""
    from lms.media import jobs, models, reconciling, routes  # noqa: F401  registered by import
    from lms.media.reading import reads
    from lms.people.rights import impersonal
    from lms.people.roles import Role
    from lms.people.staff_links import staff_link

    reads(routes.admins_look)
    impersonal(
        "videos and what is made of them", "originals", "original_holders", "renditions",
    )
    staff_link("media.originals", lazy("Videos"), {Role.ADMIN})
    app.register_blueprint(routes.bp)
