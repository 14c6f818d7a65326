"""The example of docs/course-format.md goes in, comes out the same; going in again is nothing."""

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from lms.core.db import db
from lms.core.jobs import Job
from lms.core.storage import storage
from lms.courses import queries
from lms.courses.models import Course, CourseFile, CourseVersion, Lesson, VersionContent
from lms.media.models import Original
from tests.courses.packages import change, tree

Command = Callable[..., tuple[int, str]]
TABLES = (Course, CourseVersion, Lesson, CourseFile, VersionContent, Original, Job)


def counts() -> dict[str, int]:
    """How many rows each table has."""
    db.session.rollback()
    return {
        table.__tablename__: db.session.scalar(select(func.count()).select_from(table))
        for table in TABLES
    }


def stored() -> list[str]:
    """Everything in the storage but the compressed assets."""
    root = storage().root
    return sorted(str(file.relative_to(root)) for file in root.rglob("*") if file.is_file())


def test_the_example_of_the_page_is_right(lms: Command, example: Path) -> None:
    code, words = lms("check", example)
    assert code == 0, words
    assert words.count("\n") == 1, words  # no advice either


def test_the_document_says_what_the_folder_says(app: Flask, lms: Command, example: Path) -> None:
    assert lms("import", example)[0] == 0
    [course] = queries.courses_for(None)
    version = queries.latest_version(course)
    document = queries.document_of(version)
    assert (document.slug, document.number, document.is_open) == ("mi-tienda", 1, True)
    assert document.title == {"es": "Mi tienda", "quz": "Tienday"}
    assert document.is_draft("quz")
    assert not document.is_draft("es")
    first, second = document.lessons()
    assert set(first.videos) == {"es", "quz"}
    assert abs(first.videos["es"].duration_seconds - 2) < 0.2
    assert first.videos["es"].original == second.videos["es"].original
    assert second.prerequisites == (first.uuid,)
    assert second.is_sensitive
    assert second.watched_percent == 80
    assert second.complete_when == (("watched",),)
    assert first.complete_when == (("watched", "answered"), ("took_part",))
    assert first.quiz is not None
    assert first.quiz.questions[0].choices[0].picture == first.poster
    for name in first.files:
        assert storage().exists(f"files/{name}")
    lesson = queries.lesson_by_short(None, first.short)
    assert lesson is not None
    assert lesson.uuid == first.uuid
    assert [each.id for each in queries.versions_of_lesson(first.uuid)] == [version.id]


def test_the_same_content_changes_nothing(app: Flask, lms: Command, example: Path) -> None:
    lms("import", example)
    rows, files = counts(), stored()
    code, words = lms("import", example)
    assert code == 0
    assert "1" in words
    assert (counts(), stored()) == (rows, files)


def test_export_gives_the_folder_back(
    app: Flask, lms: Command, example: Path, tmp_path: Path
) -> None:
    (example / "notes").mkdir()
    (example / "notes" / "leeme.md").write_bytes(b"unused, and kept\r\n\xff")
    lms("import", example)
    rows = counts()
    assert lms("export", "mi-tienda", "--out", tmp_path / "out" / "mi-tienda")[0] == 0
    assert tree(tmp_path / "out" / "mi-tienda") == tree(example)
    lms("import", tmp_path / "out" / "mi-tienda")
    assert counts() == rows


def test_a_zip_goes_round_too(app: Flask, lms: Command, example: Path, tmp_path: Path) -> None:
    lms("import", example)
    rows = counts()
    assert lms("export", "mi-tienda", "--out", tmp_path / "a.zip")[0] == 0
    assert lms("export", "mi-tienda", "--out", tmp_path / "b.zip")[0] == 0
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    assert lms("check", tmp_path / "a.zip")[0] == 0
    assert lms("import", tmp_path / "a.zip")[0] == 0
    assert counts() == rows
    with zipfile.ZipFile(tmp_path / "a.zip") as opened:
        opened.extractall(tmp_path / "unzipped")
    assert tree(tmp_path / "unzipped" / "mi-tienda") == tree(example)


def test_a_zip_without_a_top_folder_is_the_same_course(
    app: Flask, lms: Command, example: Path, tmp_path: Path
) -> None:
    lms("import", example)
    archive = shutil.make_archive(str(tmp_path / "flat"), "zip", example)
    code, words = lms("import", archive)
    assert code == 0, words
    assert counts()["course_versions"] == 1


def test_an_export_overwrites_nothing(lms: Command, example: Path, tmp_path: Path) -> None:
    lms("import", example)
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "mine").write_text("mine")
    assert lms("export", "mi-tienda", "--out", taken)[0] == 1
    assert tree(taken) == {"mine": b"mine"}


def test_a_change_makes_the_next_version_and_keeps_the_lesson(
    app: Flask, lms: Command, example: Path, tmp_path: Path
) -> None:
    lms("import", example)
    before = queries.document_of(queries.latest_version(queries.courses_for(None)[0]))
    first_export = tmp_path / "one"
    lms("export", "mi-tienda", "--out", first_export)
    change(example, "course.toml", 'title.es = "Mi tienda"', 'title.es = "Mi puesto"')
    lms("import", example)
    course = queries.courses_for(None)[0]
    document = queries.document_of(queries.latest_version(course))
    assert (document.number, document.title["es"]) == (2, "Mi puesto")
    assert document.version != before.version
    assert [one.uuid for one in document.lessons()] == [one.uuid for one in before.lessons()]
    old = queries.version_by_number(course, 1)
    assert old is not None
    assert queries.document_of(old) == before
    # The older content again is known, and the newer one stays the one that is shown.
    code, words = lms("import", first_export)
    assert code == 0
    assert "1" in words
    assert queries.latest_version(course).number == 2
    assert lms("export", "mi-tienda", "--version", "1", "--out", tmp_path / "again")[0] == 0
    assert tree(tmp_path / "again") == tree(first_export)


def test_a_course_with_an_id_keeps_it_under_another_slug(
    app: Flask, lms: Command, example: Path
) -> None:
    change(
        example, "course.toml", "format = 1\n",
        'format = 1\nid = "0190f3c5-7c1e-7aaa-8bbb-0123456789ab"\n',
    )
    lms("import", example)
    change(example, "course.toml", 'slug = "mi-tienda"', 'slug = "mi-puesto"')
    renamed = example.rename(example.with_name("mi-puesto"))
    code, words = lms("import", renamed)
    assert code == 0, words
    [course] = queries.courses_for(None)
    assert (course.slug, queries.latest_version(course).number) == ("mi-puesto", 2)


def test_lost_files_are_put_back_by_the_same_import(
    app: Flask, lms: Command, example: Path
) -> None:
    lms("import", example)
    files, rows = stored(), counts()
    for name in storage().names("files") + storage().names("originals"):
        storage().delete(name)
    assert lms("import", example)[0] == 0
    assert stored() == files
    assert counts() == rows


def test_list_names_every_course(app: Flask, lms: Command, example: Path) -> None:
    lms("import", example)
    code, words = lms("list")
    assert code == 0
    assert "mi-tienda" in words
    assert "Mi tienda" in words
