"""What an answer says of a workbook: every row once, in few enough lines to be read."""

from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy.orm import Session

from fundtracker.sheets.office import understanding
from fundtracker.store.engine import open_engine
from tests.sheets.offices import AWARDS, FUNDS, award, bring, says, workbook

NAME = "Safer Roads Fund 2020"
DAY = date(2020, 5, 29)


@pytest.fixture
def session(sqlite_url: str) -> Any:
    """Give a session on SQLite: what is said is nothing to the engine."""
    engine = open_engine(sqlite_url)
    with Session(engine) as session:
        yield session
    engine.dispose()


def test_of_many_new_organisations_ten_are_named(session: Session) -> None:
    rows = award(*([f"R{i}", NAME, f"Group {i:02d}", 5, DAY] for i in range(13)))
    answer = bring(session, workbook(Funds=FUNDS, Awards=rows))
    (line,) = [line for line in answer.lines() if line.startswith("Added")]
    assert line.endswith("Group 08, Group 09 and 3 more")
    assert len(answer.outcome.new_organisations) == 13


def test_a_refusal_names_what_to_put_right_and_not_every_row(session: Session) -> None:
    rows = award(*([f"R{i}", NAME, "A", 5, DAY] for i in range(9)), ["R0", NAME, "B", 5, DAY])
    lines = bring(session, workbook(Funds=FUNDS, Awards=rows)).lines()
    assert lines[0].startswith("Nothing was brought in. Awards, row 11: R0 is row 2’s reference too")
    assert lines[-1].startswith("Put right: Awards, row 11: R0")
    assert len(lines) == 5


def test_a_row_of_another_sheet_is_named_with_its_sheet(session: Session) -> None:
    answer = bring(session, workbook(Funds=FUNDS, Awards=AWARDS, Awards_more=AWARDS))
    assert "R1 is Awards, row 2’s reference too, for the same fund (Awards, row 2)" in answer.refused


@pytest.mark.parametrize("organisation", ["=1+1", "_x0001_"])
def test_one_fault_is_said_once(session: Session, organisation: str) -> None:
    answer = bring(session, workbook(Funds=FUNDS, Awards=award(["R1", NAME, organisation, 5, DAY])))
    assert [(row, column) for _, row, column, _ in says(answer)] == [(2, "C")]


def test_every_date_to_come_is_named_at_once(session: Session) -> None:
    rows = award(["R1", NAME, "A", 5, "1 May 2098"], ["R2", NAME, "A", 5, "1 May 2099"])
    answer = bring(session, workbook(Funds=FUNDS, Awards=rows))
    assert [(row, column) for _, row, column, _ in says(answer)] == [(2, "E"), (3, "E")]


def test_a_second_column_of_the_same_name_is_noted(session: Session) -> None:
    head = ("Ref", "Fund", "Organisation", "Awarded", "Date", "Awarded ")
    answer = bring(session, workbook(Funds=FUNDS, Awards=award(["R1", NAME, "A", 5, DAY, 6], head=head)))
    assert (answer.refused, answer.to_json()["taken"]) == ("", 2)
    ((_, row, column, sentence),) = says(answer)
    assert (row, column) == (1, "F")
    assert "Column D is used, and this one is not" in sentence


def test_names_that_may_be_one_organisation_are_noted(session: Session) -> None:
    names = ("Wythall P.C.", "wythall pc", "WYTHALL  P C", "Wythall PC.", "Wythall")
    rows = award(*([f"R{i}", NAME, name, 5, DAY] for i, name in enumerate(names)))
    answer = bring(session, workbook(Funds=FUNDS, Awards=rows))
    assert [(row, sentence.split(". Merge")[0]) for _, row, _, sentence in says(answer)] == [
        (3, "wythall pc may be Wythall P.C.")
    ]
    assert says(bring(session, workbook(Funds=FUNDS, Awards=rows))) == []


@pytest.mark.parametrize(("last", "words"), [(3, "2 hidden rows are read"), (2, "A hidden row is read")])
def test_hidden_rows_are_rows(session: Session, last: int, words: str) -> None:
    def hide(book: Workbook) -> None:
        for row in range(2, last + 1):
            book["Awards"].row_dimensions[row].hidden = True

    rows = award(["R1", NAME, "A", 5, DAY], ["R2", NAME, "A", 5, DAY])
    answer = bring(session, workbook(hide, Funds=FUNDS, Awards=rows))
    ((_, row, _, sentence),) = says(answer)
    assert (row, answer.to_json()["taken"]) == (2, 3)
    assert sentence.startswith(words)


def test_more_rows_than_come_in_at_once_are_refused(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(understanding, "MOST_ROWS", 4)
    answer = bring(session, workbook())
    assert answer.refused == "This workbook has 5 rows. At most 4 are brought in at once: divide it into several."


def test_what_a_workbook_may_ask_of_its_reader_is_read(session: Session) -> None:
    awards = award(["R1", "srf20", '\'=HYPERLINK("x")', 5, DAY], ["R2", NAME, "b.", " £ 1,064 ", DAY],
                   ["R3", NAME, "B", "1\u00a0064", DAY])  # fmt: skip
    bring(session, workbook(Funds=FUNDS))
    answer = bring(session, workbook(Awards=awards))
    assert (answer.refused, answer.to_json()["amount_taken"]) == ("", "2133.00")
    assert answer.outcome.new_organisations == ['\'=HYPERLINK("x")', "b."]
