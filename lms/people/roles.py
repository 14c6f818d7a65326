"""The words for units and roles, and which role may do what (pure: no Flask, no SQLAlchemy)."""

from enum import StrEnum


class UnitKind(StrEnum):
    """A floor of the one tree: network > institution > branch > group."""

    NETWORK = "network"
    INSTITUTION = "institution"
    BRANCH = "branch"
    GROUP = "group"


class Role(StrEnum):
    """What a person is at a unit; the role holds for every unit below it too."""

    LEARNER = "learner"
    FACILITATOR = "facilitator"
    OFFICER = "officer"
    MANAGER = "manager"
    TRANSLATOR = "translator"
    ADMIN = "admin"


STAFF = frozenset(Role) - {Role.LEARNER}
"""Roles that sign in by username and password and have staff pages."""

SEES_UNITS = STAFF
"""Roles that see the units at and below the one where they are held."""

SEES_PEOPLE = frozenset({Role.FACILITATOR, Role.OFFICER, Role.MANAGER, Role.ADMIN})
"""Roles that see who is in those units; a translator works on words, not with people."""

ACTS_FOR_GROUP = frozenset({Role.FACILITATOR, Role.ADMIN})
"""Roles that reset a learner's PIN, pair a phone and hand out the group's link."""

_BELOW = {
    None: {UnitKind.NETWORK, UnitKind.INSTITUTION},
    UnitKind.NETWORK: {UnitKind.INSTITUTION},
    UnitKind.INSTITUTION: {UnitKind.BRANCH, UnitKind.GROUP},
    UnitKind.BRANCH: {UnitKind.BRANCH, UnitKind.GROUP},
    UnitKind.GROUP: set[UnitKind](),
}


def may_stand_under(kind: UnitKind, parent: UnitKind | None) -> bool:
    """Whether a unit of this kind may hang under a parent of that kind (None: the tree's root)."""
    return kind in _BELOW[parent]
