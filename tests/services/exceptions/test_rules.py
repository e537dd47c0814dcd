"""Every rule of the exception report: what it finds, from when, and what it leaves alone."""

from datetime import date

import pytest

from fundtracker.services import allocations, funds, holds, variations
from fundtracker.services.exceptions.rules import Rule
from fundtracker.services.replanning import instalments_of
from fundtracker.store.funds import Fund
from tests.books.builder import LATER, Books, particulars, pence
from tests.services.exceptions.shown import days, found, plan, rows
from tests.services.reconciling.builder import finance_lines, matched


def test_books_with_nothing_wrong_have_no_exception(books: Books, fund: Fund) -> None:
    books.pay(books.award(fund, "900.00"), "900.00")

    assert rows(books) == []


class TestFunds:
    def test_a_funders_cut_below_what_is_awarded(self, books: Books) -> None:
        """Example F of the field's rules."""
        fund = books.fund("999,025", reference="SSF20")
        books.pay(books.award(fund, "900,000"), "900,000")
        books.do(allocations.record_cut, date(2020, 9, 1), line=fund.lines[0], amount="180,000")

        assert rows(books, date(2020, 8, 31)) == []
        assert rows(books) == [(Rule.CUT, "SSF20", pence("80,975"), 20)]

    def test_within_what_is_allowed_and_beyond_it(self, books: Books, fund: Fund) -> None:
        """Example G: more is awarded on purpose, and nothing is wrong with it but that it is so."""
        line = fund.lines[0]
        books.do(allocations.set_allowance, line=line, allowance=pence("500"))
        books.pay(books.award(fund, "5,100"), "5,100")

        assert rows(books) == [(Rule.OVER_ALLOCATED, "SRF20", pence("100"), days(LATER))]

        books.do(allocations.set_allowance, date(2020, 9, 10), line=line, allowance=pence("50"))

        assert rows(books) == [(Rule.OVER_ALLOWANCE, "SRF20", pence("100"), days(LATER))]

    def test_closed_and_suspended_with_money_left(self, books: Books, fund: Fund) -> None:
        other = books.fund("250", reference="COV20")
        books.do(funds.close_fund, date(2020, 9, 1), fund=fund)
        books.do(funds.suspend_fund, date(2020, 9, 11), fund=other)

        assert rows(books) == [
            (Rule.CLOSED, "SRF20", pence("5,000"), 20),
            (Rule.SUSPENDED, "COV20", pence("250"), 10),
        ]

    @pytest.mark.parametrize(("paid", "value"), [("2,999.99", "2,000.01"), ("3,000", None)])
    def test_spend_by_ninety_days_with_under_sixty_per_cent_paid(
        self, books: Books, paid: str, value: str | None
    ) -> None:
        fund = books.fund("5,000", reference="SRF20", spend_by=date(2020, 12, 20))
        award = books.award(fund, "5,000")
        plan(books, award, (LATER, paid), (date(2020, 12, 1), value or "2,000"))
        books.pay(award, paid)

        assert rows(books, date(2020, 9, 20)) == []
        assert rows(books) == ([(Rule.SPEND_BY, "SRF20", pence(value), 0)] if value else [])


class TestOwed:
    def test_an_instalment_overdue_is_not_in_what_its_fund_has_to_spend(self, books: Books) -> None:
        fund = books.fund("1,000", reference="SRF20", spend_by=date(2020, 10, 1))
        award = books.award(fund, "900")
        plan(books, award, (date(2020, 9, 1), "300"), (date(2020, 9, 30), "600"))

        assert rows(books) == [
            (Rule.SPEND_BY, "SRF20", pence("700"), 80),
            (Rule.OVERDUE, award.reference, pence("300"), 20),
        ]

    def test_an_instalment_on_hold_for_thirty_one_days(self, books: Books, fund: Fund) -> None:
        award = books.award(fund, "900")
        plan(books, award, (date(2020, 8, 1), "900"))
        instalment = instalments_of(books.session, award.lines[0])[0]
        said = particulars(date(2020, 8, 21), narrative="No accounts yet")
        books.change(holds.hold, instalment=instalment, particulars=said)

        assert rows(books, date(2020, 9, 20)) == []
        (only,) = found(books)
        assert (only.rule, only.value, only.age) == (Rule.HELD, pence("900"), 31)
        assert "No accounts yet" in only.found.what

    def test_what_was_paid_since_then_was_overdue_then(self, books: Books, fund: Fund) -> None:
        award = books.award(fund, "900")
        plan(books, award, (date(2020, 8, 1), "900"))
        books.pay(award, "400", date(2020, 9, 5))

        assert rows(books, date(2020, 9, 4)) == [(Rule.OVERDUE, award.reference, pence("900"), 34)]
        assert rows(books) == [(Rule.OVERDUE, award.reference, pence("500"), 51)]

    def test_to_recover_for_thirty_one_days(self, books: Books, fund: Fund) -> None:
        award = books.award(fund, "900", on=date(2020, 5, 1))
        books.pay(award, "900", date(2020, 5, 1))
        books.do(variations.vary_award, date(2020, 8, 21), line=award.lines[0], by=-pence("150"))

        assert rows(books, date(2020, 9, 20)) == []
        assert rows(books) == [(Rule.TO_RECOVER, award.reference, pence("150"), 31)]


class TestFinance:
    def test_a_line_that_nobody_dealt_with(self, books: Books, fund: Fund) -> None:
        payment = books.pay(books.award(fund, "900"), "900")
        number = len(books.entries())
        line, other = finance_lines(
            books.session, {"amount": "900"}, {"amount": "12.34", "reference": "V77", "on": date(2020, 8, 1)}
        )
        matched(books.session, [line], [number])

        assert payment.reference
        assert rows(books) == [(Rule.FINANCE_LINE, "V77", pence("12.34"), 51)]
        assert found(books)[0].key == f"finance-line:finance:{other}"

    def test_a_payment_that_no_line_has_after_one_period(self, books: Books, fund: Fund) -> None:
        before, during = books.award(fund, "100", on=date(2020, 5, 1)), books.award(fund, "900", on=date(2020, 5, 1))
        books.pay(before, "100", date(2020, 7, 31))
        payment = books.pay(during, "900", date(2020, 8, 20))

        assert rows(books) == []  # no line was ever brought in, so there is nothing to look in

        finance_lines(books.session, {"amount": "1", "on": date(2020, 8, 30)})

        assert rows(books, date(2020, 9, 19)) == []
        assert rows(books, date(2020, 9, 20)) == [(Rule.PAYMENT, payment.reference, pence("900"), 31)]
