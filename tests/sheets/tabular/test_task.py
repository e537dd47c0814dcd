"""The table and its rows on their way from the child process: what goes in comes out, and what breaks off is known."""

import json

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


def test_text_that_parts_the_cells_of_a_column_crosses_too() -> None:
    odd = [sheet([["Organisation", "Amount", "Notes"], ["A", 5.0, "one\ttwo"], ["B", 0.0, ""], ["C", 7.0, ""]])]
    _, rows = read_lines(lines(odd, {"kind": "awards"}))
    found = list(rows)
    assert [row.cells for row in found] == [("A", "5", "one\ttwo"), ("B", "0", ""), ("C", "7", "")]
    assert [row.values.get("notes") for row in found] == ["one\ttwo".replace("\t", " "), None, None]
    assert [row.amount for row in found] == [500, 0, 700]


def test_columns_that_are_not_of_one_length_are_refused() -> None:
    table, block, *end = lines(_SHEETS, _OPTIONS)
    told = json.loads(block)
    told["amounts"].append(100)
    _, rows = read_lines([table, json.dumps(told), *end])
    with pytest.raises(ValueError, match="not of one length"):
        list(rows)
