"""Accruals: what a period cost whatever day its cash moved, and how much may be accrued."""

from datetime import date
from typing import Any

import pytest

from fundtracker.domain.refusals import ClosedPeriodError, NothingToDoError, WrongStateError
from fundtracker.domain.refusals_year_end import (
    DatesInOrderError,
    MoreThanOutstandingError,
    NotExternalError,
    ReasonNeededError,
)
from fundtracker.domain.roles import Actor
from fundtracker.domain.statuses import AccrualKind, Source
from fundtracker.services import accruals, funders
from fundtracker.services.accrual_journal import journal, period_ends
from fundtracker.services.accruals import AccrualDetails, accruals_on, record_accrual, spending
from fundtracker.services.listings.accruals import list_accruals
from fundtracker.services.listings.filters import Filters
from fundtracker.services.listings.paging import Order, Part
from fundtracker.services.office import set_statement
from fundtracker.services.suggested import suggest_accruals
from fundtracker.store.awards import Award
from fundtracker.store.funds import Fund
from fundtracker.store.periods import Accrual
from fundtracker.store.transactions import transaction
from tests.books.builder import DAY, Books, pence

YEAR_END = date(2021, 3, 31)
APRIL = date(2021, 4, 1)
BY = Actor("tests")


def accrue(books: Books, fund: Fund, amount: str, award: Award | None = None, **more: object) -> Accrual:
    facts: dict[str, Any] = {"kind": AccrualKind.ACCRUAL, "period_end": YEAR_END, **more}
    line = award.lines[0] if award else None
    details = AccrualDetails(line=fund.lines[0], award_line=line, amount=pence(amount), **facts)
    return books.change(record_accrual, details=details, by=BY)


def spent(books: Books, fund: Fund, day: date) -> int:
    paid = fund.lines[0].paid - fund.lines[0].recovered
    return spending(paid, accruals_on(books.session, day, fund.lines)).expenditure


class TestAccrual:
    def test_counts_from_the_end_of_its_period_until_it_reverses(self, books: Books) -> None:
        fund = books.fund("10,000")
        award = books.award(fund, "9,000")
        books.pay(award, "6,000")

        accrual = accrue(books, fund, "2,500", award)

        assert accrual.reference == "ACC-001"
        assert accrual.reverses_on == APRIL
        assert [spent(books, fund, day) for day in (date(2021, 3, 30), YEAR_END, APRIL)] == [
            pence("6,000"), pence("8,500"), pence("6,000"),
        ]  # fmt: skip
        assert books.entries()[-1][1] == pence("6,000")  # and no entry was made

    def test_and_the_invoice_that_differs_is_paid_for_what_it_is(self, books: Books) -> None:
        fund = books.fund("10,000")
        award = books.award(fund, "9,000")
        accrue(books, fund, "2,500", award)

        books.pay(award, "2,400", date(2021, 4, 20))

        assert spent(books, fund, date(2021, 4, 20)) == pence("2,400")

    def test_more_than_is_to_pay_is_refused(self, books: Books) -> None:
        fund = books.fund("10,000")
        first, second = books.award(fund, "1,000"), books.award(fund, "500")
        accrue(books, fund, "600", first)

        with books.refused(MoreThanOutstandingError, "£1,000.00 to pay", "£600.00 of it", "£0.01 too much", "£400.00"):
            accrue(books, fund, "400.01", first)
        with books.refused(MoreThanOutstandingError, "£1,500.00 to pay", "£900.00 or less"):
            accrue(books, fund, "900.01")
        accrue(books, fund, "900")
        with books.refused(MoreThanOutstandingError, "£0.00 or less"):
            accrue(books, fund, "0.01", second)

    def test_what_was_paid_after_the_period_was_to_pay_at_its_end(self, books: Books) -> None:
        fund = books.fund("10,000")
        award = books.award(fund, "1,000")
        books.pay(award, "1,000", date(2021, 4, 9))

        accrue(books, fund, "1,000", award)

        assert spending(0, accruals_on(books.session, YEAR_END)).expenditure == pence("1,000")

    def test_undone_counts_nowhere_and_says_why(self, books: Books) -> None:
        fund = books.fund("1,000")
        award = books.award(fund, "1,000")
        accrual = accrue(books, fund, "1,000", award)

        with books.refused(ReasonNeededError, "ACC-001"):
            books.change(accruals.undo_accrual, accrual=accrual, why=" ", by=BY)
        books.change(accruals.undo_accrual, accrual=accrual, why="The invoice came in time", by=BY)
        with books.refused(WrongStateError, "tests", "The invoice came in time"):
            books.change(accruals.undo_accrual, accrual=accrual, why="Again", by=BY)

        assert spent(books, fund, YEAR_END) == 0
        assert accrue(books, fund, "1,000", award).reference == "ACC-002"
        assert accruals.find_accrual(books.session, "acc-001").undone_by == "tests"

    def test_reverses_after_its_period(self, books: Books) -> None:
        fund = books.fund("1,000")
        award = books.award(fund, "1,000")

        with books.refused(DatesInOrderError, "31 March 2021"):
            accrue(books, fund, "10", award, reverses_on=YEAR_END)
        with books.refused(NothingToDoError, "more than £0.00"):
            accrue(books, fund, "0", award)

    def test_in_a_closed_period_nothing_is_accrued_or_undone(
        self, books: Books, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        fund = books.fund("1,000")
        award = books.award(fund, "1,000")
        kept = accrue(books, fund, "10", award)
        monkeypatch.setattr("fundtracker.services.accruals.closed_to", lambda _session: YEAR_END)

        with books.refused(ClosedPeriodError, "closed to 31 March 2021"):
            accrue(books, fund, "10", award)
        with books.refused(ClosedPeriodError, "closed to 31 March 2021"):
            books.change(accruals.undo_accrual, accrual=kept, why="Late", by=BY)
        accrue(books, fund, "10", award, period_end=date(2021, 4, 30))


class TestPrepayment:
    def test_leaves_the_year_that_it_was_paid_in(self, books: Books) -> None:
        fund = books.fund("1,000")
        award = books.award(fund, "1,000")
        books.pay(award, "1,000", date(2021, 3, 20))

        accrue(books, fund, "400", award, kind=AccrualKind.PREPAYMENT)

        assert [spent(books, fund, day) for day in (YEAR_END, APRIL)] == [pence("600"), pence("1,000")]
        with books.refused(MoreThanOutstandingError, "£1,000.00 paid", "£600.00 or less"):
            accrue(books, fund, "600.01", award, kind=AccrualKind.PREPAYMENT)


class TestWithTheFunder:
    def test_a_debtor_and_a_receipt_in_advance_stop_at_what_there_is(self, books: Books) -> None:
        fund = books.fund("1,000", source=Source.EXTERNAL)
        books.do(funders.record_receipt, DAY, line=fund.lines[0], amount="300")

        accrue(books, fund, "700", kind=AccrualKind.DEBTOR)
        accrue(books, fund, "300", kind=AccrualKind.IN_ADVANCE)

        with books.refused(MoreThanOutstandingError, "£700.00 owed", "£0.00 or less"):
            accrue(books, fund, "0.01", kind=AccrualKind.DEBTOR)
        with books.refused(MoreThanOutstandingError, "£300.00 received"):
            accrue(books, fund, "0.01", kind=AccrualKind.IN_ADVANCE)
        assert spent(books, fund, YEAR_END) == 0

    @pytest.mark.parametrize("kind", [AccrualKind.DEBTOR, AccrualKind.IN_ADVANCE])
    def test_our_own_money_has_neither(self, books: Books, kind: AccrualKind) -> None:
        fund = books.fund("1,000")

        with books.refused(NotExternalError, "no funder"):
            accrue(books, fund, "10", kind=kind)

    def test_a_recipient_may_be_a_debtor_of_any_fund(self, books: Books) -> None:
        fund = books.fund("1,000")
        award = books.award(fund, "1,000")

        with books.refused(MoreThanOutstandingError, "£0.00 owed"):
            accrue(books, fund, "10", award, kind=AccrualKind.DEBTOR)
        external = books.fund("10", name="Safer Streets", source=Source.EXTERNAL)
        granted = books.award(external, "10")
        with books.refused(WrongStateError, "not to one award"):
            accrue(books, external, "10", granted, kind=AccrualKind.IN_ADVANCE)


class TestSuggestions:
    def test_are_what_is_to_pay_for_work_done_by_then(self, books: Books) -> None:
        fund = books.fund("10,000")
        done = books.award(fund, "900", ends_on=date(2021, 2, 28))
        half = books.award(fund, "730", starts_on=date(2020, 10, 1), ends_on=date(2021, 9, 30))
        books.pay(half, "100")
        paid = books.award(fund, "50")
        books.pay(paid, "50")
        accrue(books, fund, "100", done)

        found = suggest_accruals(books.session, YEAR_END, 2020)

        assert [(one.award, one.amount, one.why) for one in found] == [
            (done.reference, pence("800"), "it ended on 28 February 2021"),
            (half.reference, pence("264"), "182 of its 365 days have passed"),
        ]

    def test_a_year_s_money_is_not_asked_of_another(self, books: Books) -> None:
        books.award(books.fund("100", year=2021), "100")

        assert suggest_accruals(books.session, YEAR_END, 2020) == []


class TestListed:
    def test_by_kind_and_state_with_the_totals_of_those_that_stand(self, books: Books) -> None:
        fund = books.fund("1,000")
        award = books.award(fund, "1,000", to=books.organisation("Wythall Parish Council"))
        books.pay(award, "400")
        accrue(books, fund, "100", award)
        accrue(books, fund, "50", award, period_end=date(2099, 3, 31))
        accrue(books, fund, "30", reverses_on=date(2099, 4, 1))
        accrue(books, fund, "400", award, kind=AccrualKind.PREPAYMENT)
        books.change(accruals.undo_accrual, accrual=accrue(books, fund, "7"), why="Twice", by=BY)

        whole = list_accruals(books.session, Filters())
        found = {row.reference: row.state for row in whole.rows}

        assert found == {
            "ACC-001": "reversed", "ACC-002": "to come", "ACC-003": "counting", "ACC-004": "reversed",
            "ACC-005": "undone",
        }  # fmt: skip
        assert (whole.totals.accrued, whole.totals.prepaid, whole.totals.count) == (pence("180"), pence("400"), 5)
        undone = list_accruals(books.session, Filters(status="undone", type="accrual"), Part(order=Order("kind")))
        assert [row.undone_why for row in undone.rows] == ["Twice"]
        assert list_accruals(books.session, Filters(text="Wythall", least=pence("100"))).count == 2

    def test_the_journal_has_two_equal_sides_and_no_undone_line(self, books: Books) -> None:
        fund = books.fund("1,000", cost_centre="C1", subjective="4200", source=Source.EXTERNAL)
        award = books.award(fund, "1,000")
        books.pay(award, "400")
        books.do(funders.record_receipt, DAY, line=fund.lines[0], amount="500")
        for kind in AccrualKind:
            accrue(books, fund, "10", award if kind is AccrualKind.ACCRUAL else None, kind=kind)
        books.change(accruals.undo_accrual, accrual=accrue(books, fund, "7"), why="Twice", by=BY)
        with transaction(books.session):
            set_statement(books.session, certificate="", accounts={AccrualKind.PREPAYMENT: "9420"})

        lines = journal(books.session, YEAR_END)

        assert [(line.account, line.debit, line.credit) for line in lines] == [
            ("4200", 1000, None), ("Accrual", None, 1000),
            ("9420", 1000, None), ("4200", None, 1000),
            ("Debtor", 1000, None), ("4200", None, 1000),
            ("4200", 1000, None), ("Receipt in advance", None, 1000),
        ]  # fmt: skip
        assert {line.reverse_period for line in lines} == {"2021/22 period 1"}
        assert list(period_ends(books.session)) == [YEAR_END]
