"""Bids: recorded, moved on to their end, reopened; never in any balance."""

from datetime import date

import pytest

from fundtracker.domain.roles import Role
from fundtracker.domain.statuses import BidStatus, Doubt
from fundtracker.services.bids import BidDetails, move_bid_on, record_bid
from fundtracker.store.bids import Bid
from fundtracker.store.events import Event
from tests.books.builder import Books, pence
from tests.web.asking import count, send
from tests.web.test_form_order import in_page_order
from tests.web.visitor import Visitor, words

NEW = "/bids/new"
DRIVE = {
    "title": "Drive in a second area",
    "funder": "Home Office",
    "sought": "50,000",
    "national_pot": "10,000,000",
    "stage": "submitted",
    "submitted_on": "1 September 2020",
    "outcome_expected": "next few weeks",
    "partners": "Two councils",
    "notes": "With the steering group",
}


def bid_for(books: Books, **more: object) -> Bid:
    details = BidDetails(title="Drive", funder="Home Office", **more)  # type: ignore[arg-type]  # as given
    return books.do(record_bid, details=details)


def state(books: Books, bid: Bid) -> tuple[BidStatus, date | None, date | None]:
    books.session.rollback()
    return bid.status, bid.submitted_on, bid.decided_on


class TestNew:
    def test_records_a_bid_and_shows_all_of_it(self, books: Books, officer: Visitor) -> None:
        done = send(officer, NEW, "", **DRIVE)
        assert done.headers["Location"] == "/bids/BID-001"
        said = words(officer.get("/bids/BID-001"))
        for part in (
            "BID-001 is recorded: Drive in a second area.", "National opportunity In development Submitted",
            "Asked for £50,000.00", "National pot £10,000,000.00", "It is in no balance until it is won.",
            "“next few weeks”", "Two councils", "With the steering group", "Outcome not yet",
        ):  # fmt: skip
            assert part in said
        assert books.entries() == []

    def test_an_amount_left_empty_is_not_stated(self, books: Books, officer: Visitor) -> None:
        opportunity = {**DRIVE, "sought": "", "stage": "in development", "submitted_on": ""}
        send(officer, NEW, "", **opportunity)
        assert "Asked for Not stated" in words(officer.get("/bids/BID-001"))

    def test_sent_twice_records_once(self, books: Books, officer: Visitor) -> None:
        key = officer.key(NEW)
        for _ in range(2):
            assert send(officer, NEW, "", key, **DRIVE).headers["Location"] == "/bids/BID-001"
        assert count(books, Bid) == 1

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"title": ""}, "Enter what the bid is for"),
            ({"funder": ""}, "Enter the funder"),
            ({"sought": "many"}, "Amount must be pounds and pence"),
            ({"sought": "-5"}, "without a minus sign"),
            ({"stage": "won"}, "Choose"),
            ({"submitted_on": ""}, "Enter the date on which it was sent"),
            ({"submitted_on": "1 January 2150"}, "has not come yet"),
            ({"stage": "in development"}, "Leave the date out"),
        ],
    )
    def test_a_refusal_says_why_and_keeps_what_was_typed(
        self, books: Books, officer: Visitor, wrong: dict[str, str], sentence: str
    ) -> None:
        refused = send(officer, NEW, "", **{**DRIVE, **wrong})
        assert refused.status_code == 422
        assert sentence in words(refused)
        assert "With the steering group" in refused.text
        assert count(books, Bid) == 0


class TestMoveOn:
    def test_goes_from_development_to_its_end(self, books: Books, officer: Visitor) -> None:
        bid = bid_for(books)
        path = "/bids/BID-001/move-on"
        sent = {"stage": "submitted", "on": "1 September 2020", "sought": "50,000", "outcome_expected": "soon"}
        assert send(officer, path, "", **sent, note="By e-mail").headers["Location"] == "/bids/BID-001"
        said = words(officer.get("/bids/BID-001"))
        assert "Submitted, asking for £50,000.00. By e-mail" in said
        assert "“soon”" in said

        send(officer, path, "", stage="clarification", on="3 September 2020")
        assert "Clarification now" in words(officer.get("/bids/BID-001"))
        send(officer, path, "", stage="submitted", on="4 September 2020")
        send(officer, path, "", stage="lost", on="1 October 2020", note="Kept for another round")

        assert state(books, bid) == (BidStatus.LOST, date(2020, 9, 1), date(2020, 10, 1))
        said = words(officer.get("/bids/BID-001"))
        assert "Lost 1 Oct 2020" in said
        assert "It was never in any balance." in said
        assert officer.get(path).headers["Location"] == "/bids/BID-001"

    def test_a_refusal_says_why_and_keeps_what_was_typed(self, books: Books, officer: Visitor) -> None:
        bid = bid_for(books, status=BidStatus.SUBMITTED, submitted_on=date(2020, 9, 1))
        path = "/bids/BID-001/move-on"
        for answers, sentence in (
            ({"stage": "", "on": "1 October 2020"}, "Choose what happened"),
            ({"stage": "lost", "on": ""}, "Enter the date"),
            ({"stage": "lost", "on": "31 August 2020"}, "Its outcome cannot be dated earlier"),
            ({"stage": "won", "on": "1 October 2020"}, "Choose what happened"),
            ({"stage": "submitted", "on": "1 October 2020"}, "BID-001 is submitted already"),
        ):
            refused = send(officer, path, "", **answers, note="Kept in readiness")
            assert refused.status_code == 422, answers
            assert sentence in words(refused)
            assert "Kept in readiness" in refused.text
        assert state(books, bid)[0] is BidStatus.SUBMITTED

    def test_sent_twice_records_once(self, books: Books, officer: Visitor) -> None:
        bid_for(books, status=BidStatus.SUBMITTED)
        before, path = count(books, Event), "/bids/BID-001/move-on"
        for stage in ("clarification", "lost"):
            key = officer.key(path)
            for _ in range(2):
                assert send(officer, path, "", key, stage=stage, on="1 October 2020").status_code == 303
        assert count(books, Event) == before + 2
        refused = officer.post(path, once="a" * 20, stage="lost", on="1 October 2020")
        assert refused.status_code == 422
        assert "BID-001 is lost already." in words(refused)


class TestReopen:
    def test_one_lost_by_mistake_is_submitted_again(self, books: Books, officer: Visitor) -> None:
        bid = bid_for(books, status=BidStatus.SUBMITTED, submitted_on=date(2020, 6, 1), sought=pence("5"))
        books.do(move_bid_on, bid=bid, status=BidStatus.LOST)
        path, key = "/bids/BID-001/reopen", officer.key("/bids/BID-001/reopen")
        assert "Reopen it" in words(officer.get("/bids/BID-001"))
        assert "Enter why it is reopened" in words(send(officer, path, "", reason=" "))

        for _ in range(2):
            assert send(officer, path, "", key, reason="The letter was another’s").status_code == 303

        assert state(books, bid) == (BidStatus.SUBMITTED, date(2020, 6, 1), None)
        assert "No longer lost: submitted again. The letter was another’s" in words(officer.get("/bids/BID-001"))
        assert officer.get(path).headers["Location"] == "/bids/BID-001"
        again = officer.post(path, once="a" * 20, reason="Again")
        assert again.status_code == 422
        assert "there is nothing to reopen" in words(again)


@pytest.mark.parametrize("path", [NEW, "/bids/BID-001/move-on", "/bids/BID-001/win"])
def test_problems_are_listed_in_the_order_of_the_page(books: Books, officer: Visitor, path: str) -> None:
    bid_for(books)
    listed, shown = in_page_order(officer, path)
    assert listed == shown


def test_a_date_that_a_workbook_left_out_is_said(books: Books, officer: Visitor) -> None:
    bid_for(books, status=BidStatus.SUBMITTED, submitted_on=date(2020, 9, 21), date_doubt=Doubt.NOT_STATED)
    assert "Submitted 21 Sep 2020 (date not stated)" in words(officer.get("/bids/bid-001"))


def test_one_that_is_not_there_is_not_found(officer: Visitor) -> None:
    for page in ("", "/move-on", "/win", "/reopen"):
        assert officer.get(f"/bids/BID-009{page}").status_code == 404


def test_who_only_reads_sees_no_button(books: Books, visitor: Visitor) -> None:
    bid_for(books, status=BidStatus.SUBMITTED)
    visitor.sign_in(Role.CHIEF_EXECUTIVE)
    said = words(visitor.get("/bids/BID-001"))
    assert "Drive" in said
    for button in ("won", "Edit", "Lost"):
        assert button not in said.split("It is in no balance")[0]
    for page in ("/bids/new", *(f"/bids/BID-001/{page}" for page in ("move-on", "win", "reopen"))):
        assert visitor.get(page).status_code == visitor.post(page).status_code == 403
