"""Who may read what a course shows: its videos' renditions, and its pictures, sounds, captions."""

from sqlalchemy import select

from lms.core.db import db
from lms.courses.models import Course, CourseVersion, VersionContent
from lms.media.models import Original
from lms.media.reading import Openness
from lms.people.models import Person


def openness_of(person: Person | None, name: str) -> Openness:
    """How open the stored file `name` is to a person (None: a stranger), over all courses."""
    shown_in = (
        select(CourseVersion.course_id)
        .join(VersionContent, VersionContent.version_id == CourseVersion.id)
        .where(VersionContent.name == name)
    )
    seen = db.session.scalars(
        Course.visible_to(person).order_by(None)
        .with_only_columns(Course.is_open).where(Course.id.in_(shown_in)).distinct()
    ).all()
    if not seen:
        return Openness.REFUSED
    return Openness.OPEN if any(seen) else Openness.PRIVATE


def reads_original(person: Person | None, original: Original) -> Openness:
    """What `media` asks: whether a course that she may look at shows this video."""
    return openness_of(person, original.storage_name)
