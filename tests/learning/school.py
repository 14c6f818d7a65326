"""A small course as its published rows, and a phone that sends statements over HTTP."""

import uuid
from datetime import datetime
from typing import Any

from flask.testing import FlaskClient

from lms.core import clock
from lms.core.db import db
from lms.core.ids import new_uuid, short_id
from lms.courses.document import (
    Audience,
    LanguageOfCourse,
    LanguageState,
    LessonDocument,
    ModuleDocument,
    VersionDocument,
    Video,
)
from lms.courses.models import Course, CourseVersion, Lesson
from lms.courses.signals import published
from lms.people.models import Unit
from lms.quizzes.quiz import Quiz

OURS = {"Origin": "http://localhost"}
RULE = (("watched", "answered"), ("took_part",))


def digest(name: str) -> str:
    """An original's digest for a short name."""
    return f"{uuid.uuid5(uuid.NAMESPACE_OID, name).hex * 2}"


def question(key: str, right: str = "a") -> dict[str, Any]:
    """A question with the choices a and b."""
    return {
        "key": key, "kind": "one", "text": {"es": f"¿{key}?"},
        "explained_at": {"es": 12},
        "feedback": {"right": {"es": "Así es."}, "wrong": {"es": "Miremos otra vez."}},
        "choices": [
            {"key": one, "text": {"es": f"La {one}"}, "is_right": one == right,
             "feedback": {"es": f"Sobre la {one}."} if one == "b" else {}}
            for one in "ab"
        ],
    }


def quiz(*keys: str, **more: Any) -> Quiz:
    """A practice quiz of questions whose right choice is a."""
    return quiz_of(*map(question, keys), **more)


def quiz_of(*questions: dict[str, Any], **more: Any) -> Quiz:
    """A published quiz of these questions."""
    return Quiz.model_validate({"questions": list(questions), **more}).with_files({})


def lesson(course: uuid.UUID, slug: str, **more: Any) -> LessonDocument:
    """A lesson of 100 seconds in Spanish and a Quechua draft, with two questions."""
    own = uuid.uuid5(course, slug)
    return LessonDocument(**{
        "slug": slug, "uuid": own, "short": short_id(own), "title": {"es": f"Lección {slug}"},
        "videos": {"es": Video(original=digest(f"{slug}-es"), duration_seconds=100.4),
                   "quz": Video(original=digest(f"{slug}-quz"), duration_seconds=90.0)},
        "quiz": quiz("q1", "q2"), "complete_when": RULE, **more,
    })


def publish(
    slug: str = "curso", lessons: list[dict[str, Any]] | None = None, *, at: datetime | None = None,
    unit: Unit | None = None, is_open: bool = False,
    audience: tuple[Audience, ...] = (Audience.CLIENT,),
) -> VersionDocument:
    """Publish a version of a course in the open transaction, as an import would."""
    own = uuid.uuid5(uuid.NAMESPACE_OID, slug)
    course = db.session.query(Course).filter_by(uuid=own).one_or_none()
    if course is None:
        course = Course(uuid=own, slug=slug, unit_id=unit and unit.id, is_open=is_open,
                        is_for_clients=Audience.CLIENT in audience)
        db.session.add(course)
        db.session.flush()
    number = db.session.query(CourseVersion).filter_by(course_id=course.id).count() + 1
    made = [lesson(own, **one) for one in lessons or [{"slug": "uno"}, {"slug": "dos"}]]
    document = VersionDocument(
        slug=slug, course=own, version=uuid.uuid5(own, f"version {number}"), number=number,
        title={"es": slug}, audience=audience, is_open=is_open,
        languages={"es": LanguageOfCourse(state=LanguageState.REVIEWED),
                   "quz": LanguageOfCourse(state=LanguageState.DRAFT)},
        modules=(ModuleDocument(slug="m1", title={"es": "Módulo"}, lessons=tuple(made)),),
    )
    version = CourseVersion(
        uuid=document.version, course_id=course.id, number=number, digest=digest(f"{own}{number}"),
        document=document.model_dump(mode="json"), published_at=at or clock.now(),
    )
    db.session.add(version)
    for one in made:
        if not db.session.query(Lesson).filter_by(uuid=one.uuid).count():
            db.session.add(Lesson(uuid=one.uuid, course_id=course.id, slug=one.slug,
                                  short=one.short))
    db.session.flush()
    published.send(None, version=version, lessons={one.uuid for one in made})
    return document


class Phone:
    """A browser's outbox in Python: numbers statements and posts them in batches."""

    def __init__(self, client: FlaskClient, person: Any) -> None:
        self.client = client
        self.actor = str(person.uuid)
        self.device, self.secret = str(new_uuid()), "a secret of this phone, long enough to be one"
        self.seq = 0

    def wrote(self, verb: str, **fields: Any) -> dict[str, Any]:
        """One statement, not sent yet."""
        self.seq += 1
        at = fields.pop("at", clock.now_ms())
        return {
            "id": str(new_uuid()), "seq": self.seq, "at": at, "actor": self.actor, "verb": verb,
            **{name: str(v) if isinstance(v, uuid.UUID) else v for name, v in fields.items()},
        }

    def saw(self, of: VersionDocument, slug: str, *spans: list[int], **more: Any) -> dict[str, Any]:
        """Seconds of the Spanish video."""
        one = in_version(of, slug)
        return self.wrote("progressed", lesson=one.uuid, version=of.version,
                          original=one.videos["es"].original, data={"seen": list(spans)}, **more)

    def answered(
        self, of: VersionDocument, slug: str, attempt: uuid.UUID, key: str, choice: str, **more: Any
    ) -> dict[str, Any]:
        """One answer."""
        return self.wrote(
            "answered", lesson=in_version(of, slug).uuid, version=of.version,
            data={"attempt": str(attempt), "question": key, "choices": [choice]}, **more)

    def send(self, *statements: dict[str, Any]) -> list[str]:
        """Post them; what was answered for each."""
        answer = self.client.post(
            "/statements", headers=OURS,
            json={"device": self.device, "secret": self.secret, "now": clock.now_ms(),
                  "statements": list(statements)})
        assert answer.status_code == 200, answer.text
        return [one["is"] for one in answer.json["answers"]]


def in_version(of: VersionDocument, slug: str) -> LessonDocument:
    """A version's lesson by its slug."""
    return next(one for one in of.lessons() if one.slug == slug)
