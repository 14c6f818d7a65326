"""Whose progress a statement may change: (person, lesson) pairs, rather too many than too few."""

from collections.abc import Collection, Iterable
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select

from lms.core.among import among
from lms.core.db import db
from lms.records.models import StatementReference, StatementRow
from lms.records.statements import Arrived
from lms.records.vocabulary import CORRECTIONS, Verb

Pair = tuple[UUID, UUID]


def pairs_of(
    arrived: Collection[Arrived], device_id: int, *, has_disputes: bool = False
) -> set[Pair]:
    """Pairs touched by what this device just brought, taken or disputed."""
    plain: set[Pair] = set()
    intricate: list[Arrived] = []
    for each in arrived:
        statement = each.statement
        if each.verb in CORRECTIONS or statement.meeting is not None:
            intricate.append(each)
        elif statement.lesson is not None:
            plain.add((statement.actor, statement.lesson))
    ids = {each.statement.id for each in intricate}
    plain |= _moved_by_ids([each.statement.id for each in arrived])
    pairs = _followed(plain) | pairs_of_rows(_rows(StatementRow.uuid.in_(ids)) if ids else [])
    if has_disputes:
        pairs |= _pairs_of_shared_numbers(arrived, device_id)
    return pairs


def pairs_of_device(device_id: int) -> set[Pair]:
    """Pairs of everything this device ever wrote: its clock, its key or its users changed."""
    return pairs_of_rows(_rows(StatementRow.device_id == device_id))


def pairs_of_person(person: UUID) -> set[Pair]:
    """Pairs of everything a person did or witnessed: her roles changed, or she became known."""
    named = (StatementRow.actor, StatementRow.witness, StatementRow.target)
    return pairs_of_rows(_rows(or_(*(column == person for column in named))))


def all_pairs() -> set[Pair]:
    """Every pair there is evidence for, aliases followed."""
    return pairs_of_rows(_rows(StatementRow.id.is_not(None)))


class Trace(NamedTuple):
    """What of a statement's row says whom it touches."""

    uuid: UUID
    actor: UUID
    verb: int
    lesson: UUID | None
    meeting: UUID | None
    target: UUID | None
    key: int


def pairs_of_rows(rows: Iterable[Trace]) -> set[Pair]:
    """Pairs of these rows, through every correction."""
    plain: set[Pair] = set()
    meetings: set[UUID] = set()
    joined: set[UUID] = set()
    corrected: set[UUID] = set()
    movers: dict[int, UUID] = {}
    ids: list[UUID] = []
    for uuid, actor, verb, lesson, meeting, target, key in rows:
        ids.append(uuid)
        if lesson is not None:
            plain.add((actor, lesson))
        if meeting is not None:
            meetings.add(meeting)
        if verb == Verb.voided and target is not None:
            corrected.add(target)
        elif verb == Verb.joined and target is not None:
            joined |= {actor, target}
        elif verb == Verb.reassigned and target is not None:
            movers[key] = target
    if movers:
        plain |= _moved(movers)
    for start in range(0, len(ids), _PORTION):
        plain |= _moved_by_ids(ids[start : start + _PORTION])
    if corrected:
        plain |= pairs_of_rows(_rows(StatementRow.uuid.in_(corrected)))
    if meetings:
        plain |= _at_meetings(meetings)
    if joined:
        plain |= _of_joined(joined)
    return _followed(plain)


def connected(people: Collection[UUID]) -> set[UUID]:
    """These uuids and all that aliases connect them with, either way, withdrawn ones included."""
    found, frontier = set(people), set(people)
    while frontier:
        links = db.session.execute(
            select(StatementRow.actor, StatementRow.target).where(
                StatementRow.verb == int(Verb.joined),
                or_(
                    and_(StatementRow.actor.in_(frontier), StatementRow.lesson.is_(None)),
                    StatementRow.target.in_(frontier),
                ),
            )
        )
        near = {uuid for link in links for uuid in link if uuid is not None}
        frontier = near - found
        found |= frontier
    return found


_PORTION = 500  # ids in one query
_COLUMNS = (StatementRow.uuid, StatementRow.actor, StatementRow.verb, StatementRow.lesson,
            StatementRow.meeting, StatementRow.target, StatementRow.id)


def _rows(condition: ColumnElement[bool]) -> list[Trace]:
    return [Trace(*row) for row in db.session.execute(select(*_COLUMNS).where(condition))]


def _followed(pairs: set[Pair]) -> set[Pair]:
    """Add the pairs of everybody whom an alias or a reassignment connects with these."""
    if not pairs:
        return pairs
    actors = {actor for actor, _ in pairs}
    targets = set(
        db.session.scalars(
            select(StatementRow.target).where(
                StatementRow.verb.in_((int(Verb.joined),)),
                or_(and_(StatementRow.actor.in_(actors), StatementRow.lesson.is_(None)),
                    StatementRow.target.in_(actors)),
            )
        )
    )
    if not targets:
        return pairs
    result = set(pairs)
    for actor, lesson in pairs:
        result |= {(other, lesson) for other in connected({actor})}
    return result


def _moved(movers: dict[int, UUID]) -> set[Pair]:
    """Pairs, before and after, of the statements that these reassignments (by row id) name."""
    rows = db.session.execute(
        select(StatementReference.statement_id, StatementRow.actor, StatementRow.lesson,
               StatementRow.meeting)
        .join(StatementRow, StatementRow.uuid == StatementReference.refers_to)
        .where(StatementReference.statement_id.in_(movers))
    )
    pairs: set[Pair] = set()
    for key, actor, lesson, meeting in rows:
        lessons = {lesson} if lesson is not None else _shown_at(meeting)
        pairs |= {(person, each) for person in (actor, movers[key]) for each in lessons}
    return pairs


def _moved_by_ids(ids: list[UUID]) -> set[Pair]:
    """The same for the reassignments that name one of these statements."""
    found = _movers_naming(ids)
    return _moved(found) if found else set()


def _movers_naming(ids: list[UUID]) -> dict[int, UUID]:
    """Reassignments (row id: to whom) that name one of these; there are none in most schools."""
    if not ids or db.session.scalar(select(StatementReference.statement_id).limit(1)) is None:
        return {}
    movers = db.session.execute(
        select(StatementRow.id, StatementRow.target)
        .join(StatementReference, StatementReference.statement_id == StatementRow.id)
        .where(among(StatementReference.refers_to, ids))
    )
    return {key: target for key, target in movers if target is not None}


def _shown_at(meeting: UUID | None) -> set[UUID]:
    if meeting is None:
        return set()
    return set(
        db.session.scalars(
            select(StatementRow.lesson).where(
                StatementRow.meeting == meeting, StatementRow.lesson.is_not(None)
            )
        )
    )


def _at_meetings(meetings: set[UUID]) -> set[Pair]:
    present, shown = set(), set()
    presences: list[UUID] = []
    for uuid, actor, verb, lesson in db.session.execute(
        select(StatementRow.uuid, StatementRow.actor, StatementRow.verb, StatementRow.lesson)
        .where(StatementRow.meeting.in_(meetings))
    ):
        if verb == Verb.attended:
            present.add(actor)
            presences.append(uuid)
        elif lesson is not None:
            shown.add(lesson)
    present |= set(_movers_naming(presences).values())
    return {(person, lesson) for person in present for lesson in shown}


def _of_joined(people: set[UUID]) -> set[Pair]:
    everybody = connected(people)
    lessons = set(
        db.session.scalars(
            select(StatementRow.lesson)
            .where(StatementRow.actor.in_(everybody), StatementRow.lesson.is_not(None)).distinct()
        )
    )
    meetings = {
        meeting
        for meeting in db.session.scalars(
            select(StatementRow.meeting)
            .where(StatementRow.actor.in_(everybody), StatementRow.meeting.is_not(None)).distinct()
        )
        if meeting is not None
    }
    if meetings:
        lessons |= {lesson for _, lesson in _at_meetings(meetings)}
    return {(person, lesson) for person in everybody for lesson in lessons if lesson is not None}


def _pairs_of_shared_numbers(arrived: Collection[Arrived], device_id: int) -> set[Pair]:
    """Rows that became disputed by what arrived: they stop counting, whoever they speak of."""
    ids = [each.statement.id for each in arrived]
    seqs = [each.statement.seq for each in arrived]
    disputed = _rows(
        and_(
            StatementRow.device_id == device_id, StatementRow.is_disputed.is_(True),
            or_(StatementRow.uuid.in_(ids), StatementRow.seq.in_(seqs)),
        )
    )
    return pairs_of_rows(disputed) if disputed else set()
