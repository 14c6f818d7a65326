"""A whole lesson without script: plain forms, kept by the centre itself."""

import re
import uuid
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from lms.core.db import db
from lms.learning.models import LessonProgress
from lms.quizzes.models import Attempt
from tests.learning.school import in_version, publish, quiz, quiz_of


@pytest.fixture
def rosa(client: FlaskClient, world: Any, signed_in: Any) -> FlaskClient:
    """Rosa's old browser."""
    signed_in(client, world.rosa)
    return client


def hidden(page: str) -> dict[str, str]:
    """The form's hidden fields."""
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))


def address(course: Any, page: str = "l") -> str:
    return f"/{page}/{in_version(course, 'uno').short}/{course.number}/es/form"


def answer(client: FlaskClient, path: str, **given: Any) -> Any:
    """Open the page, answer its question, and give the answer to that."""
    return client.post(path, data={**hidden(client.get(path).text), **given})


def kept() -> LessonProgress | None:
    db.session.rollback()
    return db.session.scalar(select(LessonProgress))


def test_a_whole_lesson(rosa: FlaskClient) -> None:
    course = publish()
    lesson = address(course)
    page = rosa.get(lesson)
    assert page.headers["Cache-Control"] == "no-store"
    assert "<script type=\"application/json\"" not in page.text
    done = rosa.post(lesson, data=hidden(page.text))
    assert (done.status_code, done.headers["Location"]) == (303, address(course, "q"))
    row = kept()
    assert row is not None
    assert (row.is_watched, row.seconds_seen) == (True, 100)

    wrong = answer(rosa, address(course, "q"), choice="b")
    assert "Sobre la b." in wrong.text
    assert f'{address(course)}#t=12"' in wrong.text
    assert hidden(wrong.text)["question"] == "q1"
    right = answer(rosa, address(course, "q"), choice="a")
    assert "Así es." in right.text
    page = rosa.get(address(course, "q")).text
    assert hidden(page)["question"] == "q2"
    last = answer(rosa, address(course, "q"), choice="a")
    assert f"/f/{in_version(course, 'uno').short}/es" in last.text
    row = kept()
    assert row is not None
    assert row.completed_by == "watched+answered"
    tried = db.session.scalars(select(Attempt)).one()
    assert (tried.right, tried.right_at_once, tried.number) == (2, 1, 1)


def test_nothing_is_written_without_its_token(rosa: FlaskClient) -> None:
    course = publish()
    assert rosa.post(address(course), data={"watched": "yes"}).status_code == 400
    assert rosa.post(address(course, "q"), data={"attempt": str(uuid.uuid4()), "question": "q1",
                                                 "choice": "a"}).status_code == 400
    assert kept() is None


@pytest.mark.parametrize("given", [{}, {"choice": "zebra"}, {"number": "3"}])
def test_an_empty_answer_asks_again(rosa: FlaskClient, given: dict[str, str]) -> None:
    course = publish()
    page = answer(rosa, address(course, "q"), **given)
    assert page.status_code == 200
    assert hidden(page.text)["question"] == "q1"
    assert kept() is None


@pytest.mark.parametrize("field", ["attempt", "question"])
def test_a_form_that_was_tampered_with_is_refused(rosa: FlaskClient, field: str) -> None:
    course = publish()
    assert answer(rosa, address(course, "q"), **{field: "nothing", "choice": "a"}
                  ).status_code == 404


@pytest.mark.parametrize(
    ("entered", "is_right"),
    [("26", True), ("26.00", True), (" 26,0 ", True), ("25.99", False), ("2600", False),
     ("26.001", None), ("many", None), ("", None), ("NaN", None), ("Infinity", None),
     ("1e400", None)],
)
def test_money_is_entered_as_people_write_it(
    rosa: FlaskClient, entered: str, is_right: bool | None
) -> None:
    asked = {"key": "vuelto", "kind": "number", "text": {"es": "¿Vuelto?"},
             "number": {"value": 2600, "decimals": 2, "is_money": True}}
    course = publish(lessons=[{"slug": "uno", "quiz": quiz_of(asked)}])
    page = answer(rosa, address(course, "q"), number=entered)
    assert page.status_code == 200
    tried = db.session.scalar(select(Attempt))
    assert (None if tried is None else tried.is_passed) is is_right


def test_the_limit_of_attempts_ends_the_exam(rosa: FlaskClient) -> None:
    course = publish(
        lessons=[{"slug": "uno", "quiz": quiz("q1", "q2", kind="exam", attempt_limit=1)}])
    path = address(course, "q")
    for _ in range(2):
        done = answer(rosa, path, choice="b")
        assert done.status_code == 303
        assert "Sobre" not in done.text
    assert "/f/" in done.headers["Location"]
    assert "/f/" in rosa.get(path).headers["Location"]
    db.session.rollback()
    assert [one.right for one in db.session.scalars(select(Attempt))] == [0]


def test_a_visitor_may_try_but_nothing_of_hers_is_kept(client: FlaskClient, world: Any) -> None:
    course = publish(is_open=True)
    done = client.post(address(course), data=hidden(client.get(address(course)).text))
    assert done.status_code == 303
    page = client.get(done.headers["Location"]).text
    for key in ("q1", "q2"):
        assert hidden(page)["question"] == key
        form = re.findall(r'method="post" action="(/q/[^"]+)"', page)[0].replace("&amp;", "&")
        marked = client.post(form, data={**hidden(page), "choice": "a"})
        onward = re.findall(r'href="(/[qf]/[^"]+)"', marked.text)[-1].replace("&amp;", "&")
        page = client.get(onward).text
    assert onward.startswith("/f/")
    assert kept() is None
