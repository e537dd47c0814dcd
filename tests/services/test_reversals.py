"""Reversals: every kind of entry undone in full, once, and never a reversal."""

from datetime import date

import pytest

from fundtracker.domain.kinds import Kind
from fundtracker.domain.refusals import (
    AlreadyAwardedError,
    BelowZeroError,
    DateRefusedError,
    MoreThanReceivedError,
    NotEnoughLeftError,
    NotFoundRefusal,
    NotReversibleError,
)
from fundtracker.services import allocations, funders, payments, reversals, variations
from tests.books.builder import DAY, Books, pence


def one_of_each_kind(books: Books) -> None:
    """Post an entry of every kind, none of which another depends on by more than its room."""
    fund, other = books.fund("1,000"), books.fund("1,000", name="Covid-19 response fund")
    line = fund.lines[0]
    books.do(allocations.uplift, line=line, amount="50")
    books.do(allocations.reduce, line=line, amount="40")
    books.do(allocations.record_cut, line=line, amount="30")
    books.do(allocations.transfer, source=line, target=other.lines[0], amount="20")
    books.do(allocations.carry_forward, line=line, amount="10")
    books.do(allocations.allow_over, line=line, amount="60")
    award = books.award(fund, "300")
    books.do(variations.vary_award, line=award.lines[0], by="100")
    books.pay(award, "100")
    books.do(payments.refund, line=award.lines[0], amount="10", lowers_award=False)
    owed = books.award(fund, "200")
    books.pay(owed, "200")
    books.do(variations.withdraw_award, award=owed, keep_paid=False)
    books.do(variations.write_off, line=owed.lines[0], amount="50")
    books.do(funders.record_receipt, line=line, amount="500")
    books.do(funders.return_to_funder, line=line, amount="5")


def test_every_kind_is_reversed_by_the_opposite_of_itself(books: Books) -> None:
    one_of_each_kind(books)
    before = books.entries()
    assert {kind for kind, _ in before} == set(Kind)

    undone: set[int] = set()
    for number, (kind, _) in reversed(list(enumerate(before, start=1))):
        if number in undone:
            continue
        posted = books.reverse(number)
        assert len(posted) == (2 if "transfer" in kind or "carry" in kind else 1)
        for entry in posted:
            assert entry.reverses is not None
            assert (entry.kind, -entry.amount) == before[entry.reverses - 1]
            undone.add(entry.reverses)

    assert sum(amount for _, amount in books.entries()) == 0
    kept = books.rows()
    assert {row[5:12] for row in kept["budget_line"]} == {(0,) * 7}
    assert {row[5:8] for row in kept["award_line"]} == {(0,) * 3}


@pytest.mark.parametrize("leg", [-1, -2])
def test_either_leg_of_a_transfer_takes_the_other_with_it(books: Books, leg: int) -> None:
    source, target = books.fund("100"), books.fund("5", name="Covid-19 response fund")
    books.do(allocations.transfer, source=source.lines[0], target=target.lines[0], amount="40")

    books.reverse(books.entry(leg).number)

    assert (source.lines[0].allocated, target.lines[0].allocated) == (pence("100"), pence("5"))
    with books.refused(NotReversibleError, "is reversed already"):
        books.reverse(4)


def test_a_transfer_that_was_awarded_from_stays(books: Books) -> None:
    source, target = books.fund("100"), books.fund("5", name="Covid-19 response fund")
    books.do(allocations.transfer, source=source.lines[0], target=target.lines[0], amount="40")
    books.award(target, "45")

    with books.refused(AlreadyAwardedError, "£45.00 of Covid-19 response fund is awarded", "£40.00 cannot be taken"):
        books.reverse(3)


def test_a_reversal_is_not_reversed(books: Books) -> None:
    books.fund("100")
    books.reverse(1)

    with books.refused(NotReversibleError, "#2 is itself a reversal, of #1"):
        books.reverse(2)


def test_a_reversal_is_not_dated_before_what_it_reverses(books: Books) -> None:
    books.fund("100")

    with books.refused(DateRefusedError, "#1 is dated 1 April 2020"):
        books.reverse(1, on=date(2020, 3, 31))
    books.reverse(1, on=DAY)


def test_what_is_awarded_keeps_its_allocation(books: Books) -> None:
    books.award(books.fund("100"), "1")

    with books.refused(AlreadyAwardedError, "£1.00 of Safer Roads Fund 2020 is awarded already"):
        books.reverse(1)


def test_a_reduction_is_reversed_and_a_fall_in_an_award_only_where_there_is_room(books: Books) -> None:
    fund = books.fund("100")
    award = books.award(fund, "100")
    books.do(variations.vary_award, line=award.lines[0], by="-20")
    books.do(allocations.reduce, line=fund.lines[0], amount="10")

    with books.refused(NotEnoughLeftError, "£10.00 left", "£10.00 more"):
        books.reverse(3)
    books.reverse(4)
    books.reverse(3)

    assert (fund.lines[0].allocated, fund.lines[0].awarded) == (pence("100"), pence("100"))


def test_an_award_varied_down_is_not_reversed_before_its_variation(books: Books) -> None:
    award = books.award(books.fund("100"), "100")
    books.do(variations.vary_award, line=award.lines[0], by="-20")

    with books.refused(BelowZeroError, "£20.00 more would be taken away than was awarded"):
        books.reverse(2)


def test_an_award_paid_already_is_owed_when_reversed(books: Books) -> None:
    award = books.award(books.fund("100"), "100")
    books.pay(award, "30")

    books.reverse(2)

    assert (award.lines[0].awarded, award.lines[0].to_recover) == (0, pence("30"))


def test_a_receipt_that_went_back_stays(books: Books) -> None:
    line = books.fund("100").lines[0]
    books.do(funders.record_receipt, line=line, amount="50")
    books.do(funders.return_to_funder, line=line, amount="30")

    with books.refused(MoreThanReceivedError, "£20.00 of what PCC sent", "£50.00 is £30.00 too much"):
        books.reverse(2)


def test_an_entry_that_is_not_there_is_not_found(books: Books) -> None:
    with pytest.raises(NotFoundRefusal, match="no entry #7"):
        reversals.find_entry(books.session, 7)
