"""Balance assertions: what the general ledger says against the books, when it was typed and ever after."""

from datetime import date

from fundtracker.domain.refusals import DateRefusedError
from fundtracker.domain.roles import Actor
from fundtracker.domain.statuses import AccrualKind, Source
from fundtracker.domain.years import FinancialYear, today
from fundtracker.services import payments
from fundtracker.services.accruals import AccrualDetails, record_accrual
from fundtracker.services.assertions import accrued_at, assert_balance, checked_assertions, fallen_apart
from fundtracker.services.statements import grant_statement
from fundtracker.store.funds import Fund
from fundtracker.store.periods import BalanceAssertion
from tests.books.builder import Books, pence
from tests.services.test_year_end import YEAR_END

BY = Actor("tests")


def state(books: Books, fund: Fund, stated: str, on: date = YEAR_END) -> BalanceAssertion:
    return books.change(assert_balance, fund=fund, on=on, stated=pence(stated), by=BY, source="Ledger report 7")


def test_agrees_or_says_by_how_much_it_differs(books: Books) -> None:
    fund = books.fund("1,000")
    award = books.award(fund, "900")
    books.pay(award, "600")
    books.do(payments.refund, line=award.lines[0], amount="100", lowers_award=True)
    books.pay(award, "50", date(2021, 4, 1))

    state(books, fund, "500")
    state(books, fund, "512.34", date(2021, 3, 30))

    agrees, differs = checked_assertions(books.session, fund)
    assert (agrees.agrees, agrees.row.found, agrees.row.made_by) == (True, pence("500"), "tests")
    assert (differs.agrees, differs.difference) == (False, pence("12.34"))
    assert (agrees.since, fallen_apart(books.session)) == ([], [])


def test_a_later_entry_of_an_earlier_day_is_named(books: Books) -> None:
    fund, other = books.fund("1,000"), books.fund("1,000", name="Another")
    award, elsewhere = books.award(fund, "900"), books.award(other, "900")
    books.pay(award, "600")
    state(books, fund, "600")

    books.pay(award, "10", YEAR_END)
    books.pay(award, "20", date(2021, 4, 1))
    books.pay(elsewhere, "30")

    (apart,) = fallen_apart(books.session)
    assert (apart.found, apart.difference, [entry.amount for entry in apart.since]) == (
        pence("610"), pence("-10"), [pence("10")],
    )  # fmt: skip
    books.reverse(apart.since[0].number, YEAR_END)
    assert fallen_apart(books.session) == []


def test_a_day_to_come_is_refused_and_nothing_spent_may_be_stated(books: Books) -> None:
    fund = books.fund("1,000")

    with books.refused(DateRefusedError, "has not come yet"):
        state(books, fund, "0", date(today().year + 1, 1, 1))
    assert state(books, fund, "0").found == 0


def test_what_is_accrued_stands_beside_and_the_statement_tells_the_difference(books: Books) -> None:
    fund = books.fund("1,000", source=Source.EXTERNAL)
    award = books.award(fund, "900")
    books.pay(award, "600")
    line = award.lines[0]
    details = AccrualDetails(
        kind=AccrualKind.ACCRUAL, line=line.budget_line, award_line=line, amount=pence("75"), period_end=YEAR_END
    )
    books.change(record_accrual, details=details, by=BY)
    state(books, fund, "100", date(2020, 12, 31))
    state(books, fund, "675")
    state(books, fund, "675", date(2021, 4, 1))

    year = grant_statement(books.session, fund=fund, year=FinancialYear(2020))

    assert year.ledger is not None
    assert (year.ledger.row.on_date, year.ledger.difference) == (YEAR_END, pence("75"))
    assert accrued_at(books.session, year.ledger) == pence("75")
