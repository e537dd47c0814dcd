"""Who may do what: one table from power to the roles that hold it."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """A post that a person holds; a person may hold several."""

    VIEWER = "viewer"  # an auditor, or whoever answers freedom of information requests
    COMMISSIONING = "commissioning officer"
    MANAGER = "commissioning manager"
    FINANCE = "finance officer"
    CHIEF_FINANCE = "chief finance officer"
    CHIEF_EXECUTIVE = "chief executive"
    COMMISSIONER = "Commissioner"
    DEPUTY = "deputy Commissioner"
    PANEL = "Panel support"
    ADMINISTRATOR = "administrator"

    @property
    def post(self) -> str:
        """Give what the post is called at the start of a line."""
        return self.value[:1].upper() + self.value[1:]


class Power(StrEnum):
    """One thing that a role may be allowed to do."""

    ENTER = "sign in"
    READ_FROZEN = "read kept papers"
    READ = "read the books"
    READ_PRIVATE = "read what is not published of a decision"
    RECORD = "record in the books"
    RELEASE = "release instalments and waive what an award asks for"
    CONFIRM = "confirm imports"
    PAY = "pay and reconcile"
    CERTIFY = "close and reopen periods and certify statements"
    APPROVE = "approve requests"
    LIMIT = "set the approval limits"
    REPORT = "make papers for meetings"
    SIGN = "sign papers and decisions"
    ADMINISTER = "look after people and settings"


_EVERYBODY = frozenset(Role)
_READERS = _EVERYBODY - {Role.PANEL}
_OFFICERS = frozenset({Role.COMMISSIONING, Role.MANAGER, Role.FINANCE, Role.CHIEF_FINANCE})
_COMMISSIONERS = frozenset({Role.COMMISSIONER, Role.DEPUTY})

# The administrator holds no power over money: shared administrator and finance rights are
# what auditors report first.
POWERS: dict[Power, frozenset[Role]] = {
    Power.ENTER: _EVERYBODY,
    Power.READ_FROZEN: _EVERYBODY,
    Power.READ: _READERS,
    Power.READ_PRIVATE: _OFFICERS | _COMMISSIONERS | {Role.CHIEF_EXECUTIVE},
    Power.RECORD: _OFFICERS,
    Power.RELEASE: frozenset({Role.MANAGER}),
    Power.CONFIRM: frozenset({Role.MANAGER, Role.FINANCE}),
    Power.PAY: frozenset({Role.FINANCE, Role.CHIEF_FINANCE}),
    Power.CERTIFY: frozenset({Role.CHIEF_FINANCE}),
    Power.APPROVE: _COMMISSIONERS | {Role.MANAGER, Role.CHIEF_FINANCE, Role.CHIEF_EXECUTIVE},
    Power.LIMIT: frozenset({Role.ADMINISTRATOR, Role.CHIEF_EXECUTIVE}),
    Power.REPORT: _OFFICERS | {Role.CHIEF_EXECUTIVE},
    Power.SIGN: _COMMISSIONERS | {Role.CHIEF_EXECUTIVE},
    Power.ADMINISTER: frozenset({Role.ADMINISTRATOR}),
}


def may(roles: AbstractSet[Role], power: Power) -> bool:
    """Say whether any of the posts that a person holds has a power."""
    return not POWERS[power].isdisjoint(roles)


def must_prove_twice(roles: AbstractSet[Role]) -> bool:
    """Say whether any of the posts that a person holds approves, or looks after people: these sign in by two steps."""
    return may(roles, Power.APPROVE) or may(roles, Power.ADMINISTER)


@dataclass(frozen=True)
class Actor:
    """Who is doing something: a person of the office, or a command run on the server."""

    name: str
    person_id: int | None = None


COMMAND_LINE = Actor("command line")
