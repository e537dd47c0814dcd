"""The table and its rows on their way from the child process: what goes in comes out, and what breaks off is known."""

import pytest

from fundtracker.domain.statuses import AmountBasis, BatchKind
from fundtracker.sheets.tabular.exact import exact_rows
from fundtracker.sheets.tabular.finding import find_table
from fundtracker.sheets.tabular.task import lines, read_lines
from tests.sheets.tabular.tables import sheet, text

_SHEETS = [
    sheet(
        text("Supplier|Date|Net|VAT|Ref|Currency\nABC|01/04/2024|5|1|0012|GBP\n |31/02/2024|10.005||2|\nTotal||5|1||")
    ),
    sheet([], name="Empty"),
]
_OPTIONS = {"kind": "finance", "sheet": None, "header_row": None, "columns": {"Ref": "reference"}, "basis": "gross"}


def test_what_goes_in_comes_out() -> None:
    found = find_table(BatchKind.FINANCE, _SHEETS, columns={"Ref": "reference"}, basis=AmountBasis.GROSS)
    table, rows = read_lines(lines(_SHEETS, _OPTIONS))
    assert table == found.table
    assert list(rows) == list(exact_rows(found))


def test_rows_are_given_as_they_are_asked_for() -> None:
    given = lines(_SHEETS, _OPTIONS)
    _, rows = read_lines(given)
    assert next(rows).row == 2
    assert "end" in next(given)


def test_rows_that_break_off_are_known() -> None:
    _, rows = read_lines(list(lines(_SHEETS, _OPTIONS))[:-1])
    with pytest.raises(ValueError, match="broke off"):
        list(rows)


def test_text_that_no_terminal_shows_crosses_too() -> None:
    odd = [sheet([["Organisation", "Amount", "Notes"], ["King’s £ \u202e\ud800", 5.0, "\x00"]])]
    table, rows = read_lines(lines(odd, {"kind": "awards"}))
    assert table.lacks == ""
    assert next(rows).cells[0] == "King’s £ \u202e\ud800"
