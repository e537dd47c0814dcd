"""People: who may sign in, in which post; every change to one ends that person's open sessions."""

import secrets
from collections.abc import Set as AbstractSet
from datetime import timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from fundtracker.domain.people import (
    AdministratorApartError,
    EmailTakenError,
    LastAdministratorError,
    LinkSpentError,
    clean_email,
)
from fundtracker.domain.refusals import NameMissingError, NotFoundRefusal
from fundtracker.domain.roles import Role
from fundtracker.domain.text import one_line
from fundtracker.domain.years import now
from fundtracker.services.tokens import hash_token
from fundtracker.store.people import Person, PersonRole, SignIn

LINK_LASTS = timedelta(days=7)


def add_person(
    session: Session, *, email: str, name: str, role: Role, others: AbstractSet[Role] = frozenset()
) -> Person:
    """
    Add someone who may sign in, without a password yet.

    Raises EmailTakenError, NameMissingError and AdministratorApartError.
    """
    _keep_administrators_apart({role, *others})
    address, called = clean_email(email), one_line(name)
    if not called:
        raise NameMissingError("Enter the person's name", field="name")
    if session.scalar(select(Person.id).where(Person.email == address)):
        raise EmailTakenError(f"{address} is in the list of people already", field="email")
    person = Person(email=address, name=called, role=role, active=True, failures=0)
    person.others = [PersonRole(role=other) for other in Role if other in others - {role}]
    session.add(person)
    session.flush()
    return person


def find_person(session: Session, person_id: int) -> Person:
    """Find a person by number; raises NotFoundRefusal."""
    person = session.get(Person, person_id)
    if person is None:
        raise NotFoundRefusal("There is no such person. Choose one from the list of people.")
    return person


def make_link(session: Session, person: Person) -> str:
    """Make a one-time link's secret part, which lasts 7 days and replaces any earlier one; only its hash is kept."""
    token = secrets.token_urlsafe(32)
    person.link_hash, person.link_until = hash_token(token), now() + LINK_LASTS
    session.flush()
    return token


def person_of_link(session: Session, token: str) -> Person:
    """Find whose link it is; raises LinkSpentError where it was used, replaced or has run out."""
    person = session.scalar(select(Person).where(Person.link_hash == hash_token(token)))
    if person is None or not person.active or person.link_until is None or person.link_until < now():
        raise LinkSpentError("This link has been used or has run out. Ask an administrator for a new one.")
    return person


def spend_link(session: Session, person: Person) -> None:
    """Let a person's one-time link open nothing more."""
    person.link_hash = person.link_until = None


def set_password(session: Session, person: Person, password_hash: str) -> None:
    """Set a password that is hashed already, spend the link, lift any hold and end the person's sessions."""
    person.password_hash = password_hash
    spend_link(session, person)
    person.held_until = None
    person.failures = 0
    end_sessions(session, person)


def change_role(session: Session, person: Person, role: Role, others: AbstractSet[Role] = frozenset()) -> None:
    """
    Give a person another main post, and exactly these others beside it.

    Raises LastAdministratorError and AdministratorApartError.
    """
    if role is not Role.ADMINISTRATOR:
        _keep_an_administrator(session, person)
    beside = others - {role}
    _keep_administrators_apart({role, *beside})
    person.role = role
    person.others = [
        *(held for held in person.others if held.role in beside),
        *(PersonRole(role=new) for new in Role if new in beside - {held.role for held in person.others}),
    ]
    end_sessions(session, person)


def disable_person(session: Session, person: Person) -> None:
    """Stop a person signing in, at once; raises LastAdministratorError."""
    _keep_an_administrator(session, person)
    person.active = False
    spend_link(session, person)
    end_sessions(session, person)


def enable_person(session: Session, person: Person) -> None:
    """Let a person sign in again."""
    person.active, person.failures, person.held_until = True, 0, None
    session.flush()


def end_sessions(session: Session, person: Person) -> None:
    """End every open session of a person."""
    session.flush()
    session.execute(delete(SignIn).where(SignIn.person_id == person.id))


def _keep_administrators_apart(roles: AbstractSet[Role]) -> None:
    if Role.ADMINISTRATOR in roles and len(roles) > 1:
        raise AdministratorApartError(
            "An administrator holds no other post: whoever looks after people’s posts has no say over money.",
            field="others",
        )


def _keep_an_administrator(session: Session, person: Person) -> None:
    others = select(func.count()).select_from(Person).where(
        Person.role == Role.ADMINISTRATOR, Person.active.is_(True), Person.id != person.id
    )  # fmt: skip
    if person.role is Role.ADMINISTRATOR and person.active and not session.scalar(others):
        raise LastAdministratorError(
            f"{person.name} is the only administrator. Give that post to somebody else first.", field="role"
        )
