"""Courses as folders of plain files, published as versions that never change.

It owns the format of a course's folder (docs/course-format.md) and its check, the tables of
courses, versions, lessons and their files, the files below `sources/` and `files/` of the storage,
`/files/…`, the job `courses.import` and the commands `lms courses …`. It tells `media` who may
read a video.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: "Flask") -> None:
    """Make the tables, the job, the route and who may read what known."""
    from lms.courses import jobs, models, routes  # noqa: F401  registered by import
    from lms.courses.admitting import reads_original
    from lms.media.reading import reads
    from lms.people.rights import impersonal

    app.extensions["yachay.courses.documents"] = {}
    reads(reads_original)
    impersonal(
        "courses say nothing about a person",
        "courses", "course_versions", "lessons", "course_files", "version_contents", "films",
    )
    app.register_blueprint(routes.bp)
