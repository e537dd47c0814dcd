"""What moves no money is noted too: its date, who did it, why; and the note is never changed."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from fundtracker.domain.kinds import EventKind
from fundtracker.domain.refusals import DateRefusedError
from fundtracker.domain.statuses import BidStatus
from fundtracker.domain.years import today
from fundtracker.services import applications, awards, bids, funds, gifts, organisations, variations
from fundtracker.services.events import events_of
from fundtracker.store.events import Event
from fundtracker.store.transactions import transaction
from tests.books.builder import DAY, LATER, Books, particulars


def kinds(books: Books, record: object) -> list[str]:
    return [event.kind.value for event in events_of(books.session, record)]  # type: ignore[arg-type]  # any record


def test_a_fund_tells_who_closed_it_when_and_why(books: Books) -> None:
    fund = books.fund()
    books.change(funds.close_fund, fund=fund, particulars=particulars(narrative="Nothing was left", decision="D/7"))
    books.do(funds.reopen_fund, fund=fund)
    books.do(funds.suspend_fund, fund=fund)

    opened, closed, *_ = events_of(books.session, fund)

    assert kinds(books, fund) == ["fund opened", "fund closed", "fund reopened", "fund suspended"]
    assert (opened.on_date, opened.recorded_by) == (DAY, "tests")
    assert (closed.on_date, closed.narrative, closed.decision_reference) == (LATER, "Nothing was left", "D/7")


def test_an_application_tells_its_steps(books: Books) -> None:
    details = applications.ApplicationDetails(fund=books.fund(), organisation=books.organisation(), asked_for=None)
    declined = books.do(applications.log_application, DAY, details=details)
    withdrawn = books.do(applications.log_application, DAY, details=details)
    books.do(applications.decline, application=declined, reasons="Out of the area")
    books.do(applications.withdraw_application, application=withdrawn)

    assert kinds(books, declined) == ["application logged", "application declined"]
    assert kinds(books, withdrawn) == ["application logged", "application withdrawn"]


def test_an_award_without_an_entry_is_told_all_the_same(books: Books) -> None:
    unstated = books.award(books.fund("100"), None)
    gift = books.do(gifts.record_gift, details=awards.AwardDetails(recipient=books.organisation(), shares=()))
    books.do(awards.complete_award, award=gift)
    books.do(variations.withdraw_award, award=unstated, keep_paid=False)

    assert kinds(books, unstated) == ["award recorded", "award withdrawn"]
    assert kinds(books, gift) == ["award recorded", "award completed"]


def test_a_merge_and_its_undoing_name_the_other(books: Books) -> None:
    one, other = books.organisation("Wythall PC"), books.organisation("Wythall Parish Council")
    books.do(organisations.merge, organisation=one, into=other)
    books.do(organisations.unmerge, organisation=one)

    merged, undone = EventKind.ORGANISATION_MERGED, EventKind.MERGE_UNDONE
    assert [(event.kind, event.narrative) for event in events_of(books.session, one)] == [
        (EventKind.ORGANISATION_ADDED, ""),
        (merged, "Merged into Wythall Parish Council."),
        (undone, "No longer merged into Wythall Parish Council."),
    ]
    assert [(event.kind, event.narrative) for event in events_of(books.session, other)][1:] == [
        (merged, "Wythall PC was merged into it."),
        (undone, "Wythall PC is no longer merged into it."),
    ]


def test_a_bid_tells_its_way(books: Books) -> None:
    bid = books.do(bids.record_bid, DAY, details=bids.BidDetails(title="Drive", funder="Home Office"))
    books.do(bids.move_bid_on, bid=bid, status=BidStatus.LOST)

    assert [event.narrative for event in events_of(books.session, bid)] == ["", "Lost."]


def test_is_not_dated_in_the_future(books: Books) -> None:
    fund = books.fund()

    with books.refused(DateRefusedError, "has not come yet"):
        books.do(funds.close_fund, today() + timedelta(days=1), fund=fund)


@pytest.mark.parametrize("statement", [update(Event).values(narrative="x"), delete(Event)])
def test_is_never_changed(books: Books, session: Session, statement: object) -> None:
    books.fund()

    with pytest.raises(DBAPIError, match="events are never"), transaction(session):
        session.execute(statement)  # type: ignore[call-overload]  # either kind
