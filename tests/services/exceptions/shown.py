"""Short words for what the exception report finds as at a day, and for an award's plan and reasons."""

from datetime import date

from fundtracker.domain.money import Pence
from fundtracker.services import schedules
from fundtracker.services.exceptions.listing import ExceptionRow, list_exceptions
from fundtracker.services.exceptions.rules import Rule
from fundtracker.services.figures import as_at
from fundtracker.services.schedules import Planned
from fundtracker.store.awards import Award
from fundtracker.store.transactions import transaction
from tests.books.builder import Books, pence

SEPTEMBER = date(2020, 9, 21)
Row = tuple[Rule, str, Pence | None, int]


def found(books: Books, day: date = SEPTEMBER) -> list[ExceptionRow]:
    """Give every exception as at a day."""
    return list_exceptions(books.session, as_at(books.session, day))


def rows(books: Books, day: date = SEPTEMBER) -> list[Row]:
    """Give what a report shows of each: its rule, its reference, its pence and its age."""
    return [(one.rule, one.found.reference, one.value, one.age) for one in found(books, day)]


def days(since: date, until: date = SEPTEMBER) -> int:
    """Count the days from one to another."""
    return (until - since).days


def take_reasons_away(books: Books, award: Award) -> None:
    """Leave an award without reasons, as a workbook may bring it in."""
    with transaction(books.session):
        award.reasons = ""


def plan(books: Books, award: Award, *due: tuple[date, str]) -> None:
    """Plan when an award is paid."""
    planned = [Planned(due_on=on, amount=pence(amount)) for on, amount in due]
    books.do(schedules.set_schedule, line=award.lines[0], planned=planned)
