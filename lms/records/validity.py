"""Which statements count, and whose they are: `valid(S)` (pure).

S is a set: nothing here depends on the order in which statements arrived. Disputed ones do not
count; then what nobody may vouch for is set aside; then voids, reassignments and aliases are
applied, each of which is a statement too. Ties break by (device, seq), the highest wins.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from lms.records.timing import Certainty
from lms.records.vocabulary import FACILITATOR_WITNESSES, OFFICER_WITNESSES, Verb


@dataclass(frozen=True, slots=True)
class Evidence:
    """A statement with its context unfolded. `at_ms` is corrected; `actor` is whose it is now."""

    uuid: UUID
    device: UUID
    seq: int
    at_ms: int
    certainty: Certainty
    received_ms: int
    actor: UUID
    is_group: bool
    witness: UUID | None
    verb: Verb
    lesson: UUID | None
    version: UUID | None
    original: str | None
    group: UUID | None
    meeting: UUID | None
    language: str | None
    rung: str | None
    target: UUID | None
    data: dict[str, Any]
    is_disputed: bool = False

    @property
    def order(self) -> tuple[bytes, int]:
        """(device, seq): the only order that everybody agrees on."""
        return self.device.bytes, self.seq


HoldsRole = Callable[[UUID, str, UUID, int], bool]


@dataclass(frozen=True)
class Vouching:
    """What is known of who may speak for whom.

    `holds_role(person, role, unit, at_ms)`: held then at the unit or above it. `uses`: devices
    on which a person signed in. `trusted`: devices that check by themselves (this centre).
    `withdrawn`: devices whose word ends at a moment in ms. `people`: uuids of known people;
    `erased`: of those who were erased, whose statements stay as counts.
    """

    holds_role: HoldsRole
    uses: frozenset[tuple[UUID, UUID]] = frozenset()
    trusted: frozenset[UUID] = frozenset()
    withdrawn: Mapping[UUID, int] = field(default_factory=dict)
    people: frozenset[UUID] = frozenset()
    erased: frozenset[UUID] = frozenset()


def valid(statements: Iterable[Evidence], vouching: Vouching) -> list[Evidence]:
    """What counts of the set, with voids, reassignments and aliases applied, in (device, seq)."""
    kept = {each.uuid: each for each in statements if not each.is_disputed}
    aliases = _aliases(
        each for each in kept.values()
        if each.verb is Verb.joined and _is_vouched(each, vouching, {})
    )
    vouched = {
        uuid: each for uuid, each in kept.items() if _is_vouched(each, vouching, aliases)
    }
    voided = _voided(vouched, vouching)
    counting = {uuid: each for uuid, each in vouched.items() if uuid not in voided}
    moved = _reassigned(counting, vouching)
    # A withdrawn alias gives back what it gave, so aliases are read again from what counts.
    aliases = _aliases(each for each in counting.values() if each.verb is Verb.joined)
    result = []
    for uuid, each in counting.items():
        if not _is_somebody(each, vouching, aliases):
            continue
        actor = resolve(moved.get(uuid, each.actor), aliases)
        result.append(each if actor == each.actor else replace(each, actor=actor))
    result.sort(key=lambda each: each.order)
    return result


def resolve(actor: UUID, aliases: Mapping[UUID, UUID]) -> UUID:
    """Follow aliases to the end; a circle ends at its smallest uuid, whoever asks."""
    seen = [actor]
    while (following := aliases.get(seen[-1])) is not None:
        if following in seen:
            return min(seen[seen.index(following):])
        seen.append(following)
    return seen[-1]


def _aliases(joins: Iterable[Evidence]) -> dict[UUID, UUID]:
    chosen: dict[UUID, Evidence] = {}
    for each in joins:
        known = chosen.get(each.actor)
        if known is None or each.order > known.order:
            chosen[each.actor] = each
    return {actor: each.target for actor, each in chosen.items() if each.target is not None}


def _voided(vouched: Mapping[UUID, Evidence], vouching: Vouching) -> set[UUID]:
    """Targets of voids whose author may take that statement back; a void itself is final."""
    targets = set()
    for each in vouched.values():
        if each.verb is not Verb.voided or each.target is None:
            continue
        target = vouched.get(each.target)
        if target is None or target.verb is Verb.voided:
            continue
        author = each.witness or each.actor
        owns_join = target.verb is Verb.joined and author == target.target
        if owns_join or author in (target.actor, target.witness) or (
            target.group is not None
            and vouching.holds_role(author, "facilitator", target.group, each.at_ms)
        ):
            targets.add(each.target)
    return targets


def _reassigned(counting: Mapping[UUID, Evidence], vouching: Vouching) -> dict[UUID, UUID]:
    """Whose each named statement is; only between women (and walk-ins) of the witness's group."""
    chosen: dict[UUID, Evidence] = {}
    for each in counting.values():
        if each.verb is not Verb.reassigned or not _is_member(each.target, each, vouching):
            continue
        for text in each.data["statements"]:
            named = UUID(text)
            wrong = counting.get(named)
            if wrong is None or wrong.is_group or not _is_theirs(wrong.actor, each, vouching):
                continue
            if named not in chosen or each.order > chosen[named].order:
                chosen[named] = each
    return {named: each.target for named, each in chosen.items() if each.target is not None}


def _is_vouched(each: Evidence, vouching: Vouching, aliases: Mapping[UUID, UUID]) -> bool:
    ends = vouching.withdrawn.get(each.device)
    if ends is not None and each.at_ms >= ends:
        return False
    author = each.witness or each.actor
    if each.device not in vouching.trusted:
        takes_over = each.verb is Verb.joined and _joins_herself(each)
        speaker = each.target if takes_over else resolve(author, aliases)
        if speaker is None or (each.device, speaker) not in vouching.uses:
            return False
    if each.verb is Verb.joined:
        if each.actor in vouching.people or each.actor in vouching.erased:
            return False  # only somebody unknown is joined to a person
        return _joins_herself(each) or (
            _is_member(each.target, each, vouching) and _may_witness(each, author, vouching)
        )
    if each.verb is not Verb.reassigned and not each.is_group and author == each.actor:
        return True
    return _may_witness(each, author, vouching)


def _joins_herself(each: Evidence) -> bool:
    """A visitor's join on her own phone: the person who signed in takes what was done before."""
    return each.witness in (None, each.target)


def _is_member(person: UUID | None, each: Evidence, vouching: Vouching) -> bool:
    """Whether she was a learner of the statement's group then."""
    return (
        person is not None
        and each.group is not None
        and vouching.holds_role(person, "learner", each.group, each.at_ms)
    )


def _is_theirs(person: UUID, each: Evidence, vouching: Vouching) -> bool:
    """A member of the group then, or nobody known: a walk-in, or somebody who was erased."""
    return person not in vouching.people or _is_member(person, each, vouching)


def _may_witness(each: Evidence, author: UUID, vouching: Vouching) -> bool:
    """By the role held then at the statement's group, about a member of it or a walk-in."""
    if each.group is None:
        return False
    about = each.actor
    is_theirs = about == each.group if each.is_group else _is_theirs(about, each, vouching)
    if not is_theirs:
        return False
    if each.verb in FACILITATOR_WITNESSES and vouching.holds_role(
        author, "facilitator", each.group, each.at_ms
    ):
        return True
    return (
        not each.is_group
        and each.verb in OFFICER_WITNESSES
        and vouching.holds_role(author, "officer", each.group, each.at_ms)
    )


def _is_somebody(
    each: Evidence, vouching: Vouching, aliases: Mapping[UUID, UUID]
) -> bool:
    """An unknown actor counts when she was witnessed, or when a person took her statements over."""
    if each.is_group or each.witness is not None or each.verb is Verb.joined:
        return True
    whose = resolve(each.actor, aliases)
    return whose in vouching.people or whose in vouching.erased
