"""
A small book of two years, to work papers out of by hand.

2019/20: £1,000.00 on 8 April; A is awarded £300.00 on 1 June, paid £200.00 on 1 July; B is awarded £200.00 on
1 December and paid £200.00 on 10 January. 2020/21: £1,500.00 on 1 April; A is awarded £450.00 on 1 May and paid
£150.00 on 1 June, C is awarded £100.00 on 1 August, to which nothing was paid.
"""

from dataclasses import dataclass
from datetime import date

from fundtracker.services.applications import ApplicationDetails, decline, log_application
from fundtracker.store.applications import Application
from fundtracker.store.funds import Fund
from fundtracker.store.organisations import Organisation
from tests.books.builder import Books, pence


@dataclass(frozen=True)
class TwoYears:
    """The fund of each year, and who was awarded anything."""

    before: Fund
    fund: Fund
    a: Organisation
    b: Organisation
    c: Organisation


def keep_two_years(books: Books) -> TwoYears:
    """Keep the two years."""
    a, b, c = (books.organisation(f"Organisation {letter}") for letter in "ABC")
    before = books.fund(name="Roads 2019", year=2019, reference="R19")
    books.allocate(before.lines[0], "1,000.00", date(2019, 4, 8))
    first = books.award(before, "300.00", a, date(2019, 6, 1), asked_for=pence("400.00"))
    books.pay(first, "200.00", date(2019, 7, 1))
    books.pay(books.award(before, "200.00", b, date(2019, 12, 1)), "200.00", date(2020, 1, 10))
    fund = books.fund("1,500.00", name="Roads 2020", reference="R20", follows=before)
    books.pay(books.award(fund, "450.00", a, date(2020, 5, 1)), "150.00", date(2020, 6, 1))
    books.award(fund, "100.00", c, date(2020, 8, 1))
    return TwoYears(before, fund, a, b, c)


def apply(books: Books, fund: Fund, to: Organisation, amount: str | None, on: date) -> Application:
    """Log an application for an amount, or for none that is stated."""
    asked = pence(amount) if amount else None
    details = ApplicationDetails(fund=fund, organisation=to, asked_for=asked, purpose=f"Signs for {amount}")
    return books.do(log_application, on, details=details)


def turn_down(books: Books, application: Application, on: date) -> None:
    """Decline an application."""
    books.do(decline, on, application=application, reasons="Not one of the outcomes")
