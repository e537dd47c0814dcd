"""A workbook that the office has gone on keeping, brought in again: what it has gained since is taken or said."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from fundtracker.store.engine import open_engine
from tests.sheets.offices import Rows, bring, entries, fund, says, workbook

FUNDS = fund(["Community Fund", "PCC", "Own", 1000, "Open"])
HEAD = ["Ref", "Fund", "Organisation", "Awarded", "Date", "Paid (£)", "Date paid"]


@pytest.fixture
def session(sqlite_url: str) -> Any:
    """Give a session on SQLite."""
    engine = open_engine(sqlite_url)
    with Session(engine) as session:
        yield session
    engine.dispose()


def _row(reference: str, paid: Any) -> list[Any]:
    return [reference, "Community Fund", "Porchlight", 300, "1/5/20", paid, "1/6/20" if paid else None]


def _again(session: Session, before: Rows, after: Rows) -> list[tuple[int | None, str]]:
    """Bring one workbook in, then another, which records nothing; give what was said of the second."""
    bring(session, workbook(Funds=FUNDS, Awards=[HEAD, *before]))
    there = entries(session)
    answer = bring(session, workbook(Funds=FUNDS, Awards=[HEAD, *after]))
    assert (answer.refused, answer.to_json()["taken"], entries(session)) == ("", 0, there)
    return [(row, sentence) for _, row, _, sentence in says(answer)]


@pytest.mark.parametrize("reference", ["G1", ""])
@pytest.mark.parametrize("before", [None, 100])
def test_a_payment_gained_since_is_said(session: Session, reference: str, before: int | None) -> None:
    ((row, sentence),) = _again(session, [_row(reference, before)], [_row(reference, 300)])
    assert row == 2
    assert f"is there already with £{before or 0}.00 paid, and the file says £300.00." in sentence


@pytest.mark.parametrize("reference", ["G1", ""])
def test_what_is_as_it_was_is_not_said(session: Session, reference: str) -> None:
    rows = [_row(reference, 100)]
    assert _again(session, rows, rows) == []


def test_awards_that_are_alike_share_what_was_paid(session: Session) -> None:
    rows = [_row("", 100), _row("", None), _row("", 50)]
    assert _again(session, rows, rows) == []
    ((row, sentence),) = _again(session, rows, [_row("", 100), _row("", 50), _row("", 50)])
    assert (row, "£0.00 paid, and the file says £50.00" in sentence) == (4, True)


def test_a_bid_that_has_got_further_is_said(session: Session) -> None:
    def bids(status: str) -> bytes:
        return workbook(Bids=[["Bid", "Funder", "Amount", "Status"], ["Streets", "Home Office", 5, status]])

    bring(session, bids("Awaiting decision"), year=2020)
    assert says(bring(session, bids("Submitted"), year=2020)) == []
    ((_, row, _, sentence),) = says(bring(session, bids("Successful"), year=2020))
    assert row == 2
    assert "is there already as submitted, and the file says won." in sentence
