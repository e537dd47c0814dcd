"""Both sides in every state: matched, matched with a difference, suggested, explained, left; and a period's steps."""

from datetime import date

from sqlalchemy import select

from fundtracker.domain.roles import Actor, Role
from fundtracker.domain.statuses import Explanation
from fundtracker.services.reconciling import closing
from fundtracker.services.reconciling.explaining import explain
from fundtracker.services.reconciling.items import Side
from fundtracker.services.reconciling.matching import undo_match
from fundtracker.store.people import Person
from tests.books.builder import Books
from tests.services.reconciling.builder import finance_lines, matched

MAY = date(2020, 5, 7)
LONG = "Weobley " + "W" * 120
BY = Actor("A. Officer")


def keep_reconciling(books: Books) -> None:
    """Keep a fund whose payments and lines are dealt with in every way, and a period closed before any of them."""
    fund = books.fund("9,000.00", name="Reconciled Fund", reference="REC20")
    award = books.award(fund, "5,000.00", to=books.organisation("Riders Reconciled"), on=MAY)
    entries = []
    for amount in ("1,680.00", "810.00", "50.00", "60.00", "60.00", "70.00", "1,200.00"):
        books.pay(award, amount, MAY)
        entries.append(books.entry(-1).number)
    lines = _lines(books)
    matched(books.session, [lines[0]], entries[:2], score=95, reason="Two of ours add up to one of theirs")
    matched(books.session, [lines[1]], [entries[2]], note="A penny out", owner="Finance officer")
    undone = matched(books.session, [lines[2]], [entries[3]])
    books.change(undo_match, number=undone.id, by=BY, why="Not this one")
    for number, reason in ((lines[3], Explanation.NOT_OURS), (lines[4], Explanation.QUERY)):
        books.change(explain, side=Side.LINE, number=number, reason=reason, note=LONG, owner=LONG, by=BY)
    books.change(explain, side=Side.OURS, number=entries[5], reason=Explanation.TIMING, note="June", owner="A", by=BY)
    _periods(books)


def _lines(books: Books) -> list[int]:
    payee, described = "Riders Reconciled", {"reference": "5100000001", "invoice_number": "INV-1", "unit": "Grants"}
    return finance_lines(
        books.session,
        {"amount": "2,490.00", "payee": payee, "on": MAY, **described},
        {"amount": "50.01", "payee": payee, "on": MAY},
        {"amount": "60.00", "payee": payee, "on": MAY},
        {"amount": "25.00", "payee": LONG, "on": MAY, "description": LONG, "cost_centre": "C100", "account": "4200"},
        {"amount": "-40.00", "payee": "Printer", "on": MAY},
        {"amount": "9,999,999,999.99", "payee": "", "on": None},
        {"amount": "33.00", "payee": "Debit and Credit Ltd", "on": MAY},
        {"amount": "-33.00", "payee": "Debit and Credit Ltd", "on": MAY},
        {"amount": "1,200.01", "payee": payee, "on": MAY},
    )


def _periods(books: Books) -> None:
    """Close and reopen years in which nothing happened, close one again, and leave the next waiting."""
    officers = select(Person.id).where(Person.role == Role.FINANCE).order_by(Person.id)
    ann, ben = (Actor(f"Officer {number}", number) for number in books.session.scalars(officers))
    for again in (False, True):
        books.change(closing.ask_to_close, until=date(2018, 3, 31), by=ann)
        books.change(closing.close_period, by=ben)
        if not again:
            books.change(closing.reopen, by=ann, why="Closed too soon")
    books.change(closing.ask_to_close, until=date(2019, 3, 31), by=ben)
