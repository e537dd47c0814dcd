"""Winning a bid: its fund is opened with the money, checked first, once."""

from datetime import date

import pytest

from fundtracker.domain.kinds import Kind
from fundtracker.domain.statuses import BidStatus
from fundtracker.services.bids import BidDetails, record_bid
from fundtracker.store.bids import Bid
from fundtracker.store.funds import Fund
from tests.books.builder import Books, pence
from tests.web.asking import count, send
from tests.web.visitor import Visitor, hidden, words

PATH = "/bids/BID-001/win"
WON = {
    "name": "Sexual violence co-ordinator",
    "funder": "NHS England",
    "year": "2020/21",
    "reference": "",
    "source": "external",
    "spend_type": "revenue",
    "amount": "42,500",
    "on": "1 October 2020",
    "decision": "PCC/D/2020/51",
    "objective": "",
    "purpose": "A co-ordinator",
    "outcomes": "Victims are heard",
    "spend_by": "31 March 2021",
}


@pytest.fixture
def bid(books: Books) -> Bid:
    """Keep a bid that the funder has."""
    details = BidDetails(
        title="Sexual violence co-ordinator", funder="NHS England", sought=pence("50,000"),
        status=BidStatus.SUBMITTED, submitted_on=date(2020, 9, 1),
    )  # fmt: skip
    return books.do(record_bid, details=details)


def test_the_form_says_what_the_bid_says(officer: Visitor, bid: Bid) -> None:
    page = officer.get(PATH)
    for typed in ("Sexual violence co-ordinator", "NHS England", "50,000.00"):
        assert f'value="{typed}"' in page.text
    assert "Amount won" in words(page)
    assert "(optional)" not in words(page).split("What was won")[1].split("Purpose and rules")[0]


def test_opens_its_fund_for_less_and_lands_on_it(books: Books, officer: Visitor, bid: Bid) -> None:
    checked = send(officer, PATH, "check", **WON)
    said = words(checked)
    for part in (
        "Won in part, £7,500.00 less than was asked for", "Amount won £42,500.00", "SVCO20 (suggested)",
        "Open SVCO20 with £42,500.00", "Nothing is recorded yet.",
    ):  # fmt: skip
        assert part in said
    assert count(books, Fund) == 0

    key = hidden(checked, "once")
    for _ in range(2):
        done = send(officer, PATH, "record", key, suggested=hidden(checked, "suggested"), **WON)
        assert (done.status_code, done.headers["Location"]) == (303, "/funds/SVCO20")

    said = words(officer.get("/funds/SVCO20"))
    assert "BID-001 is won in part. Sexual violence co-ordinator is open as SVCO20, with £42,500.00 allocated." in said
    assert "Left to award £42,500.00" in said
    assert "BID-001" in said.split("Bids that led to it")[1]
    assert (count(books, Fund), books.entries()) == (1, [(Kind.ALLOCATION, 4_250_000)])
    said = words(officer.get("/bids/BID-001"))
    assert "Won in part 1 Oct 2020" in said
    assert "Won £42,500.00 £7,500.00 less than was asked for" in said
    assert "A won bid is not reopened" in said
    assert "Reopen it" not in said


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"amount": ""}, "Enter the amount won"),
        ({"amount": "0"}, "£0.00"),
        ({"on": ""}, "Enter the date of the funder’s answer"),
        ({"on": "1 August 2020"}, "BID-001 was sent on 1 September 2020"),
        ({"decision": ""}, "Enter the decision reference: accepting the money allocates it"),
        ({"name": ""}, "Enter the fund’s name"),
        ({"reference": "srf20"}, "is another fund's reference"),
        ({"year": "2020"}, "is not a financial year"),
    ],
)
def test_a_refusal_says_why_and_keeps_what_was_typed(
    books: Books, officer: Visitor, bid: Bid, wrong: dict[str, str], sentence: str
) -> None:
    books.fund(name="Another", reference="SRF20")
    for step in ("check", "record"):
        refused = send(officer, PATH, step, **{**WON, **wrong})
        assert refused.status_code == 422
        assert sentence in words(refused)
        assert "Victims are heard" in refused.text
    assert count(books, Fund) == 1


def test_one_that_ended_is_not_won_again(books: Books, officer: Visitor, bid: Bid) -> None:
    send(officer, PATH, "record", suggested="SVCO20", **WON)
    assert officer.get(PATH).headers["Location"] == "/bids/BID-001"
    refused = officer.post(PATH, once="b" * 20, step="record", **WON)
    assert refused.status_code == 422
    assert "BID-001 is won in part already." in words(refused)
    refused = officer.post("/bids/BID-001/reopen", once="c" * 20, reason="By mistake")
    assert "A won bid is not reopened" in words(refused)
    assert count(books, Fund) == 1
