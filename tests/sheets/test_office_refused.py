"""Workbooks that cannot come in whole: nothing is recorded, and each row to put right is named in words."""

from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy.orm import Session

from fundtracker.store.engine import open_engine
from tests.sheets.offices import FUNDS, award, awarded, bring, fund, rows_in_books, says, workbook

NAME = "Safer Roads Fund 2020"
DAY = "29/05/2020"
HEAD = ("Ref", "Fund", "Organisation", "Awarded", "Date", "Paid?", "Type", "Status", "Notes")


@pytest.fixture
def session(sqlite_url: str) -> Any:
    """Give a session on SQLite."""
    engine = open_engine(sqlite_url)
    with Session(engine) as session:
        yield session
    engine.dispose()


def _refused(session: Session, content: bytes, **how: Any) -> list[tuple[str, int | None, str, str]]:
    before = rows_in_books(session)
    answer = bring(session, content, **how)
    assert answer.refused.startswith("Nothing was brought in. ")
    assert (answer.to_json()["refused"], answer.to_json()["taken"]) == (answer.refused, 0)
    assert rows_in_books(session) == before
    rehearsed = bring(session, content, **how, dry_run=True)
    assert (rehearsed.refused, rows_in_books(session)) == (answer.refused, before)
    return says(answer)


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (["R1", "Nowhere Fund", "A", 5, DAY], "", "no fund called “Nowhere Fund”"),
        (["R1", None, "A", 5, DAY], "B", "names no fund"),
        (["R1", NAME, None, 5, DAY], "C", "names no organisation"),
        (["R1", NAME, "A", "€5", DAY], "D", "another currency"),
        (["R1", NAME, "A", "five pounds", DAY], "D", "not an amount"),
        (["R1", NAME, "A", 5.005, DAY], "D", "parts of a penny"),
        (["R1", NAME, "A", "(5)", DAY], "D", "below zero"),
        (["R1", NAME, "A", "=2+3", DAY], "D", "formula with no stored result"),
        (["R1", NAME, "A", 5, "31/06/2020"], "E", "30|does not exist"),
        (["R1", NAME, "A", 5, "soon"], "E", "not a date"),
        (["R1", NAME, "A", 5, 43980], "E", "not a date"),
        (["R1", NAME, "A", 5, "29/05/2099"], "E", "has not come yet"),
        (["R1", NAME, "A", 5, DAY, "perhaps"], "F", "does not say what was paid"),
        (["R1", NAME, "A", 5, DAY, 6], "", "too much"),
        (["R1", NAME, "A", 5, DAY, None, "Loan"], "G", "not a type of award"),
        (["R1", NAME, "A", 5, DAY, None, None, "Maybe"], "H", "does not say whether"),
        (["R" * 41, NAME, "A", 5, DAY], "A", "41 characters"),
        (["R1", NAME, "A", 5, DAY, "1 May 2099"], "F", "has not come yet"),
        (["R1", NAME, "A_x0002_", 5, DAY], "C", "a character that Excel cannot keep"),
        (["R1", NAME, '=HYPERLINK("http://example.org","A")', 5, DAY], "C", "formula with no stored result"),
        (["R1", NAME, "A", 5, DAY, None, None, None, "x" * 32_700], "I", "32,700 characters long"),
        (["R1", NAME, "A", "1 2", DAY], "D", "not an amount"),
        (["R/../1", NAME, "A", 5, DAY], "A", "cannot be a reference"),
        (["R1", NAME, "A" * 401, 5, DAY], "C", "401 characters"),
        (["R1", NAME, "A", 280000.01, DAY], "", "£0.01 more"),
    ],
)
def test_a_row_that_cannot_be_taken_is_named(session: Session, row: list[Any], column: str, words: str) -> None:
    problems = _refused(session, workbook(Funds=FUNDS, Awards=award(["R0", NAME, "B", "TBC", DAY], row, head=HEAD)))
    sheet, number, letter, sentence = problems[0]
    assert (sheet, number, letter) == ("Awards", 3, column)
    assert any(word in sentence for word in words.split("|")), sentence


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (["F", "PCC", "Somewhere", 5, "Open"], "C", "does not say whose money"),
        (["F", None, None, 5, "Open"], "C", "whose money it is"),
        (["F", None, "External", 5, "Open"], "B", "names no funder"),
        (["F", "PCC", "Own", "lots", "Open"], "D", "not an amount"),
        (["F", "PCC", "Own", -5, "Open"], "D", "below zero"),
        (["F", "PCC", "Own", 5, "Bid submitted"], "E", "not a state a fund can be in"),
        (["F", "PCC", "Own", 5, "Open", "Both"], "F", "neither Revenue nor Capital"),
        (["F", "PCC", "Own", 5, "Open", None, "2020"], "G", "not a financial year"),
        (["F", "PCC", "Own", 5, "Open", None, None, "EUR"], "H", "kept in pounds"),
    ],
)  # fmt: skip
def test_a_fund_that_cannot_be_taken_is_named(session: Session, row: list[Any], column: str, words: str) -> None:
    head = ("Fund", "Funder", "Source", "Amount", "Status", "Rev/Cap", "Year", "Currency")
    ((sheet, number, letter, sentence),) = _refused(session, workbook(Funds=fund(row, head=head)))
    assert (sheet, number, letter) == ("Funds", 3, column)
    assert words in sentence


def test_every_row_to_put_right_is_named_at_once(session: Session) -> None:
    rows = award(["R1", NAME, "A", "x", DAY], ["R2", "Nowhere", "A", 5, DAY], ["R3", NAME, "A", 5, "never"])
    assert [row for _, row, _, _ in _refused(session, workbook(Funds=FUNDS, Awards=rows))] == [2, 4, 3]


def test_too_much_awarded_is_said_with_its_rows_and_shortfall(session: Session) -> None:
    rows = award(["R1", NAME, "A", 200000, DAY], ["R2", NAME, "B", 80000.01, DAY])
    ((_, row, _, sentence),) = _refused(session, workbook(Funds=FUNDS, Awards=rows))
    assert row == 3
    assert "£280,000.00 left to award, and rows 2, 3 award £280,000.01: £0.01 more" in sentence


def test_every_award_before_its_allocation_is_named_at_once(session: Session) -> None:
    funds = fund(
        [NAME, "PCC", "Own", 1000, "15 May 2020"], head=("Fund", "Funder", "Source", "Amount", "Date allocated")
    )
    rows = award(["R1", NAME, "A", 5, "1/5/20"], ["R2", NAME, "B", 5, "14/5/20"], ["R3", NAME, "C", 5, "15/5/20"])
    answer = bring(session, workbook(Funds=funds, Awards=rows))
    assert [(sheet, row) for sheet, row, _, _ in says(answer)] == [("Awards", 2), ("Awards", 3)]
    assert "allocated on 15 May 2020, and this was awarded on 1 May 2020" in answer.refused


@pytest.mark.parametrize("second", ["R1", "r1 "])
def test_one_reference_for_two_awards(session: Session, second: str) -> None:
    rows = award(["R1", NAME, "A", 5, DAY], [second, NAME, "B", 6, DAY])
    ((_, row, _, sentence),) = _refused(session, workbook(Funds=FUNDS, Awards=rows))
    assert (row, "row 2’s reference" in sentence) == (3, True)


@pytest.mark.parametrize("heading", ["Awarded (€)", "Awarded £000", "Awarded £k"])
def test_amounts_that_are_not_in_pounds(session: Session, heading: str) -> None:
    head = ("Ref", "Fund", "Organisation", heading, "Date")
    problems = _refused(session, workbook(Funds=FUNDS, Awards=award(["R1", NAME, "A", 5, DAY], head=head)))
    assert (problems[0][1], "not in" in problems[0][3]) == (1, True)


def test_an_amount_merged_over_rows(session: Session) -> None:
    def merge(book: Workbook) -> None:
        book["Awards"].merge_cells("D2:D3")

    rows = award(["R1", NAME, "A", 5, DAY], ["R2", NAME, "B", None, DAY])
    problems = _refused(session, workbook(merge, Funds=FUNDS, Awards=rows))
    assert [(row, column) for _, row, column, _ in problems] == [(2, "D"), (3, "D")]


def test_a_sheet_of_awards_without_headings(session: Session) -> None:
    ((sheet, row, _, sentence),) = _refused(session, workbook(Funds=FUNDS, Awards=[["R1", NAME, "A", 5]]))
    assert (sheet, row, "No row of headings" in sentence) == ("Awards", None, True)


@pytest.mark.parametrize("content", [workbook(Minutes=[["Hello"]]), workbook(Sheet1=[])])
def test_a_workbook_of_something_else(session: Session, content: bytes) -> None:
    assert "No sheet is called Funds" in _refused(session, content)[0][3]


def test_a_file_that_is_no_workbook(session: Session) -> None:
    answer = bring(session, b"Fund,Amount\n")
    assert "a text file of rows (.csv), not a workbook" in answer.refused
    assert (answer.to_json()["rows_read"], answer.lines()) == (0, [answer.refused])


def test_a_line_year_that_the_fund_does_not_have(session: Session) -> None:
    head = ("Ref", "Fund", "Organisation", "Awarded", "Date", "Year")
    rows = award(["R1", NAME, "A", 5, DAY, "2021/22"], head=head)
    assert "no budget line" in _refused(session, workbook(Funds=FUNDS, Awards=rows))[0][3]


def test_a_refusal_leaves_what_was_there(session: Session) -> None:
    bring(session, workbook())
    _refused(session, workbook(Funds=FUNDS, Awards=award(["R2", NAME, "A", 280000, DAY])))
    assert list(awarded(session)) == ["R1"]
