"""Reading a lesson's quiz.toml: the quiz's own checks, its files, and scenes that explain."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from pydantic import BaseModel

from lms.core.i18n import _
from lms.courses.document import LanguageState
from lms.courses.finding import PICTURE, SOUND, Finder
from lms.courses.package import SourceFile
from lms.courses.problem import PATH, Report, nearest
from lms.courses.source import QuizSource
from lms.courses.table import Table, read_table
from lms.quizzes.checking import read_quiz
from lms.quizzes.quiz import Choice, Question, Quiz


def read_quiz_file(
    file: SourceFile, folder: str, languages: Mapping[str, LanguageState], main_language: str,
    finder: Finder, report: Report,
) -> tuple[QuizSource | None, Table | None]:
    """The quiz (None when its shape is wrong) and the table to report later problems on."""
    table = read_table(file, report)
    if table is None:
        return None, None
    data, scenes = _without_scenes(table)
    finished = {tag for tag, state in languages.items() if state is LanguageState.REVIEWED}
    finished.add(main_language)  # it stands in for every other one
    drafts = languages.keys() - finished
    quiz, problems = read_quiz(data, finished, drafts)
    rest = quiz
    if quiz is None:
        # A wrong shape ends the quiz's own check: what is left without it is judged as well.
        rest, more = read_quiz(_pruned(data, [one.path for one in problems]), finished, drafts)
        told = {one.path for one in problems}
        problems += [one for one in more if one.path not in told]
    for path, wrong, remedy in problems:
        table.wrong(path, wrong, _unknown_field(path, data) or remedy)
    names = {}
    for path, written in _named(rest) if rest else ():
        kind = PICTURE if path[-1] == "picture" else SOUND
        found = finder.find(table, path, written, folder, kind)
        if found:
            names[written] = found
    return QuizSource(file.path, quiz, names, scenes) if quiz else None, table


def _without_scenes(table: Table) -> tuple[dict[str, Any], dict[int, str]]:
    """The data without `explained_scene`, which only a course knows; the scenes by question."""
    rows = table.data.get("questions")
    if not isinstance(rows, list):
        return table.data, {}
    scenes, kept = {}, []
    for number, row in enumerate(rows):
        if not isinstance(row, dict) or "explained_scene" not in row:
            kept.append(row)
            continue
        scene = row["explained_scene"]
        if isinstance(scene, str) and scene:
            scenes[number] = scene
        else:
            table.wrong(
                ("questions", number, "explained_scene"), _("It must be a text in quotes."),
                _("Write the key of a scene."),
            )
        kept.append({key: value for key, value in row.items() if key != "explained_scene"})
    return {**table.data, "questions": kept}, scenes


def _pruned(data: Mapping[str, Any], paths: list[PATH]) -> dict[str, Any]:
    """A copy without the fields at these paths."""
    copy: dict[str, Any] = deepcopy(dict(data))
    for path in paths:
        below: Any = copy
        for part in path[:-1]:
            is_there = part in below if isinstance(below, dict) else isinstance(below, list)
            below = below[part] if is_there else None
        if isinstance(below, dict) and path:
            below.pop(path[-1], None)
    return copy


def _unknown_field(path: PATH, data: Any) -> str:
    """For a field that is not known: the one that was probably meant."""
    models: dict[int, type[BaseModel]] = {0: Quiz, 2: Question, 4: Choice}
    model = models.get(len(path) - 1)
    if model is None or path[-1] in model.model_fields:
        return ""
    if len(path) > 1 and path[0] != "questions":
        return ""
    for part in path[:-1]:
        data = data[part]
    known = set(model.model_fields) - {"digest"} - set(data)
    if model is Question:
        known.add("explained_scene")
    return nearest(str(path[-1]), known)


def _named(quiz: Quiz) -> list[tuple[PATH, str]]:
    found: list[tuple[PATH, str]] = []
    for number, question in enumerate(quiz.questions):
        at: PATH = ("questions", number)
        found += _named_in(at, question)
        for place, choice in enumerate(question.choices):
            found += _named_in((*at, "choices", place), choice)
    return found


def _named_in(at: PATH, part: Question | Choice) -> list[tuple[PATH, str]]:
    found: list[tuple[PATH, str]] = [((*at, "picture"), part.picture)] if part.picture else []
    return found + [((*at, "sound", tag), path) for tag, path in part.sound.items()]
