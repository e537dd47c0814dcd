"""Absences: who decides in whose place, by name and from day to day; never by a shared sign-in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from fundtracker.domain.people import AdministratorApartError
from fundtracker.domain.refusals import NotFoundRefusal, Refusal, WrongStateError
from fundtracker.domain.roles import Actor, Power, Role, may
from fundtracker.domain.text import one_line
from fundtracker.domain.years import now
from fundtracker.store.people import Absence, Person


class AbsenceRefusedError(Refusal):
    """An absence whose days or deputy cannot be."""


@dataclass(frozen=True)
class AbsenceDetails:
    """Who is away, the first and the last day of it, who decides in their place, and why."""

    person: Person
    deputy: Person | None
    from_on: date
    until_on: date
    why: str


def record_absence(session: Session, *, details: AbsenceDetails, by: Actor) -> Absence:
    """Record an absence with its deputy; raises AbsenceRefusedError, AdministratorApartError."""
    deputy = _check_deputy(details)
    if details.until_on < details.from_on:
        raise AbsenceRefusedError("The last day must be the first day or later", field="until_on")
    if not one_line(details.why):
        raise AbsenceRefusedError("Enter the reason, such as leave", field="why")
    absence = Absence(
        person=details.person, deputy=deputy, from_on=details.from_on, until_on=details.until_on,
        why=one_line(details.why), made_at=now(), made_by=by.name, made_by_id=by.person_id,
    )  # fmt: skip
    session.add(absence)
    session.flush()
    return absence


def end_absence(session: Session, absence: Absence, *, by: Actor, why: str = "") -> None:
    """Take an absence back, so that its deputy decides for nobody from now on; raises WrongStateError."""
    if absence.undone_at is not None:
        raise WrongStateError("This absence was taken back already.")
    absence.undone_at, absence.undone_why = now(), one_line(why)
    absence.undone_by, absence.undone_by_id = by.name, by.person_id
    session.flush()


def find_absence(session: Session, number: int) -> Absence:
    """Find an absence by number; raises NotFoundRefusal."""
    absence = session.get(Absence, number)
    if absence is None:
        raise NotFoundRefusal("There is no such absence.")
    return absence


def list_absences(session: Session, person: Person) -> Sequence[Absence]:
    """List a person's absences, the newest first, with those taken back."""
    asked = select(Absence).where(Absence.person_id == person.id).options(joinedload(Absence.deputy))
    return session.scalars(asked.order_by(Absence.from_on.desc(), Absence.id.desc())).all()


def acting_for(session: Session, person_id: int, on: date) -> list[Person]:
    """Give the people in whose place a person decides on a day, each still in post; raises nothing."""
    away = select(Absence.person_id).where(
        Absence.deputy_id == person_id, Absence.from_on <= on, Absence.until_on >= on, Absence.undone_at.is_(None)
    )  # fmt: skip
    asked = select(Person).where(Person.id.in_(away), Person.active).options(joinedload(Person.others))
    return list(session.scalars(asked.order_by(Person.id)).unique())


def _check_deputy(details: AbsenceDetails) -> Person:
    deputy, person = details.deputy, details.person
    if not may(person.roles, Power.APPROVE):
        raise AbsenceRefusedError(f"{person.name} approves nothing, so nobody is needed in their place.")
    if deputy is None or not deputy.active:
        raise AbsenceRefusedError("Choose who decides in their place", field="deputy")
    if deputy.id == person.id:
        raise AbsenceRefusedError("Nobody stands in for themselves. Choose somebody else.", field="deputy")
    if Role.ADMINISTRATOR in deputy.roles:
        raise AdministratorApartError("An administrator decides nothing about money.", field="deputy")
    return deputy
