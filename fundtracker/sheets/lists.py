"""Any list as a workbook: every row that the page's filters choose, its totals, and what it is."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from fundtracker.domain.refusals import Refusal
from fundtracker.domain.text import slug
from fundtracker.sheets.about import ABOUT_COLUMNS, Row, made_rows, write_about
from fundtracker.sheets.skeleton import Column, add_sheet, plan_of, sheet_name, start_workbook, styles_of
from fundtracker.sheets.stream import LAST_ROW, Download, stream_workbook
from fundtracker.sheets.writing import Cell, Styles, Type, letter_of, write_cells, write_row


class ListTooLongError(Refusal):
    """More rows than a sheet of Excel can hold."""


def write_list(
    *,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Any]],
    made_by: str,
    office: str,
    as_at: date,
    filters: Sequence[tuple[str, str]] = (),
    head: str = "",
) -> Download:
    """
    Write a list as it is filtered, all pages of it; money is in pence, and None where it is not stated.

    A row has a value for each column, in order. Raises ListTooLongError where Excel could not hold it.
    """
    taken = list(rows)
    check_fits(len(taken))
    table = _Table(sheet_name(title), columns, taken)
    about = made_rows(title, office, as_at, made_by, filters, head=head)
    return Download(f"{slug(title)}-as-at-{as_at.isoformat()}.xlsx", _chunks(title, office, as_at, table, about))


def check_fits(number: int) -> None:
    """Refuse a list of more rows than a sheet of Excel holds; raises ListTooLongError."""
    if number + 2 > LAST_ROW:
        raise ListTooLongError(
            f"This list has {number:,} rows, and a sheet of Excel holds {LAST_ROW:,}. Filter it further."
        )


def _chunks(title: str, office: str, as_at: date, table: "_Table", about: list[Row]) -> Iterator[bytes]:
    heading = f"{title}, as at {as_at:%d/%m/%Y}"
    workbook = start_workbook(heading, office)
    add_sheet(workbook, table.name, table.columns, last_row=table.last_row, heading=heading)
    add_sheet(workbook, "About", ABOUT_COLUMNS, last_row=0, heading=heading)
    styles = styles_of(workbook)
    facts = about + table.facts()
    yield from stream_workbook(workbook, {table.name: table.write(styles), "About": write_about(facts, styles)})


class _Table:
    """The list's rows under its columns, with what they add up to."""

    def __init__(self, name: str, columns: Sequence[Column], rows: list[Sequence[Any]]) -> None:
        # The sheet that says what the workbook is keeps its name.
        self.name = "List" if name.casefold() == "about" else name
        self.columns = columns
        self.rows = rows
        self.last_row = len(rows) + 1

    def write(self, styles: Styles) -> Iterator[str]:
        """Write the rows, and under them a total of each column that is added up."""
        plan = plan_of(self.columns, styles)
        for number, row in enumerate(self.rows, start=2):
            yield write_row(number, plan, row)
        if any(column.total for column in self.columns):
            yield write_cells(self.last_row + 1, styles, self._totals())

    def facts(self) -> list[Row]:
        """Give the rows of the About sheet on how many rows there are and what they add up to."""
        rows: list[Row] = [[Cell("Number of rows"), Cell(len(self.rows), Type.WHOLE)]]
        for place, column in enumerate(self.columns):
            if column.total and column.type is Type.MONEY:
                formula = f"SUM({self._cells(place, self.name)})"
                rows.append([Cell(f"Control total: {column.title}"), Cell(self._sum(place), Type.MONEY, formula)])
            if column.total and (missing := sum(row[place] is None for row in self.rows)):
                rows.append([Cell(f"Not stated: {column.title}"), Cell(missing, Type.WHOLE)])
        return rows

    def _totals(self) -> list[Cell | None]:
        cells: list[Cell | None] = [Cell("Total", strong=True)] if not self.columns[0].total else []
        for place, column in list(enumerate(self.columns))[len(cells) :]:
            formula = f"SUM({self._cells(place)})"
            cells.append(Cell(self._sum(place), column.type, formula, strong=True) if column.total else None)
        return cells

    def _sum(self, place: int) -> int:
        return sum(row[place] or 0 for row in self.rows)

    def _cells(self, place: int, sheet: str = "") -> str:
        letter = letter_of(place + 1)
        here = f"'{sheet}'!" if sheet else ""
        return f"{here}{letter}2:{letter}{max(self.last_row, 2)}"
