"""Headings over two rows: groups of columns in the upper, what each holds in the lower."""

from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy.orm import Session

from tests.sheets.offices import Rows, award, awarded, bring, entries, fund, says, workbook

FUNDS = fund(["Community Fund", "PCC", "Own", 1000, "Open"])
DAY = date(2020, 6, 12)
WHOLE_ABOVE: Rows = [
    ["Grants awarded"],
    ["Ref", "Fund", "Recipient", "Requested", "", "Grant", "", "Payment", ""],
    ["", "", "", "Amount", "Date", "Amount (£)", "Date", "Amount", "Date"],
]
WHOLE_BELOW: Rows = [
    ["Grants awarded"],
    ["", "", "", "Requested", "", "Awarded", "", "Paid", ""],
    ["Ref", "Fund", "Recipient", "Amount", "Date", "Amount", "Date", "Amount", "Date"],
]


def _merge(made: Workbook) -> None:
    for cells in ("A1:I1", "D2:E2", "F2:G2", "H2:I2"):
        made["Awards"].merge_cells(cells)
    for column in "ABC" if made["Awards"]["A3"].value is None else "":
        made["Awards"].merge_cells(f"{column}2:{column}3")


@pytest.mark.parametrize("heading", [WHOLE_ABOVE, WHOLE_BELOW])
@pytest.mark.parametrize("change", [_merge, None])
def test_over_two_rows_are_read_as_one(session: Session, heading: Rows, change: Any) -> None:
    row = ["G1", "Community Fund", "Porchlight", 900, date(2020, 5, 1), 750, DAY, 500, date(2020, 6, 30)]
    answer = bring(session, workbook(change, Funds=FUNDS, Awards=[*heading, row]))
    assert (answer.refused, awarded(session)) == ("", {"G1": ("Porchlight", 75000, DAY)})
    assert entries(session)[-1] == ("payment", 50000, date(2020, 6, 30))
    assert answer.sheets[1].header_row == 3


def test_that_stand_alone_above_their_groups_are_no_units(session: Session) -> None:
    rows: Rows = [["Ref", "Fund", "Recipient", "Grant", ""], ["", "", "", "£", "Date"],
                  ["G1", "Community Fund", "Porchlight", 750, DAY]]  # fmt: skip
    bring(session, workbook(Funds=FUNDS, Awards=rows))
    assert awarded(session) == {"G1": ("Porchlight", 75000, DAY)}


def test_a_row_of_text_below_its_headings_is_no_heading(session: Session) -> None:
    rows = award(
        ["", "Community Fund", "Grant", "tbc", "", "Paid"], head=("Ref", "Fund", "Organisation", "Awarded", "Date", "")
    )
    answer = bring(session, workbook(Funds=FUNDS, Awards=rows))
    assert [name for name, _, _ in awarded(session).values()] == ["Grant"]
    assert says(answer) == []
