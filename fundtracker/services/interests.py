"""Interests: declared by a person, who from then on neither sees nor acts on what they touch."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from sqlalchemy import CTE, ColumnElement, or_, select
from sqlalchemy.orm import Session, joinedload

from fundtracker.domain.refusals import NotFoundRefusal, NothingToDoError, ReasonMissingError, Refusal, WrongStateError
from fundtracker.domain.roles import Actor
from fundtracker.domain.text import clean, one_line
from fundtracker.domain.years import long_date, now
from fundtracker.services.listings.payees import merged, payee_of
from fundtracker.services.organisation_sums import selves
from fundtracker.services.organisations import root_of
from fundtracker.store.applications import Application
from fundtracker.store.interests import Interest
from fundtracker.store.organisations import Organisation
from fundtracker.store.transactions import BY

Touched = Organisation | Application
LARGEST_ID = 2**63 - 1


class InterestDeclaredError(Refusal):
    """A person opening, or acting on, what an interest that they declared touches."""

    status = HTTPStatus.FORBIDDEN


def declare_interest(session: Session, *, touching: Touched, words: str, by: Actor) -> Interest:
    """Declare an interest of the person who acts, in words; raises NothingToDoError without any."""
    if not clean(words):
        raise NothingToDoError("Enter what your interest is", field="words")
    if by.person_id is None:
        raise WrongStateError("An interest is a person's. Sign in and declare it on a page.")
    interest = Interest(
        person_id=by.person_id, words=clean(words), made_at=now(), made_by=by.name, made_by_id=by.person_id,
        **{f"{touching.__tablename__}_id": touching.id},
    )  # fmt: skip
    session.add(interest)
    session.flush()
    return interest


def take_back_interest(session: Session, *, interest: Interest, why: str, by: Actor) -> None:
    """End an interest, with the reason; raises WrongStateError where it ended, or where it is the person's own."""
    if interest.undone_at is not None:
        raise WrongStateError("This interest has ended already.")
    if by.person_id in (None, interest.person_id):
        raise WrongStateError("Nobody ends an interest of their own. Ask somebody else to record that it has ended.")
    if not one_line(why):
        raise ReasonMissingError("Enter why it has ended", field="why")
    interest.undone_at, interest.undone_by, interest.undone_by_id = now(), by.name, by.person_id
    interest.undone_why = one_line(why)


def find_interest(session: Session, number: int) -> Interest:
    """Give the interest of a number; raises NotFoundRefusal."""
    found = session.get(Interest, number) if 0 < number <= LARGEST_ID else None
    if found is None:
        raise NotFoundRefusal("This interest is not in the register.")
    return found


def list_interests(session: Session) -> Sequence[Interest]:
    """Give every interest declared, those that stand first, then the newest."""
    whole = (joinedload(Interest.person), joinedload(Interest.organisation), joinedload(Interest.application))
    order = (Interest.undone_at.is_not(None), Interest.id.desc())
    return session.scalars(select(Interest).options(*whole).order_by(*order)).all()


def reader(session: Session) -> int | None:
    """Give the number of the person for whom a session reads, None where that is the command line."""
    by = session.info.get(BY)
    return by.person_id if isinstance(by, Actor) else None


def touched(person_id: int, tree: CTE, payee: ColumnElement[Any]) -> ColumnElement[bool]:
    """
    Say whether what a person declared touches a row of applications.

    `tree` is `merged()` joined to the application's organisation, and `payee` what that organisation is now.
    """
    standing = (Interest.person_id == person_id, Interest.undone_at.is_(None))
    into = tree.alias()
    payees = select(payee_of(into, Interest.organisation_id)).outerjoin(into, into.c.id == Interest.organisation_id)
    applications = select(Interest.application_id).where(*standing, Interest.application_id.is_not(None))
    theirs = payees.where(*standing, Interest.organisation_id.is_not(None))
    return or_(Application.id.in_(applications), payee.in_(theirs))


def find_free(session: Session, wanted: ColumnElement[bool]) -> Application | None:
    """Give the application wanted, where there is one; raises InterestDeclaredError where the reader may not see it."""
    person_id = reader(session)
    if person_id is None:
        return session.scalar(select(Application).where(wanted))
    tree = merged()
    hidden = touched(person_id, tree, payee_of(tree, Application.organisation_id))
    rows = select(Application, hidden).outerjoin(tree, tree.c.id == Application.organisation_id).where(wanted)
    found = session.execute(rows).one_or_none()
    if found is not None and found[1]:
        raise _declared(f"application {found[0].reference}")
    return found[0] if found else None


def check_free(
    session: Session, person_id: int | None, *, organisation: Organisation, application: Application | None = None
) -> None:
    """Refuse a person to act for an organisation or on its application; raises InterestDeclaredError."""
    if person_id is not None and any(
        one.person_id == person_id for one in _touching(session, organisation, application)
    ):
        raise _declared(application.reference if application else organisation.name)


def interests_said(session: Session, *, organisation: Organisation, application: Application | None = None) -> str:
    """Say which interests were declared, as a decision record does: who, what and when; or that none was."""
    found = _touching(session, organisation, application)
    said = [f"{one.made_by}, {long_date(one.made_at.date())}: {one.words.rstrip('.')}." for one in found]
    return "\n".join(said) or "None declared."


def _touching(session: Session, organisation: Organisation, application: Application | None) -> Sequence[Interest]:
    about: ColumnElement[bool] = Interest.organisation_id.in_(selves(session, root_of(organisation)))
    if application is not None:
        about = or_(about, Interest.application_id == application.id)
    return session.scalars(select(Interest).where(about, Interest.undone_at.is_(None)).order_by(Interest.id)).all()


def _declared(what: str) -> InterestDeclaredError:
    return InterestDeclaredError(
        f"You declared an interest that touches {what}, so you neither see it nor act on it. Somebody else has to."
    )
