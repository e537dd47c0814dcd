"""The headings that people give to the columns of their workbooks, each taken for what it is."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.statuses import FundStatus, SpendType
from fundtracker.sheets.files.sheets import read_sheets
from fundtracker.sheets.office.kinds import Kind, SheetKind
from fundtracker.sheets.tables import find_table
from fundtracker.store.bids import Bid
from fundtracker.store.engine import open_engine
from fundtracker.store.funds import Fund
from tests.sheets.offices import FUNDS, Rows, award, bring, entries, says, workbook

DAY = date(2020, 5, 29)

FUND_HEADINGS = {
    "name": "Pot|Pot name|Fund name|Scheme|Programme|Name of fund",
    "funder": "Provider of funding|Funding body|Grant from|From|Funded by|Received from",
    "source": "Source|Source of funds|Type of funding|Internal/External|Own/External|Own or external?",
    "amount": "Total allocation (£)|Budget|Allocated|Value|Amount £|Allocation 2023/24|£|Total budget (£)",
    "status": "Live/closed|Live?|Open/Closed|State|Current status",
    "spend_type": "Capital or revenue|Cap/Rev|R/C|Revenue/Capital|Rev or Cap",
    "programme": "Programme",
}
AWARD_HEADINGS = {
    "fund": "Pot|Scheme|Fund name|Programme|Funded from",
    "organisation": "Grantee|Recipient organisation|Paid to|Name of recipient organisation|Organisation",
    "benefits": "Beneficiary group|For (group)|On behalf of",
    "amount": "Amount agreed|Grant amount|Approved|Approved (£)|Award £|£",
    "awarded_on": "Date agreed|Decision date|Date of award|Approved on|Approved date|Agreed date",
    "paid": "Paid|Paid?|Paid Y/N|Has it been paid?",
    "paid_amount": "Paid (£)|Paid £|Amount paid|Amount paid (£)|Paid to date",
    "paid_on": "Date paid|Payment date|Paid on",
    "": "Balance|Balance (£)|Remaining|Amount outstanding|Paid by|Approved by|Awarded by|£ per head",
}
BID_HEADINGS = {
    "reference": "Bid ref|Bid reference",
    "title": "Scheme|Bid|Fund bid for|Opportunity",
    "sought": "Amount bid for|Amount bid for (£)|Amount sought|£",
    "status": "Outcome|Result|Status",
}


def _all(kind: Kind, headings: dict[str, str], *beside: str) -> list[Any]:
    return [
        pytest.param(kind.value, field, heading, beside, id=f"{kind.name.lower()}: {heading} {field}")
        for field, known in headings.items()
        for heading in known.split("|")
    ]


@pytest.mark.parametrize(
    ("kind", "field", "heading", "beside"),
    [
        *_all(Kind.FUNDS, FUND_HEADINGS, "Fund", "Funder", "Amount"),
        *_all(Kind.AWARDS, AWARD_HEADINGS, "Fund", "Organisation", "Awarded", "Purpose"),
        *_all(Kind.BIDS, BID_HEADINGS, "Title", "Funder", "Amount"),
    ],
)
def test_a_heading_is_taken_for_what_it_is(kind: SheetKind, field: str, heading: str, beside: tuple[str, ...]) -> None:
    named = {"name": 0, "title": 0, "fund": 0, "funder": 1, "organisation": 1, "amount": 2, "sought": 2}
    row = [other for place, other in enumerate(beside) if place != named.get(field)]
    (sheet,) = read_sheets(workbook(Sheet=[[*row, heading], ["a", "b", 1, 2, 3]]), "")
    table = find_table(sheet, kind.titles, kind.needed)
    assert table is not None
    assert {column: name for name, column in table.columns.items()}.get(len(row) + 1, "") == field


@pytest.fixture
def session(sqlite_url: str) -> Any:
    """Give a session on SQLite: what a column is called is nothing to the engine."""
    engine = open_engine(sqlite_url)
    with Session(engine) as session:
        yield session
    engine.dispose()


@pytest.mark.parametrize(
    ("heading", "said", "status"),
    [
        ("Live/closed", "Live", FundStatus.OPEN), ("Live/closed", "Closed", FundStatus.CLOSED),
        ("Live?", "Y", FundStatus.OPEN), ("Open?", "no", FundStatus.CLOSED), ("State", "active", FundStatus.OPEN),
    ],
)  # fmt: skip
def test_a_fund_is_open_or_closed(session: Session, heading: str, said: str, status: FundStatus) -> None:
    funds: Rows = [["2020/21"], ["Pot", "Provider of funding", "Budget (£)", heading], ["Roads", "PCC", 5, said]]
    assert not bring(session, workbook(Funds=funds)).refused
    assert session.scalars(select(Fund)).one().status is status


@pytest.mark.parametrize(
    ("said", "spend_type"),
    [("R", "revenue"), ("C", "capital"), ("Rev", "revenue"), ("Cap", "capital"), ("cap.", "capital")],
)
def test_money_is_revenue_or_capital(session: Session, said: str, spend_type: str) -> None:
    funds: Rows = [["2020/21"], ["Scheme", "From", "Value", "R/C"], ["Roads", "PCC", 5, said]]
    assert not bring(session, workbook(Funds=funds)).refused
    assert session.scalars(select(Fund)).one().lines[0].spend_type is SpendType(spend_type)


@pytest.mark.parametrize(
    ("head", "said", "paid"),
    [
        (["Paid (£)", "Date paid"], [500, date(2020, 6, 30)], [("payment", 50_000, date(2020, 6, 30))]),
        (["Date paid", "Amount paid"], ["30/6/2020", "£500"], [("payment", 50_000, date(2020, 6, 30))]),
        (["Paid (£)", "Paid?"], [500, "Y"], [("payment", 50_000, DAY)]),
        (["Paid?", "Paid (£)"], ["Y", None], [("payment", 81_000, DAY)]),
        (["Paid (£)", "Balance"], [0, 810], []),
        (["Paid (£)", "Balance"], [None, 810], []),
    ],
)
def test_what_was_paid_is_its_own_column(session: Session, head: list[str], said: list[Any], paid: Any) -> None:
    rows = award(
        ["R1", FUNDS[2][0], "A", 810, DAY, *said],
        head=("Grant ref", "Pot", "Grantee", "Amount agreed", "Date agreed", *head),
    )
    answer = bring(session, workbook(Funds=FUNDS, Awards=rows))
    assert (answer.refused, entries(session)[2:]) == ("", paid), says(answer)


def test_a_bid_keeps_its_own_reference(session: Session) -> None:
    bids: Rows = [["Bid ref", "Scheme", "Amount bid for", "Outcome"], ["B/7", "Safer Streets", 5, "Unsuccessful"]]
    assert not bring(session, workbook(Funds=FUNDS, Bids=bids)).refused
    bid = session.scalars(select(Bid)).one()
    assert (bid.title, bid.sought, bid.status.value, bid.source_note) == ("Safer Streets", 500, "lost", "Bid ref B/7")
