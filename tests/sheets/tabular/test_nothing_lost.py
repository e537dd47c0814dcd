"""Whatever stands in a table, every row below its headings is read once, and no penny of a readable amount is lost."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from fundtracker.domain.money_in_files import amount_in_file
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.statuses import BatchKind
from fundtracker.sheets.reading import Cell
from fundtracker.sheets.tabular.task import lines, read_lines
from tests.sheets.tabular.tables import read, sheet

_AMOUNTS = st.one_of(
    st.sampled_from(
        ["", "TBC", "£1,064.50", "(810)", "5 CR", "€5", "10.005", "Total", "x", 41133.770000000004, 10.005]
    ),
    st.integers(-(10**9), 10**9).map(lambda pence: pence / 100),
    st.integers(-(10**9), 10**9).map(lambda pence: f"{pence / 100:.2f}"),
    st.floats(),
)
_WORDS = st.sampled_from(
    ["", " ", "ABC", "Total", "Grand total", "Total Care Ltd", "Supplier", "Amount", "King’s", "n/a"]
)
_DAYS = st.sampled_from(["", "01/02/2024", "31/02/2024", "Payment date", date(2024, 2, 1), 45000.0, "Total"])
_ROWS = st.lists(st.tuples(_WORDS, _DAYS, _AMOUNTS, _WORDS), max_size=30)


def _pence(cell: Cell) -> int:
    try:
        return amount_in_file(cell) or 0
    except Refusal:
        return 0


@given(_ROWS)
def test_rows_and_amounts_of_finance_lines(rows: list[tuple[Cell, ...]]) -> None:
    table = [("Supplier", "Payment date", "Amount", "Notes"), *rows]
    given_columns = {"Supplier": "payee", "Payment date": "on_date", "Amount": "amount"}
    found = read(BatchKind.FINANCE, table, header_row=1, columns=given_columns)
    assert [row.row for row in found.rows] == list(range(2, len(rows) + 2))
    assert [row.amount or 0 for row in found.rows] == [_pence(row[2]) for row in rows]
    assert all(row.amount is not None for row in found.records)


@given(_ROWS)
def test_what_the_child_says_is_what_was_read(rows: list[tuple[Cell, ...]]) -> None:
    table = sheet([("Organisation", "Award date", "Amount awarded", "Purpose"), *rows])
    options = {"kind": "awards", "header_row": 1}
    _, told = read_lines(lines([table], options))
    assert list(told) == read(BatchKind.AWARDS, table, header_row=1).rows
