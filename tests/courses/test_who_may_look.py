"""Who sees which course, and who gets its pictures, captions and videos; others get 404."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.core.db import db
from lms.courses import queries
from lms.courses.admitting import reads_original
from lms.courses.importing import import_course
from lms.media.models import Original
from lms.media.reading import Openness
from lms.people.models import Person
from lms.people.registering import add_person, add_unit, give_role
from lms.people.roles import Role, UnitKind
from tests.courses.packages import change

PEOPLE = {
    "learner": (Role.LEARNER, "group"),
    "facilitator": (Role.FACILITATOR, "group"),
    "officer": (Role.OFFICER, "branch"),
    "manager": (Role.MANAGER, "ours"),
    "translator": (Role.TRANSLATOR, "ours"),
    "admin": (Role.ADMIN, "ours"),
    "admin above": (Role.ADMIN, "network"),
    "their learner": (Role.LEARNER, "their-group"),
    "their facilitator": (Role.FACILITATOR, "their-group"),
    "their officer": (Role.OFFICER, "theirs"),
    "their admin": (Role.ADMIN, "theirs"),
}
OURS = {one for one in PEOPLE if not one.startswith("their")}


@pytest.fixture
def people(app: Flask) -> dict[str, Person]:
    """Two institutions below one network, and somebody in every role."""
    network = add_unit("Red", UnitKind.NETWORK, None, "network")
    ours = add_unit("Nuestra", UnitKind.INSTITUTION, network, "ours")
    theirs = add_unit("Otra", UnitKind.INSTITUTION, network, "theirs")
    branch = add_unit("Agencia", UnitKind.BRANCH, ours, "branch")
    units = {
        "network": network, "ours": ours, "theirs": theirs, "branch": branch,
        "group": add_unit("Grupo", UnitKind.GROUP, branch, "group"),
        "their-group": add_unit("Grupo", UnitKind.GROUP, theirs, "their-group"),
    }
    found = {}
    for name, (role, unit) in PEOPLE.items():
        found[name] = add_person(name)
        give_role(found[name], role, units[unit])
    found["nobody"] = add_person("nobody")
    db.session.commit()
    return found


def who_sees(people: dict[str, Person]) -> set[str]:
    """Names of the people who see the course; "stranger" too."""
    seen = {name for name, one in people.items() if queries.course_by_slug(one, "mi-tienda")}
    return seen | ({"stranger"} if queries.course_by_slug(None, "mi-tienda") else set())


def published(folder: Path, unit: str | None, *, audience: str = "client", is_open: bool) -> None:
    """Import the example for an owner, an audience, open or not."""
    change(folder, "course.toml", '["client"]', f'["{audience}"]')
    change(folder, "course.toml", "open = true", f"open = {str(is_open).lower()}")
    db.session.commit()
    import_course(folder, unit=unit)


@pytest.mark.parametrize(
    ("unit", "audience", "is_open", "expected"),
    [
        ("ours", "client", True, {*PEOPLE, "nobody", "stranger"}),
        ("ours", "client", False, OURS),
        ("ours", "officer", False, OURS - {"learner"}),
        ("branch", "client", False, OURS),  # staff above the owner see it too
        ("theirs", "client", False, {*PEOPLE} - OURS | {"admin above"}),
        ("network", "client", False, set(PEOPLE)),
        (None, "client", False, set(PEOPLE)),
        (None, "facilitator", False, set(PEOPLE) - {"learner", "their learner"}),
    ],
)
def test_who_sees_a_course(
    people: dict[str, Person], example: Path, unit: str | None, audience: str, is_open: bool,
    expected: set[str],
) -> None:
    published(example, unit, audience=audience, is_open=is_open)
    assert who_sees(people) == expected


def addresses() -> list[str]:
    """Of every picture and caption of the course."""
    [course] = db.session.scalars(queries.select(queries.Course)).all()
    document = queries.document_of(queries.latest_version(course))
    return sorted(f"/files/{name}" for lesson in document.lessons() for name in lesson.files)


def test_files_of_a_closed_course_are_for_those_who_see_it(
    app: Flask, people: dict[str, Person], example: Path,
    signed_in: Callable[[FlaskClient, Any], FlaskClient],
) -> None:
    published(example, "ours", is_open=False)
    files = addresses()
    assert len(files) == 7  # two pictures, captions, four spoken clips
    stranger = app.test_client()
    for address in files:
        assert stranger.get(address).status_code == 404
    for name, person in people.items():
        browser = signed_in(app.test_client(), person)
        for address in files:
            answer = browser.get(address)
            assert answer.status_code == (200 if name in OURS else 404), f"{name} {address}"
            if name in OURS:
                assert answer.headers["Cache-Control"].startswith("private, ")
                assert "immutable" in answer.headers["Cache-Control"]
    [video] = db.session.scalars(
        queries.select(Original).order_by(Original.id).limit(1)
    ).all()
    for name, person in people.items():
        expected = Openness.PRIVATE if name in OURS else Openness.REFUSED
        assert reads_original(person, video) is expected, name
    assert reads_original(None, video) is Openness.REFUSED


def test_files_of_an_open_course_are_for_all_and_never_change(
    app: Flask, example: Path, client: FlaskClient
) -> None:
    published(example, None, is_open=True)
    for address in addresses():
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304
        assert client.head(address).status_code == 200
    drawing = next(one for one in addresses() if one.endswith(".svg"))
    answer = client.get(drawing)
    assert answer.mimetype == "image/svg+xml"
    assert answer.data in {
        (example / "lessons" / "el-cuaderno" / name).read_bytes()
        for name in ("poster.svg", "nada.svg")
    }
    video = db.session.scalars(queries.select(Original).limit(1)).one()
    assert reads_original(None, video) is Openness.OPEN


@pytest.mark.parametrize(
    "address",
    [
        "/files/" + "0" * 64 + ".svg", "/files/" + "0" * 64, "/files/../course.toml",
        "/files/..%2f..%2fetc%2fpasswd", "/files/" + "0" * 64 + ".toml", "/files/",
    ],
)
def test_there_is_nothing_else(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code in {401, 404}


def test_sources_are_not_served(app: Flask, example: Path, client: FlaskClient) -> None:
    """quiz.toml holds the right answers of an exam."""
    from lms.core.storage import storage

    published(example, None, is_open=True)
    for name in storage().names("sources"):
        digest = name.partition("/")[2]
        for address in (f"/files/{digest}", f"/files/{digest}.toml", f"/m/{digest[:32]}.mp4"):
            assert client.get(address).status_code in {401, 404}
