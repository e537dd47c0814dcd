"""Bids: never in a balance until one is won."""

from datetime import date, timedelta
from typing import Any

import pytest

from fundtracker.domain.kinds import EventKind
from fundtracker.domain.refusals import (
    DateRefusedError,
    DecisionMissingError,
    NameMissingError,
    NotFoundRefusal,
    NothingToDoError,
    WrongStateError,
)
from fundtracker.domain.statuses import BidStatus, Doubt, Source
from fundtracker.domain.years import FinancialYear, today
from fundtracker.services import bids
from fundtracker.services.events import events_of
from fundtracker.services.funds import FundDetails
from fundtracker.store.bids import Bid
from tests.books.builder import LATER, Books, pence

FUND = FundDetails(name="Drive", funder="Home Office", source=Source.EXTERNAL, year=FinancialYear(2020))


def bid_for(books: Books, title: str = "Drive in a second area", **more: object) -> Bid:
    return books.do(bids.record_bid, details=bids.BidDetails(title=title, funder="Home Office", **more))  # type: ignore[arg-type]  # as given


def test_is_numbered_and_found_by_its_reference(books: Books) -> None:
    opportunity = bid_for(books, national_pot=pence("10,000,000"))

    assert (opportunity.reference, bid_for(books).reference) == ("BID-001", "BID-002")
    assert (opportunity.sought, books.entries()) == (None, [])
    assert bids.find_bid(books.session, "bid-002").reference == "BID-002"
    with pytest.raises(NotFoundRefusal, match="no bid with the reference BID-9"):
        bids.find_bid(books.session, "BID-9")
    with books.refused(NameMissingError, "what the bid is for"):
        bid_for(books, " ")


def test_moves_on_to_its_end_once(books: Books) -> None:
    bid = bid_for(books)

    books.do(bids.move_bid_on, bid=bid, status=BidStatus.SUBMITTED, on=date(2020, 6, 1))
    books.do(bids.move_bid_on, bid=bid, status=BidStatus.CLARIFICATION, on=date(2020, 6, 2))
    with books.refused(WrongStateError, "Winning a bid opens its fund"):
        books.do(bids.move_bid_on, bid=bid, status=BidStatus.WON, on=LATER)
    with books.refused(DateRefusedError, "has not come yet"):
        books.do(bids.move_bid_on, bid=bid, status=BidStatus.LOST, on=today() + timedelta(days=1))
    books.do(bids.move_bid_on, bid=bid, status=BidStatus.LOST, on=LATER)

    assert (bid.submitted_on, bid.decided_on, bid.status) == (date(2020, 6, 1), LATER, BidStatus.LOST)
    with books.refused(WrongStateError, "BID-001 is lost already"):
        books.do(bids.move_bid_on, bid=bid, status=BidStatus.SUBMITTED, on=LATER)


def test_an_answered_query_keeps_the_day_it_was_sent(books: Books) -> None:
    bid = bid_for(books)
    sent: dict[str, Any] = {"sought": pence("50,000"), "outcome_expected": "next few weeks"}
    books.do(bids.move_bid_on, bid=bid, status=BidStatus.SUBMITTED, on=date(2020, 6, 1), **sent)
    books.do(bids.move_bid_on, bid=bid, status=BidStatus.CLARIFICATION, on=date(2020, 6, 2))
    books.do(bids.move_bid_on, bid=bid, status=BidStatus.SUBMITTED, on=date(2020, 6, 3))

    assert (bid.submitted_on, bid.sought, bid.outcome_expected) == (date(2020, 6, 1), 5_000_000, "next few weeks")
    said = [event.narrative for event in events_of(books.session, bid)]
    assert said == ["", "Submitted, asking for £50,000.00.", "Clarification.", "Submitted."]


def test_is_not_decided_before_it_was_sent(books: Books) -> None:
    bid, doubtful = bid_for(books), bid_for(books, submitted_on=LATER, date_doubt=Doubt.NOT_STATED)
    books.do(bids.move_bid_on, bid=bid, status=BidStatus.SUBMITTED, on=LATER)

    with books.refused(DateRefusedError, "BID-001 was sent on 30 June 2020."):
        books.do(bids.move_bid_on, bid=bid, status=BidStatus.LOST, on=date(2020, 6, 1))
    with books.refused(DateRefusedError, "BID-001 was sent on 30 June 2020."):
        books.do(bids.win_bid, bid=bid, amount="1", fund_details=FUND, on=date(2020, 6, 1))
    books.do(bids.move_bid_on, bid=doubtful, status=BidStatus.LOST, on=date(2020, 6, 1))


def test_one_ended_by_mistake_stands_where_it_stood(books: Books) -> None:
    sent, unsent = bid_for(books), bid_for(books)
    books.do(bids.move_bid_on, bid=sent, status=BidStatus.SUBMITTED, on=date(2020, 6, 1))
    with books.refused(WrongStateError, "BID-001 is submitted: there is nothing to reopen"):
        books.do(bids.reopen_bid, bid=sent)
    for bid, status in ((sent, BidStatus.LOST), (unsent, BidStatus.WITHDRAWN)):
        books.do(bids.move_bid_on, bid=bid, status=status)
        books.do(bids.reopen_bid, bid=bid)

    assert (sent.status, sent.submitted_on, sent.decided_on) == (BidStatus.SUBMITTED, date(2020, 6, 1), None)
    assert unsent.status is BidStatus.IN_DEVELOPMENT
    told = events_of(books.session, sent)[-1]
    assert (told.kind, told.narrative) == (EventKind.BID_REOPENED, "No longer lost: submitted again.")


def test_a_won_bid_is_not_reopened(books: Books) -> None:
    bid = bid_for(books)
    books.do(bids.win_bid, bid=bid, amount="50,000", fund_details=FUND)

    with books.refused(WrongStateError, "BID-001 is won, and Drive holds its money. A won bid is not reopened"):
        books.do(bids.reopen_bid, bid=bid)


def test_won_opens_its_fund_with_a_decision_and_once(books: Books) -> None:
    bid = bid_for(books, sought=pence("50,000"))

    with books.refused(DecisionMissingError, "an allocation needs"):
        books.do(bids.win_bid, bid=bid, amount="50,000", fund_details=FUND, decision="")
    with books.refused(NothingToDoError, "more than £0.00"):
        books.do(bids.win_bid, bid=bid, amount=0, fund_details=FUND)
    fund = books.do(bids.win_bid, bid=bid, amount="50,000", fund_details=FUND)

    assert (bid.fund, bid.decided_on, fund.reference) == (fund, LATER, "D20")
    with books.refused(WrongStateError, "BID-001 is won already"):
        books.do(bids.win_bid, bid=bid, amount="1", fund_details=FUND)
