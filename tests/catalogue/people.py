"""People in every state: with several posts, and away with somebody who decides in their place."""

from datetime import timedelta

from sqlalchemy import select

from fundtracker.domain.roles import COMMAND_LINE, Role
from fundtracker.domain.years import today
from fundtracker.services import absences, people
from fundtracker.services.absences import AbsenceDetails
from fundtracker.store.people import Person
from fundtracker.store.transactions import transaction
from tests.books.builder import Books


def keep_people(books: Books) -> None:
    """Keep a person with three posts, and an absence that is on, one that is over and one that was taken back."""
    day = today()
    with transaction(books.session) as session:
        others = {Role.CHIEF_FINANCE, Role.VIEWER}
        people.add_person(session, email="several@example.org", name="Several", role=Role.FINANCE, others=others)
        chief, manager = (
            session.scalars(select(Person).where(Person.role == role)).first()
            for role in (Role.CHIEF_EXECUTIVE, Role.MANAGER)
        )
        assert chief is not None
        made = [
            absences.record_absence(
                session,
                details=AbsenceDetails(chief, manager, day + timedelta(first), day + timedelta(last), "Leave"),
                by=COMMAND_LINE,
            )
            for first, last in ((-3, 7), (-60, -50), (30, 40))
        ]
        absences.end_absence(session, made[-1], by=COMMAND_LINE)
