"""A statement as it arrives: read strictly, and written again as canonical bytes (pure).

Canonical bytes are JSON with sorted keys, no spaces, UTF-8, integers and strings only, absent
fields left out, the device named: the same in Python and in a browser. Their SHA-256 is the
statement's digest. How it travelled (road, batch, receipt) is no part of them.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from lms.records.vocabulary import CORRECTIONS, RULES, Verb

MOST_BYTES = 8_192  # of one statement's canonical form
Id = Annotated[UUID, Field(strict=False)]
EARLIEST_MS = 0
LATEST_MS = 253_402_300_799_000  # the year 9999
_VERBS = dict(Verb.__members__)  # asking the enum builds its table anew each time


class Malformed(ValueError):
    """A statement that cannot be read; the message names the field and says why."""


class Statement(BaseModel):
    """The flat form on the wire; docs/sync.md explains each field."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    id: Id
    seq: Annotated[int, Field(ge=1, le=2**53)]
    at: Annotated[int, Field(ge=EARLIEST_MS, le=LATEST_MS)]
    actor: Id
    actor_kind: Literal["group"] | None = None
    witness: Id | None = None
    verb: str
    lesson: Id | None = None
    version: Id | None = None
    original: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None
    group: Id | None = None
    meeting: Id | None = None
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] | None = None
    rung: Annotated[str, Field(pattern=r"^[a-z0-9]{1,12}$")] | None = None
    target: Id | None = None
    data: dict[str, Any] = Field(default_factory=dict)

    @field_validator("id")
    @classmethod
    def of_version_7(cls, value: UUID) -> UUID:
        """Ids are ordered by time of making, so that the index stays compact."""
        if value.version != 7:
            raise ValueError("must be a UUID of version 7")
        return value


def read_statement(raw: Any) -> tuple[Statement, Verb]:
    """One statement from decoded JSON; raises Malformed naming the field."""
    try:
        statement = Statement.model_validate(raw)
        verb = _VERBS.get(statement.verb)
        if verb is None:
            raise Malformed(f"verb: {statement.verb!r} is not one of ours")
        rule = RULES[verb]
        for name in rule.needs:
            if getattr(statement, name) is None:
                raise Malformed(f"{name}: {statement.verb} needs it")
        rule.payload.model_validate(statement.data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "statement"
        raise Malformed(f"{where}: {first['msg']}") from None
    if statement.actor_kind == "group" and not rule.group:
        raise Malformed(f"actor_kind: a group cannot have {statement.verb}")
    if verb in CORRECTIONS and statement.lesson is not None:
        raise Malformed(f"lesson: {statement.verb} speaks of no lesson by itself")
    if verb is Verb.attended and statement.lesson is not None:
        raise Malformed("lesson: attended speaks of a meeting, not of a lesson")
    if verb is Verb.experienced and statement.actor_kind != "group":
        raise Malformed("actor_kind: experienced is what a group did")
    return statement, verb


@dataclass(frozen=True, slots=True)
class Arrived:
    """One readable statement with its canonical bytes and their digest."""

    statement: Statement
    verb: Verb
    canonical: bytes
    digest: bytes


def read_arrived(raw: Any, device: UUID) -> Arrived:
    """Read a statement that this device sent; raises Malformed."""
    statement, verb = read_statement(raw)
    canonical = canonical_bytes(statement, device)
    return Arrived(statement, verb, canonical, hashlib.sha256(canonical).digest())


def canonical_bytes(statement: Statement, device: UUID) -> bytes:
    """The bytes that the digest is taken of; raises Malformed when they are too many."""
    content = statement.model_dump(mode="json", exclude_none=True)
    content["device"] = str(device)
    written = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    encoded = written.encode()
    if len(encoded) > MOST_BYTES:
        raise Malformed(f"statement: has {len(encoded)} bytes, at most {MOST_BYTES} are taken")
    return encoded
