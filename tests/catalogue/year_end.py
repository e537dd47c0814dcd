"""A fund at its year end: expected from its funder in every state, accrued in every kind, and followed by another."""

from datetime import date

from fundtracker.domain.money import Pence
from fundtracker.domain.roles import Actor
from fundtracker.domain.statuses import AccrualKind, ExpectedKind, Source
from fundtracker.domain.years import FinancialYear, today
from fundtracker.services import funders
from fundtracker.services.accruals import AccrualDetails, record_accrual, undo_accrual
from fundtracker.services.assertions import assert_balance
from fundtracker.services.expected import ExpectedDetails, drop_expected, expect_receipt, submit_claim
from fundtracker.services.match_funding import Matched, state_match_funding
from fundtracker.services.next_year import NextYear, open_next_year
from fundtracker.store.awards import Award
from fundtracker.store.funds import Fund
from tests.books.builder import Books, particulars

YEAR_END = date(2021, 3, 31)
BY = Actor("tests")


def keep_year_end(books: Books) -> None:
    """Keep the fund, which has nothing left to do but what its pages offer."""
    fund = books.fund("9,000.00", name="Victims Fund", reference="YEA20", source=Source.EXTERNAL, year_bound=True,
                      cost_centre="C100", subjective="4200", project="P7")  # fmt: skip
    award = books.award(fund, "4,000.00", to=books.organisation("Year End Ltd"))
    books.pay(award, "1,000.00")
    _expect(books, fund)
    books.change(assert_balance, fund=fund, on=YEAR_END, stated=100_000, by=BY, source="Period 12")
    books.pay(award, "50.00", YEAR_END)
    _accrue(books, fund, award)
    matched = Matched(cash=Pence(80_000), source="Partners’ returns")
    books.change(state_match_funding, fund=fund, year=FinancialYear(2020), matched=matched, by=BY)
    carried = NextYear(name="Victims Fund 2021", year=FinancialYear(2021), reference="YEA21", letter="MoJ/7",
                       carried={fund.lines[0]: Pence(100_000)})  # fmt: skip
    books.do(open_next_year, date(2021, 4, 6), fund=fund, details=carried)


def _expect(books: Books, fund: Fund) -> None:
    books.do(funders.record_receipt, line=fund.lines[0], amount="2,500.00")
    rows = []
    for month, kind in ((6, ExpectedKind.INSTALMENT), (9, ExpectedKind.INSTALMENT), (12, ExpectedKind.CLAIM)):
        details = ExpectedDetails(
            line=fund.lines[0], kind=kind, amount=Pence(200_000), due_on=date(2020, month, 30), reference=f"Q{month}",
            period_from=date(2020, month - 2, 1), period_to=date(2020, month, 28), notes="By the grant letter",
        )  # fmt: skip
        rows.append(books.do(expect_receipt, today(), details=details))
    later = ExpectedDetails(
        line=fund.lines[0], kind=ExpectedKind.CLAIM, amount=Pence(5_000), due_on=date(today().year + 1, 3, 31)
    )
    books.do(expect_receipt, today(), details=later)
    gone = books.do(expect_receipt, today(), details=later)
    books.do(submit_claim, row=rows[-1])
    books.change(drop_expected, row=gone, particulars=particulars(today(), narrative="Counted twice"))


def _accrue(books: Books, fund: Fund, award: Award) -> None:
    on = {AccrualKind.ACCRUAL: award.lines[0], AccrualKind.PREPAYMENT: award.lines[0]}
    for kind in AccrualKind:
        details = AccrualDetails(
            kind=kind, line=fund.lines[0], award_line=on.get(kind), amount=Pence(12_345), period_end=YEAR_END,
            narrative=f"A {kind.value}",
        )  # fmt: skip
        books.change(record_accrual, details=details, by=BY)
        wrong = books.change(record_accrual, details=details, by=BY)
    books.change(undo_accrual, accrual=wrong, why="Recorded twice", by=BY)
