"""From statements over HTTP to what is kept: progress, attempts, completion, and rebuilding."""

import random
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select, update

from lms.core import clock as house_clock
from lms.core.db import db
from lms.core.jobs import claim, perform
from lms.learning import handlers
from lms.learning.cli import learning
from lms.learning.models import Completion, Enrolment, HowCertain, LessonProgress
from lms.learning.rebuilding import rebuild
from lms.people.rights import kept_about
from lms.quizzes.models import Attempt
from tests.learning.school import Phone, digest, in_version, publish

TABLES = (LessonProgress, Attempt, Enrolment, Completion)


@pytest.fixture
def rosa(client: FlaskClient, world: Any, signed_in: Callable[..., FlaskClient]) -> Phone:
    """Rosa's phone, signed in."""
    return Phone(signed_in(client, world.rosa), world.rosa)


def kept() -> dict[str, list[dict[str, Any]]]:
    """Every row of what learning keeps, without the rows' own numbers."""
    db.session.rollback()
    return {
        model.__tablename__: sorted(
            ({c.key: getattr(row, c.key) for c in model.__table__.columns if c.key != "id"}
             for row in db.session.scalars(select(model))), key=repr)
        for model in TABLES
    }


def progress(phone: Phone, lesson: uuid.UUID) -> LessonProgress | None:
    db.session.rollback()
    return db.session.get(LessonProgress, (uuid.UUID(phone.actor), lesson))


def test_watching_and_answering_completes_a_lesson_and_then_the_course(
    rosa: Phone, clock: Any
) -> None:
    course = publish()
    attempt = uuid.uuid4()
    for slug in ("uno", "dos"):
        clock.advance(minutes=5)
        assert set(rosa.send(
            rosa.saw(course, slug, [0, 40]), rosa.saw(course, slug, [40, 100]),
            rosa.answered(course, slug, attempt, "q1", "b"),
            rosa.answered(course, slug, attempt, "q1", "a"),
            rosa.answered(course, slug, attempt, "q2", "a"),
        )) == {"taken"}
        row = progress(rosa, in_version(course, slug).uuid)
        assert row is not None
        assert (row.seconds_seen, row.completed_by) == (100, "watched+answered")
        assert (row.completed_at, row.completed_certainty) == (clock.moment, HowCertain.EXACT)
        is_over = slug == "dos"
        assert bool(db.session.scalar(select(Completion))) == is_over
    tried = db.session.scalars(select(Attempt)).all()
    assert [(one.number, one.right, one.right_at_once, one.asked, one.is_passed)
            for one in tried] == [(1, 2, 1, 2, True)] * 2
    done = db.session.scalars(select(Completion)).one()
    assert (done.completed_at, done.version_uuid) == (clock.moment, course.version)
    enrolled = db.session.scalars(select(Enrolment)).one()
    assert enrolled.uuid == Enrolment.uuid_of(done.person_uuid, done.course_uuid)


def test_the_same_again_changes_nothing(rosa: Phone) -> None:
    course = publish()
    batch = [rosa.saw(course, "uno", [0, 60]), rosa.saw(course, "uno", [50, 70])]
    rosa.send(*batch)
    before = kept()
    assert rosa.send(*reversed(batch)) == ["known", "known"]
    assert kept() == before
    row = progress(rosa, in_version(course, "uno").uuid)
    assert row is not None
    assert row.seen == {digest("uno-es"): [[0, 70]]}


def test_a_course_that_comes_after_its_statements(rosa: Phone) -> None:
    with db.session.begin_nested() as later:
        course = publish()
        later.rollback()
    attempt = uuid.uuid4()
    rosa.send(rosa.saw(course, "uno", [0, 100]), rosa.answered(course, "uno", attempt, "q1", "a"),
              rosa.answered(course, "uno", attempt, "q2", "a"))
    row = progress(rosa, in_version(course, "uno").uuid)
    assert row is not None
    assert (row.course_uuid, row.completed_at, row.seen) == (None, None, {})
    assert db.session.scalars(select(Attempt)).one().asked is None
    publish()
    db.session.commit()
    row = progress(rosa, in_version(course, "uno").uuid)
    assert row is not None
    assert (row.course_uuid, row.completed_by) == (course.course, "watched+answered")
    assert db.session.scalars(select(Attempt)).one().right == 2


def test_a_new_version_takes_no_completion_away_and_says_what_is_new(rosa: Phone) -> None:
    first = publish(lessons=[{"slug": "uno", "quiz": None, "complete_when": [["watched"]]}])
    rosa.send(rosa.saw(first, "uno", [0, 100]))
    publish(lessons=[
        {"slug": "uno", "videos": {"es": {"original": digest("new"), "duration_seconds": 300.0}}},
        {"slug": "dos"},
    ])
    db.session.commit()
    row = progress(rosa, in_version(first, "uno").uuid)
    assert row is not None
    assert row.completed_by == "watched"
    assert db.session.scalars(select(Completion)).one().version_uuid == first.version


def test_many_people_are_computed_anew_by_a_job(
    rosa: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = publish()
    rosa.send(rosa.saw(first, "uno", [0, 95]), rosa.saw(first, "dos", [0, 95]))
    monkeypatch.setattr(handlers, "AT_ONCE", 1)
    publish(lessons=[{"slug": one, "quiz": None, "complete_when": [["watched"]]}
                     for one in ("uno", "dos")])
    db.session.commit()
    assert db.session.scalar(select(Completion)) is None
    db.session.rollback()
    work = claim({"learning.refresh"})
    assert work is not None
    perform(work)
    assert db.session.scalars(select(Completion)).one()


def test_a_statement_that_is_taken_back_takes_its_progress_with_it(rosa: Phone) -> None:
    course = publish()
    attempt = uuid.uuid4()
    watched = rosa.saw(course, "uno", [0, 100])
    answers = [rosa.answered(course, "uno", attempt, key, "a") for key in ("q1", "q2")]
    rosa.send(watched, *answers)
    lesson = in_version(course, "uno").uuid
    assert getattr(progress(rosa, lesson), "completed_at", None)
    rosa.send(rosa.wrote("voided", target=uuid.UUID(answers[0]["id"])))
    row = progress(rosa, lesson)
    assert row is not None
    assert (row.completed_at, row.is_watched, row.is_answered) == (None, True, False)
    rosa.send(*(rosa.wrote("voided", target=uuid.UUID(one["id"])) for one in (watched, answers[1])))
    assert kept() == {model.__tablename__: [] for model in TABLES}


def test_rebuilding_from_nothing_gives_the_same(rosa: Phone, world: Any, app: Flask) -> None:
    course = publish()
    dice = random.Random(7)
    tries = [uuid.uuid4(), uuid.uuid4()]
    for _ in range(6):
        slug = dice.choice(["uno", "dos"])
        rosa.send(*(
            rosa.saw(course, slug, [begin := dice.randrange(90), begin + 30])
            if dice.random() < 0.6 else
            rosa.answered(course, slug, dice.choice(tries), dice.choice(["q1", "q2"]),
                          dice.choice("ab"))
            for _ in range(5)
        ))
    before = kept()
    assert before["attempts"]
    for damage in (
        [delete(model) for model in TABLES],
        [update(LessonProgress).values(seen={}, is_watched=True, completed_by="guess"),
         delete(Attempt), update(Enrolment).values(began_at=None)],
    ):
        for statement in damage:
            db.session.execute(statement)
        stranger = uuid.uuid4()
        db.session.add_all([
            LessonProgress(person_uuid=stranger, lesson_uuid=stranger, seen={}, seconds_seen=9,
                           is_watched=True, is_answered=True, took_part=True),
            Enrolment(person_uuid=stranger, course_uuid=course.course, uuid=stranger),
        ])
        db.session.commit()
        assert kept() != before
        rebuild()
        assert kept() == before
    result = app.test_cli_runner().invoke(learning, ["rebuild"])
    assert result.exit_code == 0, result.output
    assert kept() == before


def test_progress_of_others_is_left_alone(
    rosa: Phone, world: Any, app: Flask, signed_in: Callable[..., FlaskClient]
) -> None:
    course = publish()
    elena = Phone(signed_in(app.test_client(), world.learners[2]), world.learners[2])
    elena.send(elena.saw(course, "uno", [0, 50]))
    attempt = uuid.uuid4()
    elena.send(elena.answered(course, "uno", attempt, "q1", "a"))
    rosa.send(rosa.saw(course, "uno", [0, 10]), rosa.answered(course, "uno", attempt, "q1", "b"))
    row = progress(elena, in_version(course, "uno").uuid)
    assert row is not None
    assert row.seconds_seen == 50
    assert sorted((one.right or 0) for one in db.session.scalars(select(Attempt))) == [0, 1]


def test_she_may_see_what_is_kept_about_her(rosa: Phone, world: Any) -> None:
    course = publish()
    rosa.send(rosa.saw(course, "uno", [0, 50]))
    db.session.rollback()
    found = kept_about(world.rosa)
    assert [row["seconds_seen"] for row in found["lesson_progress"]] == [50]
    assert len(found["enrolments"]) == 1


def test_a_clock_that_is_a_day_behind_is_set_right(rosa: Phone, clock: Any) -> None:
    course = publish()
    clock.advance(days=3)
    behind = 86_400_000
    statement = rosa.saw(course, "uno", [0, 100], at=house_clock.now_ms() - behind)
    answer = rosa.client.post("/statements", headers={"Origin": "http://localhost"}, json={
        "device": rosa.device, "secret": rosa.secret, "now": house_clock.now_ms() - behind,
        "statements": [statement]})
    assert answer.json["answers"][0]["is"] == "taken"
    row = progress(rosa, in_version(course, "uno").uuid)
    assert row is not None
    assert row.began_at == clock.moment


def test_who_was_at_the_meeting_took_part(
    client: FlaskClient, world: Any, signed_in: Callable[..., FlaskClient], clock: Any
) -> None:
    """Shown and asked by her group's facilitator, on the facilitator's phone."""
    course = publish()
    one = in_version(course, "uno")
    phone = Phone(signed_in(client, world.facilitator), world.facilitator)
    meeting = uuid.uuid4()
    about = {"meeting": meeting, "group": world.group.uuid, "witness": world.facilitator.uuid}
    as_group = about | {"actor": world.group.uuid, "actor_kind": "group", "lesson": one.uuid,
                        "version": course.version}
    present = [phone.wrote("attended", **about, actor=who.uuid) for who in world.learners[:2]]
    shown = phone.wrote("experienced", **as_group)
    asked = phone.wrote("answered", **as_group,
                        data={"question": "q1", "round": 1, "counts": {"a": 12, "?": 3}})
    assert set(phone.send(asked, *present)) == {"taken"}
    assert not db.session.scalars(select(LessonProgress).where(LessonProgress.took_part)).all()
    clock.advance(minutes=1)
    assert phone.send(shown) == ["taken"]
    db.session.rollback()
    rows = db.session.scalars(select(LessonProgress)).all()
    assert {row.person_uuid for row in rows} == {who.uuid for who in world.learners[:2]}
    assert {(row.took_part, row.is_watched, row.completed_by) for row in rows} == {
        (True, False, "took_part")
    }


@pytest.mark.parametrize("seed", range(4))
def test_any_order_in_any_batches_ends_in_the_same_rows(
    seed: int, make_app: Callable[..., Flask], clock: Any
) -> None:
    """Two schools hear the same from one phone: one in order, one shuffled, doubled and cut."""
    from lms.records.receiving import Batch, receive
    from lms.seed import build_world

    dice = random.Random(seed)
    ends = []
    written: list[dict[str, Any]] = []
    for is_shuffled in (False, True):
        app = make_app()
        with app.app_context():
            world = build_world()
            course = publish() if not is_shuffled else None
            db.session.commit()
            phone = Phone(app.test_client(), world.rosa)
            if course:
                tries = [uuid.UUID(int=dice.getrandbits(128), version=4) for _ in range(2)]
                for _ in range(25):
                    begin = dice.randrange(95)
                    written.append(
                        phone.saw(course, "uno", [begin, begin + 9]) if dice.random() < 0.7 else
                        phone.answered(course, "uno", dice.choice(tries),
                                       dice.choice(["q1", "q2"]), dice.choice("ab")))
                taken_back = dice.choice(written)
                written.append(phone.wrote("voided", target=uuid.UUID(taken_back["id"])))
            arriving = list(written)
            if is_shuffled:
                arriving += dice.sample(written, 8)
                dice.shuffle(arriving)
            while arriving:
                size = dice.randrange(1, 9) if is_shuffled else 200
                part, arriving = arriving[:size], arriving[size:]
                batch = Batch(uuid.UUID(int=7), phone.secret, house_clock.now_ms(), part)
                receive(batch, sender=world.rosa.uuid)
                db.session.commit()
            if is_shuffled:
                publish()
                db.session.commit()
            ends.append(kept())
    assert ends[0]["lesson_progress"]
    assert ends[0] == ends[1]
