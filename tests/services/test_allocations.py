"""Allocations: what may be put into a budget line, taken from it and moved between two."""

from collections.abc import Callable
from datetime import date

import pytest

from fundtracker.domain.kinds import Kind
from fundtracker.domain.refusals import (
    AlreadyAwardedError,
    BelowZeroError,
    DecisionMissingError,
    NotEnoughLeftError,
    NothingToDoError,
    SpendTypeError,
    WrongStateError,
)
from fundtracker.domain.statuses import SpendType
from fundtracker.services import allocations, funders
from tests.books.builder import Books, pence


class TestUplift:
    def test_leaves_awards_as_they_were(self, books: Books) -> None:
        fund = books.fund("250,000")
        books.award(fund, "250,000")

        books.do(allocations.uplift, line=fund.lines[0], amount="30,000")

        assert (fund.lines[0].allocated, fund.lines[0].awarded) == (pence("280,000"), pence("250,000"))

    @pytest.mark.parametrize("verb", [allocations.allocate, allocations.uplift, allocations.record_cut])
    def test_nothing_is_refused(self, books: Books, verb: Callable[..., object]) -> None:
        fund = books.fund("100")

        for amount in (0, -5):
            with books.refused(NothingToDoError, "more than £0.00"):
                books.do(verb, line=fund.lines[0], amount=amount)


class TestReduction:
    def test_stops_at_what_is_awarded(self, books: Books) -> None:
        fund = books.fund("1,000")
        books.award(fund, "600")

        with books.refused(AlreadyAwardedError, "£600.00", "£400.00 is left", "£400.01 cannot be taken"):
            books.do(allocations.reduce, line=fund.lines[0], amount="400.01")
        books.do(allocations.reduce, line=fund.lines[0], amount="400")

        assert fund.lines[0].remaining == 0

    def test_is_not_helped_by_an_allowance(self, books: Books) -> None:
        fund = books.fund("1,000")
        books.award(fund, "1,000")
        books.do(allocations.allow_over, line=fund.lines[0], amount="500")

        with books.refused(AlreadyAwardedError, "£0.00 is left"):
            books.do(allocations.reduce, line=fund.lines[0], amount="0.01")

    def test_below_zero_is_refused_even_of_a_funder(self, books: Books) -> None:
        fund = books.fund("1,000")

        with books.refused(BelowZeroError, "has £1,000.00 allocated", "£1,000.01 cannot be taken"):
            books.do(allocations.record_cut, line=fund.lines[0], amount="1,000.01")

    def test_is_not_dated_before_what_it_takes_away(self, books: Books) -> None:
        fund = books.fund("1,000")

        with books.refused(BelowZeroError, "31 March 2020", "£10.00"):
            books.do(allocations.reduce, date(2020, 3, 31), line=fund.lines[0], amount="10")


class TestAllowance:
    def test_lowered_is_always_accepted_and_shows_as_over(self, books: Books) -> None:
        fund = books.fund("100")
        books.do(allocations.allow_over, line=fund.lines[0], amount="10")
        books.award(fund, "110")

        books.do(allocations.allow_over, line=fund.lines[0], amount="-10")

        assert (fund.lines[0].over_allowed, fund.lines[0].remaining) == (0, pence("-10"))

    def test_says_what_is_left_with_it(self, books: Books) -> None:
        fund = books.fund("100")
        books.do(allocations.allow_over, line=fund.lines[0], amount="10")

        with books.refused(NotEnoughLeftError, "£110.00 left", "its allowance of £10.00", "£0.01 more"):
            books.award(fund, "110.01")

    def test_below_nothing_or_of_nothing_is_refused(self, books: Books) -> None:
        fund = books.fund("100")
        books.do(allocations.allow_over, line=fund.lines[0], amount="10")

        with books.refused(BelowZeroError, "is £10.00", "by £10.01"):
            books.do(allocations.allow_over, line=fund.lines[0], amount="-10.01")
        with books.refused(NothingToDoError, "is £10.00 already"):
            books.do(allocations.allow_over, line=fund.lines[0], amount=0)


class TestTransfer:
    def test_moves_to_another_fund_in_two_legs(self, books: Books) -> None:
        source, target = books.fund("100"), books.fund("5", name="Covid-19 response fund")

        books.do(allocations.transfer, source=source.lines[0], target=target.lines[0], amount="40")

        assert books.entries()[-2:] == [(Kind.TRANSFER_OUT, pence("-40")), (Kind.TRANSFER_IN, pence("40"))]
        assert (source.lines[0].allocated, target.lines[0].allocated) == (pence("60"), pence("45"))

    def test_more_than_is_left_is_refused_with_the_shortfall(self, books: Books) -> None:
        source, target = books.fund("100"), books.fund("5", name="Covid-19 response fund")
        books.award(source, "70")

        with books.refused(NotEnoughLeftError, "has £30.00 left", "£40.00 cannot be moved", "£10.00 too much"):
            books.do(allocations.transfer, source=source.lines[0], target=target.lines[0], amount="40")

    def test_to_itself_or_of_nothing_is_refused(self, books: Books) -> None:
        source, target = books.fund("100"), books.fund("5", name="Covid-19 response fund")

        with books.refused(WrongStateError, "another line"):
            books.do(allocations.transfer, source=source.lines[0], target=source.lines[0], amount="1")
        with books.refused(NothingToDoError, "more than £0.00"):
            books.do(allocations.transfer, source=source.lines[0], target=target.lines[0], amount=0)

    def test_from_capital_to_revenue_needs_its_own_decision(self, books: Books) -> None:
        fund = books.fund("100")
        capital = books.line(fund, "50", year=2020, spend_type=SpendType.CAPITAL)

        with books.refused(SpendTypeError, "2020/21 capital is capital", "2020/21 revenue is revenue"):
            books.do(allocations.transfer, source=capital, target=fund.lines[0], amount="10")
        books.do(
            allocations.transfer, source=capital, target=fund.lines[0], amount="10", switch_decision="PCC/D/2020/44"
        )

        assert (capital.allocated, fund.lines[0].allocated) == (pence("40"), pence("110"))


class TestCarryForward:
    def test_opens_the_next_years_line_and_keeps_its_lot(self, books: Books) -> None:
        fund = books.fund("100", lot="Lot 2")
        books.award(fund, "99")

        books.do(allocations.carry_forward, line=fund.lines[0], amount="1")

        first, following = fund.lines
        assert (following.year, following.lot, following.allocated) == (2021, "Lot 2", pence("1"))
        assert first.remaining == 0

    def test_more_than_is_left_opens_no_line(self, books: Books) -> None:
        fund = books.fund("100")

        with books.refused(NotEnoughLeftError, "has £100.00 left", "£0.01 too much"):
            books.do(allocations.carry_forward, line=fund.lines[0], amount="100.01")


class TestDecisionReference:
    def test_is_asked_for_by_what_moves_authority_to_spend(self, books: Books) -> None:
        fund, other = books.fund("100"), books.fund("5", name="Covid-19 response fund")
        line = fund.lines[0]
        books.do(funders.record_receipt, line=line, amount="5", decision="")

        for verb, said in (
            (allocations.allocate, "an allocation needs"),
            (allocations.uplift, "an uplift needs"),
            (allocations.reduce, "a reduction needs"),
            (allocations.allow_over, "an allowance needs"),
            (allocations.carry_forward, "a carry forward out needs"),
            (funders.return_to_funder, "a return to funder needs"),
        ):
            with books.refused(DecisionMissingError, said):
                books.do(verb, line=line, amount=1, decision=" ")
        with books.refused(DecisionMissingError, "a transfer out needs"):
            books.do(allocations.transfer, source=line, target=other.lines[0], amount=1, decision="")

    def test_is_not_asked_for_by_what_others_decide(self, books: Books) -> None:
        fund = books.fund("100")

        books.do(allocations.record_cut, line=fund.lines[0], amount="10", decision="")
        books.do(funders.record_receipt, line=fund.lines[0], amount="10", decision="")

        assert books.entry(-1).decision_reference == ""


def test_awards_from_a_full_line_are_refused_while_another_line_has_money(books: Books) -> None:
    fund = books.fund("100", lot="Lot 1")
    second = books.line(fund, "100", year=2020, lot="Lot 2")
    books.award(fund.lines[0], "100")

    with books.refused(NotEnoughLeftError, "£0.00 left in Safer Roads Fund 2020 2020/21 revenue, Lot 1", "£1.00 more"):
        books.award(fund.lines[0], "1")
    books.do(allocations.transfer, source=second, target=fund.lines[0], amount="1")
    books.award(fund.lines[0], "1")

    assert [line.remaining for line in fund.lines] == [0, pence("99")]


def test_an_allowance_is_brought_to_what_was_decided(books: Books) -> None:
    line = books.fund("1,000").lines[0]

    books.do(allocations.set_allowance, line=line, allowance=pence("100"))
    books.do(allocations.set_allowance, line=line, allowance=pence("40"))

    assert books.entries()[1:] == [(Kind.ALLOWANCE, pence("100")), (Kind.ALLOWANCE, pence("-60"))]
    with books.refused(NothingToDoError, "The allowance on Safer Roads Fund 2020 is £40.00 already"):
        books.do(allocations.set_allowance, line=line, allowance=pence("40"))


def test_a_switch_between_capital_and_revenue_says_on_what_decision(books: Books) -> None:
    fund = books.fund("1,000")
    capital = books.line(fund, year=2020, spend_type=SpendType.CAPITAL)

    moved = books.do(allocations.transfer, source=fund.lines[0], target=capital, amount="10", switch_decision="D/44")

    assert {leg.narrative for leg in moved} == {"Switch between capital and revenue: D/44"}


def test_money_returned_lowers_the_allocation_where_it_was_not_lowered_before(books: Books) -> None:
    fund = books.fund("1,000")
    line = fund.lines[0]
    books.award(fund, "600")
    books.do(funders.record_receipt, line=line, amount="1,000")

    with books.refused(AlreadyAwardedError, "£400.00 is left"):
        books.do(funders.return_to_funder, line=line, amount="401", lowers_allocation=True)
    entry = books.do(funders.return_to_funder, line=line, amount="400", lowers_allocation=True)

    assert (entry.kind, line.allocated, line.returned, line.remaining) == (Kind.RETURN, pence("600"), pence("400"), 0)
