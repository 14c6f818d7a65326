"""Gathers the statements that count for many (person, lesson) pairs at once, in few queries.

What may bear on a pair: her own statements and those of everybody joined to her; statements
reassigned to her or away; attendances, and what her group did at those meetings; and the voids
of all of these. `validity.valid` then decides.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from lms.core.db import db
from lms.people.models import Device
from lms.records.models import StatementContext, StatementReference, StatementRow
from lms.records.timing import corrected
from lms.records.touching import Pair, connected
from lms.records.validity import Evidence, valid
from lms.records.vocabulary import Verb
from lms.records.vouching import vouching_for

_mover = aliased(StatementRow)


def valid_statements(pairs: Collection[Pair]) -> dict[Pair, list[Evidence]]:
    """For each pair what counts, in (device, seq): her own about the lesson, her attendances,
    and her group's statements about the lesson at meetings that she attended."""
    if not pairs:
        return {}
    gathered = _gather({person for person, _ in pairs}, {lesson for _, lesson in pairs})
    counting = valid(gathered, vouching_for(gathered))
    own: dict[Pair, list[Evidence]] = defaultdict(list)
    attended: dict[UUID, list[Evidence]] = defaultdict(list)
    at_meeting: dict[tuple[UUID, UUID], list[Evidence]] = defaultdict(list)
    for each in counting:
        if each.is_group:
            if each.meeting is not None and each.lesson is not None:
                at_meeting[each.meeting, each.lesson].append(each)
        elif each.verb is Verb.attended:
            attended[each.actor].append(each)
        elif each.lesson is not None:
            own[each.actor, each.lesson].append(each)
    result = {}
    for person, lesson in pairs:
        found = list(own.get((person, lesson), ()))
        for presence in attended.get(person, ()):
            shown = [
                each for each in at_meeting.get((presence.meeting, lesson), ())  # type: ignore[arg-type]
                if each.group == presence.group
            ]
            if shown:
                found += [presence, *shown]
        found.sort(key=lambda each: each.order)
        result[person, lesson] = found
    return result


def _gather(people: set[UUID], lessons: set[UUID]) -> list[Evidence]:
    everybody = connected(people)
    own = _own(StatementRow, everybody, lessons)  # joins too: a correction has no lesson
    found = _load(own)
    brought = _moved_here(everybody) if _are_there(StatementReference.refers_to) else {}
    if brought:
        # Whose these were said to be decides whether they count at all: their joins belong here.
        once = connected({each.actor for each in brought.values()}) - everybody
        brought |= _load(
            and_(StatementRow.actor.in_(once), StatementRow.verb == int(Verb.joined))
        )
    brought |= _at_meetings([*found.values(), *brought.values()], lessons)
    if _are_there(StatementReference.refers_to):
        brought |= _movers_of([*found, *brought])
    # What her own statements are voided by is asked by a subquery: naming hundreds of ids costs
    # more than finding that nothing is voided.
    mine = aliased(StatementRow)
    voided: ColumnElement[bool] = StatementRow.target.in_(
        select(mine.uuid).where(_own(mine, everybody, lessons))
    )
    if brought:
        voided = or_(voided, StatementRow.target.in_(list(brought)))
    voids = _load(and_(voided, StatementRow.verb == int(Verb.voided)))
    return list((found | brought | voids).values())


def _own(
    row: type[StatementRow], everybody: set[UUID], lessons: set[UUID]
) -> ColumnElement[bool]:
    return and_(
        row.actor.in_(everybody), or_(row.lesson.in_(lessons), row.lesson.is_(None))
    )


def _are_there(column: InstrumentedAttribute[UUID]) -> bool:
    """Whether the table has any row at all: corrections of some kinds are rare."""
    return db.session.scalar(select(column).limit(1)) is not None


def _moved_here(everybody: set[UUID]) -> dict[UUID, Evidence]:
    """Statements that some reassignment gives to one of these."""
    moved = (
        select(StatementReference.refers_to)
        .join(_mover, _mover.id == StatementReference.statement_id)
        .where(_mover.target.in_(everybody))
    )
    return _load(StatementRow.uuid.in_(moved))


def _movers_of(ids: list[UUID]) -> dict[UUID, Evidence]:
    """Every reassignment that names one of these."""
    movers = select(StatementReference.statement_id).where(StatementReference.refers_to.in_(ids))
    return _load(StatementRow.id.in_(movers))


def _at_meetings(present: Iterable[Evidence], lessons: set[UUID]) -> dict[UUID, Evidence]:
    """What groups did about these lessons at the meetings that somebody attended."""
    meetings = {
        each.meeting for each in present
        if each.verb is Verb.attended and each.meeting is not None
    }
    if not meetings:
        return {}
    return _load(
        and_(StatementRow.meeting.in_(meetings), StatementRow.is_group.is_(True),
             StatementRow.lesson.in_(lessons))
    )


def _load(condition: ColumnElement[bool]) -> dict[UUID, Evidence]:
    rows = db.session.execute(
        select(
            StatementRow.uuid, Device.uuid, StatementRow.seq, StatementRow.at_ms,
            Device.clock_offset_ms, StatementRow.received_ms, StatementRow.actor,
            StatementRow.is_group, StatementRow.witness, StatementRow.verb, StatementRow.lesson,
            StatementContext.version, StatementContext.original, StatementContext.group,
            StatementRow.meeting, StatementContext.language, StatementContext.rung,
            StatementRow.target, StatementRow.data, StatementRow.is_disputed,
        )
        .join(Device, Device.id == StatementRow.device_id)
        .join(StatementContext, StatementContext.id == StatementRow.context_id)
        .where(condition)
    )
    return {row[0]: _evidence(*row) for row in rows}  # type: ignore[call-arg]  # 20 columns


def _evidence(  # the columns of `_load`, in their order
    uuid: UUID, device: UUID, seq: int, at_ms: int, offset_ms: int | None, received_ms: int,
    actor: UUID, is_group: bool, witness: UUID | None, verb: int, lesson: UUID | None,
    version: UUID | None, original: bytes | None, group: UUID | None, meeting: UUID | None,
    language: str | None, rung: str | None, target: UUID | None, data: dict[str, object],
    is_disputed: bool,
) -> Evidence:
    moment, certainty = corrected(at_ms, offset_ms, received_ms)
    return Evidence(
        uuid, device, seq, moment, certainty, received_ms, actor, bool(is_group), witness,
        Verb(verb), lesson, version, bytes(original).hex() if original else None, group, meeting,
        language, rung, target, data, bool(is_disputed),
    )


def evidence_where(condition: ColumnElement[bool]) -> Iterable[Evidence]:
    """Statements as they were kept, counting or not, for staff pages and exports."""
    return _load(condition).values()
