"""Absences: a named deputy decides from the first day to the last, and nobody else does."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from fundtracker.domain.people import AdministratorApartError
from fundtracker.domain.refusals import WrongStateError
from fundtracker.domain.roles import COMMAND_LINE, Role
from fundtracker.services import absences, people
from fundtracker.services.absences import AbsenceDetails, AbsenceRefusedError
from fundtracker.store.people import Person
from fundtracker.store.transactions import transaction

FROM, UNTIL = date(2026, 6, 1), date(2026, 6, 5)


@pytest.fixture
def crew(session: Session) -> dict[Role, int]:
    """Add a person in every post."""
    with transaction(session) as books:
        return {
            role: people.add_person(books, email=f"{role.name.lower()}@example.org", name=role.post, role=role).id
            for role in Role
        }


def away(session: Session, person: int, deputy: int | None, until_on: date = UNTIL, why: str = "Leave") -> int:
    with transaction(session) as books:
        deputising = books.get(Person, deputy) if deputy else None
        details = AbsenceDetails(books.get_one(Person, person), deputising, FROM, until_on, why)
        return absences.record_absence(books, details=details, by=COMMAND_LINE).id


@pytest.mark.parametrize(("on", "acting"), [((5, 31), False), ((6, 1), True), ((6, 5), True), ((6, 6), False)], ids=str)
def test_a_deputy_decides_from_the_first_day_to_the_last(
    session: Session, crew: dict[Role, int], on: tuple[int, int], acting: bool
) -> None:
    away(session, crew[Role.CHIEF_EXECUTIVE], crew[Role.MANAGER])
    found = absences.acting_for(session, crew[Role.MANAGER], date(2026, *on))
    assert [person.id for person in found] == [crew[Role.CHIEF_EXECUTIVE]] * acting
    assert absences.acting_for(session, crew[Role.CHIEF_EXECUTIVE], FROM) == []


def test_what_is_taken_back_or_whose_person_has_left_gives_nobody(session: Session, crew: dict[Role, int]) -> None:
    number = away(session, crew[Role.CHIEF_EXECUTIVE], crew[Role.MANAGER])
    away(session, crew[Role.COMMISSIONER], crew[Role.MANAGER])
    with transaction(session) as books:
        absences.end_absence(books, absences.find_absence(books, number), by=COMMAND_LINE)
        people.disable_person(books, people.find_person(books, crew[Role.COMMISSIONER]))
    assert absences.acting_for(session, crew[Role.MANAGER], FROM) == []
    with pytest.raises(WrongStateError), transaction(session) as books:
        absences.end_absence(books, absences.find_absence(books, number), by=COMMAND_LINE)


def test_what_cannot_be_is_refused(session: Session, crew: dict[Role, int]) -> None:
    chief, manager = crew[Role.CHIEF_EXECUTIVE], crew[Role.MANAGER]
    for deputy, more, refusal in (
        (chief, {}, AbsenceRefusedError),
        (None, {}, AbsenceRefusedError),
        (manager, {"until_on": date(2026, 5, 31)}, AbsenceRefusedError),
        (manager, {"why": " "}, AbsenceRefusedError),
        (crew[Role.ADMINISTRATOR], {}, AdministratorApartError),
    ):
        with pytest.raises(refusal):
            away(session, chief, deputy, **more)
    with pytest.raises(AbsenceRefusedError, match="approves nothing"):
        away(session, crew[Role.VIEWER], manager)


def test_an_administrator_holds_no_other_post(session: Session, crew: dict[Role, int]) -> None:
    with pytest.raises(AdministratorApartError), transaction(session) as books:
        people.change_role(books, people.find_person(books, crew[Role.FINANCE]), Role.FINANCE, {Role.ADMINISTRATOR})
    with pytest.raises(AdministratorApartError), transaction(session) as books:
        people.add_person(books, email="x@example.org", name="X", role=Role.ADMINISTRATOR, others={Role.VIEWER})


def test_posts_are_held_beside_each_other_and_end_what_is_open(session: Session, crew: dict[Role, int]) -> None:
    for others in ({Role.CHIEF_FINANCE, Role.VIEWER}, {Role.VIEWER, Role.PANEL}, set()):
        with transaction(session) as books:
            people.change_role(books, people.find_person(books, crew[Role.FINANCE]), Role.FINANCE, others)
        session.expire_all()
        assert people.find_person(session, crew[Role.FINANCE]).roles == {Role.FINANCE, *others}
