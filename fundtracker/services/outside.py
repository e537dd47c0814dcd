"""People who sign in at the office's identity provider: known by issuer and subject, never by an email address."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.refusals import Refusal
from fundtracker.domain.roles import Role
from fundtracker.services.people import add_person, change_role, end_sessions, person_of_link, spend_link
from fundtracker.services.sign_ins import open_session
from fundtracker.store.people import OutsideIdentity, Person


class ProviderRefusedError(Refusal):
    """An identity provider that does not answer, or whose answer proves nothing."""


class NotOfThisOfficeError(Refusal):
    """Somebody whom the provider knows and this office does not, or not any more."""


@dataclass(frozen=True)
class Identity:
    """Who the provider says somebody is; `roles` is None where it has no say in posts."""

    issuer: str
    subject: str
    email: str
    name: str
    roles: frozenset[Role] | None


def sign_in_outside(session: Session, identity: Identity, *, link: str = "") -> str:
    """
    Open a session for somebody whom the provider knows, and give its token.

    A one-time link joins them to the person it was made for; without one, somebody new is added where the provider
    gives posts. Raises NotOfThisOfficeError, LinkSpentError, EmailTakenError, LastAdministratorError and
    AdministratorApartError.
    """
    person = find_outside(session, identity) or _join(session, identity, link)
    if not person.active:
        raise NotOfThisOfficeError("You may not sign in to this office any more. Ask an administrator if you should.")
    _give_posts(session, person, identity.roles)
    return open_session(session, person, outside=True)


def find_outside(session: Session, identity: Identity) -> Person | None:
    """Find the person who is known by an issuer and a subject."""
    asked = select(OutsideIdentity.person_id).where(
        OutsideIdentity.issuer == identity.issuer, OutsideIdentity.subject == identity.subject
    )
    number = session.scalar(asked)
    return session.get(Person, number) if number is not None else None


def _join(session: Session, identity: Identity, link: str) -> Person:
    if link:
        person = person_of_link(session, link)
        spend_link(session, person)
        end_sessions(session, person)
    elif identity.roles:
        main, *others = _in_order(identity.roles)
        person = add_person(session, email=identity.email, name=identity.name or identity.email, role=main,
                            others=frozenset(others))  # fmt: skip
    else:
        raise NotOfThisOfficeError(
            "You are not among the people of this office yet. Ask an administrator for a link, and open it first."
        )
    session.add(OutsideIdentity(person_id=person.id, issuer=identity.issuer, subject=identity.subject))
    session.flush()
    return person


def _give_posts(session: Session, person: Person, roles: frozenset[Role] | None) -> None:
    """Give a person the posts that the provider says, where it has a say."""
    if roles is None or roles == person.roles:
        return
    if not roles:
        raise NotOfThisOfficeError("Your account gives you no post in this office. Ask an administrator for one.")
    main = person.role if person.role in roles else _in_order(roles)[0]
    change_role(session, person, main, roles - {main})


def _in_order(roles: frozenset[Role]) -> list[Role]:
    return [role for role in Role if role in roles]
