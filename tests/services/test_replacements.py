"""Replacements: an entry corrected in one posting, guarded on the difference only."""

from datetime import date

import pytest

from fundtracker.domain.kinds import Kind
from fundtracker.domain.refusals import (
    AlreadyAwardedError,
    BelowZeroError,
    MoreThanAwardedError,
    MoreThanReceivedError,
    NotEnoughLeftError,
    NothingToDoError,
    NotReversibleError,
)
from fundtracker.services import allocations, funders, payments, reversals, variations
from fundtracker.store.books import Entry
from fundtracker.store.funds import Fund
from tests.books.builder import Books, pence


def replace(books: Books, number: int, amount: str | int) -> list[Entry]:
    return books.do(reversals.replace_entry, entry=books.entry(number), amount=amount)


def successor(posted: list[Entry]) -> int:
    return next(entry.number for entry in posted if entry.replaces is not None)


def full_and_cut(books: Books) -> Fund:
    """Award all of £100 as £60 and £40 (entries 2 and 3), then have the funder take £20 away."""
    fund = books.fund("100")
    for amount in ("60", "40"):
        books.award(fund, amount)
    books.do(allocations.record_cut, line=fund.lines[0], amount="20")
    return fund


class TestAwardInAnOverAllocatedFund:
    def test_is_corrected_downwards_or_to_the_same(self, books: Books) -> None:
        fund = full_and_cut(books)

        undo, again = replace(books, 2, "55")
        assert (undo.reverses, undo.amount, again.replaces, again.amount) == (2, pence("-60"), 2, pence("55"))
        replace(books, 3, "40")

        assert fund.lines[0].awarded == pence("95")

    def test_is_not_corrected_upwards(self, books: Books) -> None:
        full_and_cut(books)

        with books.refused(NotEnoughLeftError, "£40.00 left", "£60.01", "£20.01 more"):
            replace(books, 2, "60.01")

    def test_a_fall_is_corrected_either_way_but_never_to_a_net_rise(self, books: Books) -> None:
        fund = full_and_cut(books)
        award_line = books.award_lines()[0]
        books.do(variations.vary_award, line=award_line, by="-10")

        number = successor(replace(books, 5, "15"))
        assert (award_line.awarded, fund.lines[0].remaining) == (pence("45"), pence("-5"))
        with books.refused(NotEnoughLeftError, "£9.00 left", "£15.00, £6.00 more"):
            replace(books, number, "14")


class TestAllocation:
    def test_is_corrected_upwards_in_an_over_allocated_fund(self, books: Books) -> None:
        fund = full_and_cut(books)

        again, undo = replace(books, 1, "110")

        assert (again.replaces, undo.reverses) == (1, 1)
        assert fund.lines[0].remaining == pence("-10")

    def test_is_not_corrected_below_what_is_awarded(self, books: Books) -> None:
        fund = books.fund("100")
        books.award(fund, "60")

        with books.refused(AlreadyAwardedError, "£60.00 of Safer Roads Fund 2020 is awarded"):
            replace(books, 1, "59.99")
        replace(books, 1, "60")

        assert fund.lines[0].remaining == 0

    def test_a_reduction_is_guarded_on_the_difference(self, books: Books) -> None:
        fund = books.fund("100")
        books.award(fund, "80")
        books.do(allocations.reduce, line=fund.lines[0], amount="10")

        number = successor(replace(books, 3, "20"))
        assert fund.lines[0].remaining == 0
        with books.refused(AlreadyAwardedError, "£80.00"):
            replace(books, number, "20.01")

    def test_a_reduction_is_made_smaller_in_an_over_allocated_fund(self, books: Books) -> None:
        fund = books.fund("100")
        books.award(fund, "80")
        books.do(allocations.reduce, line=fund.lines[0], amount="10")
        books.do(allocations.record_cut, line=fund.lines[0], amount="50")

        replace(books, 3, "5")

        assert fund.lines[0].allocated == pence("45")


class TestOtherKinds:
    def test_a_funders_cut_takes_any_amount_down_to_nothing(self, books: Books) -> None:
        fund = full_and_cut(books)

        number = successor(replace(books, 4, "90"))
        assert fund.lines[0].allocated == pence("10")
        with books.refused(BelowZeroError, "has £100.00 allocated", "£100.01 cannot be taken"):
            replace(books, number, "100.01")

    def test_a_payment_keeps_its_reference(self, books: Books) -> None:
        award = books.award(books.fund("100"), "50")
        payment = books.pay(award, "50")

        number = successor(replace(books, 3, "45"))

        assert payments.live_entry(books.session, payment).amount == pence("45")
        with books.refused(MoreThanAwardedError, "£0.01 too much"):
            replace(books, number, "50.01")

    def test_a_payment_beyond_a_lowered_award_may_come_down(self, books: Books) -> None:
        award = books.award(books.fund("100"), "50")
        books.pay(award, "50")
        books.do(variations.vary_award, line=award.lines[0], by="-20")

        replace(books, 3, "45")

        assert award.lines[0].to_recover == pence("15")

    def test_a_receipt_that_went_back_may_rise(self, books: Books) -> None:
        line = books.fund("100").lines[0]
        books.do(funders.record_receipt, line=line, amount="50")
        books.do(funders.return_to_funder, line=line, amount="50")

        number = successor(replace(books, 2, "60"))
        assert line.received == pence("60")
        with books.refused(MoreThanReceivedError, "£59.00 of what PCC sent", "£1.00 too much"):
            replace(books, number, "49")

    def test_an_allowance_is_replaced_whatever_came_after(self, books: Books) -> None:
        line = books.fund("100").lines[0]
        books.do(allocations.allow_over, line=line, amount="50")
        books.do(allocations.allow_over, line=line, amount="-20")

        replace(books, 2, "60")

        assert line.over_allowed == pence("40")

    def test_a_write_off_stops_at_what_was_to_recover(self, books: Books) -> None:
        award = books.award(books.fund("100"), "60")
        books.pay(award, "60")
        books.do(variations.vary_award, line=award.lines[0], by="-20")
        books.do(variations.write_off, line=award.lines[0], amount="5")

        with books.refused(BelowZeroError, "£20.00"):
            replace(books, 5, "20.01")
        replace(books, 5, "20")

        assert award.lines[0].to_recover == 0

    def test_an_award_varied_down_since_is_corrected_where_there_is_room(self, books: Books) -> None:
        award = books.award(books.fund("1,000"), "60")
        books.do(variations.vary_award, line=award.lines[0], by="-40")

        replace(books, 2, "50")

        assert award.lines[0].awarded == pence("10")


def test_one_leg_of_a_pair_is_not_replaced(books: Books) -> None:
    books.do(allocations.carry_forward, line=books.fund("100").lines[0], amount="10")

    for number in (2, 3):
        with books.refused(NotReversibleError, "two legs"):
            replace(books, number, "5")


@pytest.mark.parametrize("amount", [0, -1])
def test_nothing_replaces_an_entry(books: Books, amount: int) -> None:
    books.fund("100")

    with books.refused(NothingToDoError, "more than £0.00"):
        replace(books, 1, amount)


def test_a_replaced_entry_is_replaced_once_and_its_successor_again(books: Books) -> None:
    books.fund("100")
    number = successor(replace(books, 1, "90"))

    with books.refused(NotReversibleError, "is reversed already"):
        replace(books, 1, "80")
    replace(books, number, "80")

    assert sum(amount for _, amount in books.entries()) == pence("80")
    assert {kind for kind, _ in books.entries()} == {Kind.ALLOCATION}
    assert books.entry(-1).on_date == date(2020, 6, 30)
