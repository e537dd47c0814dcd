"""The year's end at its edges: adjustments made after 31 March, and interest that an advance has earned."""

from datetime import date

from fundtracker.domain.refusals import ClosedPeriodError, MoreThanPaidError
from fundtracker.domain.statuses import Source
from fundtracker.domain.years import FinancialYear
from fundtracker.services import allocations, funders, payments
from fundtracker.services.figures import as_at
from fundtracker.services.statements import Statement, grant_statement
from fundtracker.store.funds import Fund
from tests.books.builder import Books, pence

YEAR_END, APRIL, MAY = date(2021, 3, 31), date(2021, 4, 1), date(2021, 5, 6)


def _statement(books: Books, fund: Fund, up_to_entry: int | None = None) -> Statement:
    books.session.rollback()
    when = as_at(books.session, YEAR_END, up_to_entry)
    return grant_statement(books.session, fund=fund, year=FinancialYear(2020), when=when)


def test_an_adjustment_of_period_13_counts_in_its_year_and_the_old_report_can_be_made_again(books: Books) -> None:
    fund = books.fund("1,000", source=Source.EXTERNAL)
    award = books.award(fund, "600")
    books.pay(award, "100", APRIL)
    before = _statement(books, fund)
    books.pay(award, "50", YEAR_END)

    assert before.position.spending.paid == 0
    assert _statement(books, fund).position.spending.paid == pence("50")
    assert _statement(books, fund, before.when.last_entry).position == before.position


def test_once_march_is_closed_an_adjustment_is_dated_in_april_with_its_own_date_noted(books: Books) -> None:
    fund = books.fund("1,000", source=Source.EXTERNAL)
    award = books.award(fund, "600")
    books.close(YEAR_END)

    with books.refused(ClosedPeriodError, "give 31 March 2021 as the original date"):
        books.pay(award, "50", YEAR_END)
    books.do(payments.pay, APRIL, line=award.lines[0], amount="50", original_date=YEAR_END)

    assert _statement(books, fund).position.spending.paid == 0
    assert books.entry(-1).original_date == YEAR_END


def test_interest_on_a_funders_advance_is_in_hand_and_goes_back_unless_an_uplift_lets_it_be_spent(books: Books) -> None:
    fund = books.fund("1,000", source=Source.EXTERNAL)
    books.pay(books.award(fund, "1,000"), "1,000")
    for amount in ("1,000", "12.34"):
        books.do(funders.record_receipt, line=fund.lines[0], amount=amount)

    assert _statement(books, fund).position.repayable == pence("12.34")
    books.do(allocations.uplift, line=fund.lines[0], amount="12.34")
    stands = _statement(books, fund).position
    assert (stands.unspent, stands.repayable) == (pence("12.34"), pence("12.34"))
    books.pay(books.award(fund, "12.34"), "12.34")
    assert _statement(books, fund).position.repayable == 0


def test_interest_that_a_recipient_sends_back_beyond_its_grant_is_no_refund(books: Books) -> None:
    fund = books.fund("1,000", source=Source.EXTERNAL)
    award = books.award(fund, "600")
    books.pay(award, "600")
    with books.refused(MoreThanPaidError):
        books.do(payments.refund, line=award.lines[0], amount="600.05", lowers_award=False)
    books.do(payments.refund, MAY, line=award.lines[0], amount="600", lowers_award=True)
    books.do(funders.record_receipt, MAY, line=fund.lines[0], amount="0.05")
    assert fund.lines[0].received == 5
