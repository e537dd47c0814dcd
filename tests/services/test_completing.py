"""Completing an award: only once its money is settled, and no longer once it is not."""

from collections.abc import Callable
from datetime import date

import pytest

from fundtracker.domain.refusals import BelowZeroError, DateRefusedError, WrongStateError
from fundtracker.domain.statuses import AwardStatus
from fundtracker.services import awards, payments, reversals, variations
from fundtracker.store.awards import AwardLine
from tests.books.builder import Books, pence


def test_completing_waits_for_the_money_to_be_settled(books: Books) -> None:
    award = books.award(books.fund("100"), "10")

    with books.refused(WrongStateError, "money to pay, to recover or to settle"):
        books.do(awards.complete_award, award=award)
    books.pay(award, "10")
    books.do(awards.complete_award, award=award)

    with books.refused(WrongStateError, "is completed already"):
        books.do(awards.complete_award, award=award)


def test_is_not_dated_before_the_award(books: Books) -> None:
    award = books.award(books.fund("100"), "10")
    books.pay(award, "10")

    with books.refused(DateRefusedError, "was awarded on 30 June 2020", "cannot be dated earlier"):
        books.do(awards.complete_award, date(2020, 6, 29), award=award)


def test_is_undone_by_a_reversal(books: Books) -> None:
    award = books.award(books.fund("100"), "10")
    books.pay(award, "10")
    books.do(awards.complete_award, award=award)

    books.reverse(books.entry(-1).number)

    assert award.status is AwardStatus.AWARDED
    with books.refused(BelowZeroError, "cannot come down by £10.01"):
        books.do(variations.vary_award, line=award.lines[0], by="-10.01")
    books.do(payments.pay, line=award.lines[0], amount="10")


@pytest.mark.parametrize(
    "change",
    [
        lambda books, line: books.do(variations.vary_award, line=line, by="5"),
        lambda books, line: books.do(variations.vary_award, line=line, by="-5"),
        lambda books, line: books.do(payments.refund, line=line, amount="5", lowers_award=False),
        lambda books, _: books.do(reversals.replace_entry, entry=books.entry(3), amount="5"),
    ],
)
def test_ends_once_something_is_to_pay_or_to_recover(
    books: Books, change: Callable[[Books, AwardLine], object]
) -> None:
    award = books.award(books.fund("100"), "10")
    books.pay(award, "10")
    books.do(awards.complete_award, award=award)

    change(books, award.lines[0])

    assert award.lines[0].to_pay + award.lines[0].to_recover == pence("5")
    assert award.status is AwardStatus.AWARDED


def test_stays_where_the_money_is_still_settled(books: Books) -> None:
    award = books.award(books.fund("100"), "10")
    books.pay(award, "10")
    books.do(awards.complete_award, award=award)

    books.do(payments.refund, line=award.lines[0], amount="5", lowers_award=True)

    assert award.status is AwardStatus.COMPLETED
