"""What learning keeps about somebody: her progress, attempts, enrolments and completions."""

from sqlalchemy import select

from lms.core.db import db
from lms.learning.models import Completion, Enrolment, LessonProgress
from lms.people import rights
from lms.people.models import Person
from lms.quizzes.models import Attempt

_MODELS = (LessonProgress, Enrolment, Completion, Attempt)


def about(person: Person) -> rights.Rows:
    """Her rows by table."""
    return {
        model.__tablename__: rights.as_rows(
            list(db.session.scalars(select(model).where(model.person_uuid == person.uuid)))
        )
        for model in _MODELS
    }


def erase(person: Person) -> None:
    """Nothing to delete: a random uuid that leads to nobody stays, so that counts stay true."""


def register() -> None:
    """Enter the tables in the registries of people's rights."""
    tables = tuple(model.__tablename__ for model in _MODELS)
    rights.keeps("learning", tables=tables, about=about, erase=erase)
