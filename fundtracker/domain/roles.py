"""Who may do what: one table from power to the roles that hold it."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """The post a person signs in as."""

    COMMISSIONING = "commissioning officer"
    FINANCE = "finance officer"
    CHIEF_EXECUTIVE = "chief executive"
    ADMINISTRATOR = "administrator"


class Power(StrEnum):
    """One thing that a role may be allowed to do."""

    READ = "read the books"
    RECORD = "record in the books"
    PAY = "pay, reconcile and close"
    REPORT = "make papers for meetings"
    SIGN = "sign papers"
    ADMINISTER = "look after people and settings"


# The administrator holds no power over money: shared administrator and finance rights are
# what auditors report first.
POWERS: dict[Power, frozenset[Role]] = {
    Power.READ: frozenset(Role),
    Power.RECORD: frozenset({Role.COMMISSIONING, Role.FINANCE}),
    Power.PAY: frozenset({Role.FINANCE}),
    Power.REPORT: frozenset({Role.COMMISSIONING, Role.FINANCE, Role.CHIEF_EXECUTIVE}),
    Power.SIGN: frozenset({Role.CHIEF_EXECUTIVE}),
    Power.ADMINISTER: frozenset({Role.ADMINISTRATOR}),
}


def may(role: Role, power: Power) -> bool:
    """Say whether a role holds a power."""
    return role in POWERS[power]


@dataclass(frozen=True)
class Actor:
    """Who is doing something: a person of the office, or a command run on the server."""

    name: str
    person_id: int | None = None


COMMAND_LINE = Actor("command line")
