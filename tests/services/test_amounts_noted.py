"""Amounts that are noted and move no money: asked for, sought, estimated; none is below zero."""

from collections.abc import Callable

import pytest

from fundtracker.domain.refusals import BelowZeroError
from fundtracker.services import applications, awards, bids, gifts
from tests.books.builder import DAY, Books, pence

MINUS = pence("-0.01")


def log_application(books: Books) -> None:
    details = applications.ApplicationDetails(fund=books.fund(), organisation=books.organisation(), asked_for=MINUS)
    books.do(applications.log_application, DAY, details=details)


def record_award(books: Books) -> None:
    books.award(books.fund("100"), "10", asked_for=MINUS)


def record_gift(books: Books) -> None:
    details = awards.AwardDetails(recipient=books.organisation(), shares=())
    books.do(gifts.record_gift, details=details, estimated_value=MINUS)


def record_bid(books: Books) -> None:
    books.do(bids.record_bid, DAY, details=bids.BidDetails(title="Drive", funder="Home Office", sought=MINUS))


def record_pot(books: Books) -> None:
    books.do(bids.record_bid, DAY, details=bids.BidDetails(title="Drive", funder="Home Office", national_pot=MINUS))


@pytest.mark.parametrize("record", [log_application, record_award, record_gift, record_bid, record_pot])
def test_below_zero_is_refused_in_words(books: Books, record: Callable[[Books], None]) -> None:
    with pytest.raises(BelowZeroError, match=r"−£0\.01 is less than nothing\. Enter £0\.00 or more") as refusal:
        record(books)

    assert refusal.value.field
