"""Short words for paying in a test: planned in two halves, drawn up, authorised by another and sent."""

from datetime import date

from fundtracker.domain.roles import Actor, Role
from fundtracker.domain.years import today
from fundtracker.services import runs, schedules
from fundtracker.services.dues import Due
from fundtracker.services.listings.filters import Filters
from fundtracker.services.listings.payments_due import list_due
from fundtracker.services.people import add_person
from fundtracker.services.replanning import instalments_of
from fundtracker.services.schedules import Planned
from fundtracker.store.awards import Award, Payment
from fundtracker.store.runs import PaymentRun
from tests.books.builder import LATER, Books, particulars, pence

Officers = tuple[Actor, Actor]


def two_officers(books: Books) -> Officers:
    """Know two people of finance."""
    names = ("first", "second")
    people = [books.change(add_person, email=f"{n}@example.org", name=n, role=Role.FINANCE) for n in names]
    one, other = (Actor(person.name, person.id) for person in people)
    return one, other


def plan(books: Books, award: Award, condition: str = "") -> None:
    """Plan an award of £900.00 in two halves."""
    planned = [Planned(due_on=date(2020, month, 1), amount=pence("450.00"), condition=condition) for month in (7, 10)]
    books.do(schedules.set_schedule, line=award.lines[0], planned=planned)


def due(books: Books, award: Award, amount: str = "450.00", place: int = 0, invoice: str = "") -> Due:
    """Give one payment of an award, of the instalment at a place where it has a schedule."""
    rows = instalments_of(books.session, award.lines[0])
    instalment = rows[place] if rows else None
    return Due(line=award.lines[0], instalment=instalment, amount=pence(amount), invoice_number=invoice)


def draw_up(books: Books, by: Actor, *run: Due, sure: bool = False) -> PaymentRun:
    """Draw up a run for today."""
    return books.change(runs.draw_up, run=run, pay_on=today(), by=by, sure=sure)


def send(books: Books, officers: Officers, *run: Due, on: date = LATER) -> list[Payment]:
    """Draw up a run, let another person authorise it, and send it."""
    drawn_up = draw_up(books, officers[0], *run, sure=True)
    books.change(runs.authorise, run=drawn_up, by=officers[1])
    return books.change(runs.send, run=drawn_up, particulars=particulars(on))


def states(books: Books, status: str = "") -> list[tuple[str, int, str]]:
    """Give what is to pay: the day, what can go, and what holds it."""
    books.session.rollback()
    return [(row.when, row.ready, row.held) for row in list_due(books.session, Filters(status=status)).rows]
