"""A quiz as data: what a course's quiz.toml says and what a published version keeps.

The same models serve both forms. In the source a file is a path beside quiz.toml
(`pictures/green.svg`); `Quiz.with_files` turns each into its content name (`<sha256>.svg`) and
fills `digest`. Texts are `{language tag: words}`. Reading it with every problem in words is
`checking.read_quiz`.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
Tag = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
Words = Annotated[str, StringConstraints(min_length=1, max_length=400, strip_whitespace=True)]
FileRef = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Texts = dict[Tag, Words]
Sounds = dict[Tag, FileRef]

MAX_CHOICES = 4  # a learner's screen holds 2-4 pictures without scrolling
MAX_QUESTIONS = 30
MAX_NUMBER = 10**12  # every integer up to here is exact in JavaScript too


class QuizKind(StrEnum):
    """Whether the key may be on the device."""

    PRACTICE = "practice"
    EXAM = "exam"


class QuestionKind(StrEnum):
    """What she does to answer."""

    ONE = "one"
    SEVERAL = "several"
    YES_NO = "yes_no"
    PICTURE = "picture"
    NUMBER = "number"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Choice(_Part):
    """One thing to choose; a thumb (`yes`, `no`) needs no text of its own."""

    key: Key
    text: Texts = {}
    picture: FileRef | None = None
    sound: Sounds = {}
    is_right: bool = False
    feedback: Texts = {}


class Number(_Part):
    """The right number, whole, in the smallest unit (céntimos, tenths), and what passes for it.

    `decimals` says how many of its digits stand behind the point when it is shown.
    """

    value: int = Field(ge=-MAX_NUMBER, le=MAX_NUMBER)
    tolerance: int = Field(default=0, ge=0, le=MAX_NUMBER)
    decimals: int = Field(default=0, ge=0, le=4)
    is_money: bool = False


class Feedback(_Part):
    """What is said after an answer when the choice has no word of its own."""

    right: Texts = {}
    wrong: Texts = {}


class Question(_Part):
    """One question; `explained_at` is the second of the video, per language, that explains it."""

    key: Key
    kind: Annotated[QuestionKind, Field(strict=False)]
    text: Texts
    picture: FileRef | None = None
    sound: Sounds = {}
    choices: list[Choice] = Field(default=[], max_length=MAX_CHOICES)
    number: Number | None = None
    feedback: Feedback = Feedback()
    explained_at: dict[Tag, Annotated[int, Field(ge=0, le=86_400)]] = {}


class Quiz(_Part):
    """The questions of one lesson; `digest` names the published form and is empty in the source."""

    digest: str = ""
    kind: Annotated[QuizKind, Field(strict=False)] = QuizKind.PRACTICE
    pass_percent: int = Field(default=100, ge=1, le=100)
    attempt_limit: int | None = Field(default=None, ge=1, le=1000)
    is_shuffled: bool = False
    questions: list[Question] = Field(min_length=1, max_length=MAX_QUESTIONS)

    def files(self) -> Iterator[tuple[str, FileRef]]:
        """Every file it refers to, with the field that does (`questions[0].picture`)."""
        for at, question in enumerate(self.questions):
            yield from _files_of(f"questions[{at}]", question)
            for place, choice in enumerate(question.choices):
                yield from _files_of(f"questions[{at}].choices[{place}]", choice)

    def with_files(self, names: Mapping[str, str]) -> "Quiz":
        """The published form: each path replaced by its content name, and the digest filled.

        Raises KeyError for a path that `names` lacks.
        """
        table = self.model_dump(mode="json", exclude={"digest"})
        for question in table["questions"]:
            for part in (question, *question["choices"]):
                part["picture"] = part["picture"] and names[part["picture"]]
                part["sound"] = {tag: names[path] for tag, path in part["sound"].items()}
        canonical = json.dumps(table, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        digest = hashlib.sha256(canonical.encode()).hexdigest()
        return Quiz.model_validate({**table, "digest": digest})

    def for_browser(self) -> dict[str, Any]:
        """What a page may carry: a practice quiz whole, an exam without key and feedback."""
        table = self.model_dump(mode="json")
        if self.kind is QuizKind.EXAM:
            for question in table["questions"]:
                question["feedback"] = {"right": {}, "wrong": {}}
                question["explained_at"] = {}
                if question["number"]:
                    question["number"].pop("value")
                    question["number"].pop("tolerance")
                for choice in question["choices"]:
                    choice.pop("is_right")
                    choice.pop("feedback")
        return table


def _files_of(field: str, part: Question | Choice) -> Iterator[tuple[str, FileRef]]:
    if part.picture:
        yield f"{field}.picture", part.picture
    for tag, path in part.sound.items():
        yield f"{field}.sound.{tag}", path
