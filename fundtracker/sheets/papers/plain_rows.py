"""A paper's table as plain rows: for programs, and for whoever draws it anew."""

import csv
from datetime import date
from io import StringIO

from fundtracker.domain.money import plain
from fundtracker.domain.papers import Cell, CellType, RowKind, Table
from fundtracker.domain.percentages import tenths

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def write_csv(table: Table) -> bytes:
    """
    Write a table's own rows, without groups and totals, in UTF-8 with the mark by which Excel knows it.

    Amounts are in pounds without separators, days ISO, shares in per cent. Text that a program might take for a formula
    has an apostrophe before it.
    """
    said = StringIO(newline="")
    writer = csv.writer(said)
    writer.writerow([safe_text(column.title) for column in table.columns])
    for row in table.rows:
        if row.kind is RowKind.ROW:
            writer.writerow([_cell(cell, column.type) for cell, column in zip(row.cells, table.columns, strict=False)])
    return said.getvalue().encode("utf-8-sig")


def _cell(cell: Cell, type_: CellType) -> str:
    match cell.value:
        case None:
            return safe_text(cell.says)
        case date():
            return cell.value.isoformat()
        case str():
            return safe_text(cell.value)
    if type_ is CellType.MONEY:
        return plain(cell.value)
    return tenths(cell.value).replace("−", "-") if type_ is CellType.SHARE else str(cell.value)


def safe_text(text: str) -> str:
    """Put an apostrophe before text that a program might take for a formula."""
    return f"'{text}" if text.startswith(_BEGINS_A_FORMULA) else text
