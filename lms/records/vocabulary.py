"""The verbs of statements, what each carries, and who may write each about whom (pure).

Verbs are ADL's where ADL has one (https://adlnet.gov/expapi/verbs/); `joined`, `reassigned`,
`consented` and `revoked` are ours. Numbers are kept in the database and are never reused.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

MOST_INTERVALS = 500
Key = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_?-]+$")]
Second = Annotated[int, Field(ge=0, le=36_000)]


class Verb(IntEnum):
    """What was done; the number is what a row keeps."""

    initialized = 1
    progressed = 2
    answered = 3
    completed = 4
    attended = 5
    experienced = 6
    voided = 7
    joined = 8
    reassigned = 9
    consented = 10
    revoked = 11


CORRECTIONS = frozenset({Verb.voided, Verb.joined, Verb.reassigned})


class Payload(BaseModel):
    """The `data` of a statement: integers and short words, never a name or free text."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Nothing(Payload):
    """A verb that says everything by itself."""


class Seen(Payload):
    """Whole seconds of an original that were really played, as [from, to) pairs."""

    seen: Annotated[
        list[Annotated[list[Second], Field(min_length=2, max_length=2)]],
        Field(min_length=1, max_length=MOST_INTERVALS),
    ]

    @model_validator(mode="after")
    def forward(self) -> "Seen":
        """Each pair runs forward."""
        if any(begin >= end for begin, end in self.seen):
            raise ValueError("each pair of seconds must run forward")
        return self


class Answer(Payload):
    """One answer, of a person (choices or a number) or of a group (hands counted)."""

    attempt: UUID | None = Field(default=None, strict=False)
    question: Key
    choices: Annotated[list[Key], Field(max_length=20)] | None = None
    number: Annotated[int, Field(ge=-(10**12), le=10**12)] | None = None
    round: Annotated[int, Field(ge=1, le=9)] | None = None
    counts: dict[Key, Annotated[int, Field(ge=0, le=10_000)]] | None = None

    @model_validator(mode="after")
    def one_kind(self) -> "Answer":
        """Exactly one of choices, number and counts; a person's answer belongs to an attempt."""
        if sum(part is not None for part in (self.choices, self.number, self.counts)) != 1:
            raise ValueError("an answer has either choices, a number or counts of hands")
        if (self.counts is None) != (self.attempt is not None):
            raise ValueError("a person's answer names its attempt; a group's has none")
        return self


class Moved(Payload):
    """The statements that belong to another person than the one who was signed in."""

    statements: Annotated[list[Annotated[UUID, Field(strict=False)]],
                          Field(min_length=1, max_length=200)]


class Consent(Payload):
    """Which spoken text was agreed to, in which version."""

    text: Key
    text_version: Annotated[int, Field(ge=1)]


@dataclass(frozen=True)
class Rule:
    """What a verb needs: its payload, the fields that must stand, and whether a group may do it."""

    payload: type[Payload]
    needs: tuple[str, ...] = ()
    group: bool = False


RULES: dict[Verb, Rule] = {
    Verb.initialized: Rule(Nothing, ("lesson", "version")),
    Verb.progressed: Rule(Seen, ("lesson", "version", "original")),
    Verb.answered: Rule(Answer, ("lesson", "version"), group=True),
    Verb.completed: Rule(Nothing, ("lesson", "version")),
    Verb.attended: Rule(Nothing, ("meeting", "group")),
    Verb.experienced: Rule(Nothing, ("lesson", "version", "meeting", "group"), group=True),
    Verb.voided: Rule(Nothing, ("target",)),
    Verb.joined: Rule(Nothing, ("target",)),
    Verb.reassigned: Rule(Moved, ("target",)),
    Verb.consented: Rule(Consent),
    Verb.revoked: Rule(Consent),
}

# Who may witness which verb for somebody else, by the role held then at the statement's group or
# above it. About oneself everybody may write every verb but `experienced` (a meeting's).
FACILITATOR_WITNESSES = frozenset(
    {Verb.attended, Verb.experienced, Verb.answered, Verb.voided, Verb.joined,
     Verb.reassigned, Verb.consented, Verb.revoked}
)
OFFICER_WITNESSES = frozenset(
    {Verb.initialized, Verb.progressed, Verb.answered, Verb.completed, Verb.voided,
     Verb.consented, Verb.revoked}
)
