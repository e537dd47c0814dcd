"""Tables as people keep them, given as rows, read as they would be from a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fundtracker.domain.money import pounds
from fundtracker.domain.statuses import AmountBasis, BatchKind
from fundtracker.services.bringing.stated import StatedRow, TableFound
from fundtracker.sheets.reading import Place, Sheet
from fundtracker.sheets.tabular.exact import exact_rows
from fundtracker.sheets.tabular.finding import find_table

Rows = Sequence[Any]


@dataclass(frozen=True)
class Read:
    """A table that was read, with what its rows come to."""

    table: TableFound
    rows: list[StatedRow]

    @property
    def fields(self) -> dict[str, str]:
        """Give the field of each column that is used, by the column's title."""
        return {column.title: column.field for column in self.table.columns if column.field}

    @property
    def records(self) -> list[StatedRow]:
        """Give the rows that are records."""
        return [row for row in self.rows if not row.left_out]

    @property
    def left_out(self) -> dict[int, str]:
        """Give why each row that is none is left out, by its number."""
        return {row.row: row.left_out for row in self.rows if row.left_out}

    @property
    def says(self) -> list[str]:
        """Give the problems in words."""
        return [problem.says for row in self.rows for problem in row.problems]

    def sums(self) -> tuple[str, str, str]:
        """Give what was read, what of it are records, and what is left out."""
        kept = sum(row.amount or 0 for row in self.records)
        left_out = sum(row.amount or 0 for row in self.rows if row.left_out)
        return pounds(kept + left_out), pounds(kept), pounds(left_out)

    def values(self, name: str) -> list[object]:
        """Give what the records state of a field."""
        return [row.values.get(name) for row in self.records]


def sheet(
    rows: Rows,
    *,
    name: str = "Sheet1",
    visible: bool = True,
    first_row: int = 1,
    faults: dict[Place, str] | None = None,
    merged: Sequence[tuple[Place, Place]] = (),
    hidden: Sequence[int] = (),
) -> Sheet:
    """Give rows as a sheet, None for nothing."""
    cells = tuple(tuple("" if cell is None else cell for cell in row) for row in rows)
    return Sheet(name, visible, first_row, cells, faults or {}, tuple(merged), set(hidden))


def text(table: str) -> list[list[str]]:
    """Give a table that is written as text, its cells between bars, as a .csv gives it."""
    return [[cell.strip() for cell in line.strip().split("|")] for line in table.strip().splitlines()]


def read(
    kind: BatchKind,
    *sheets: Sheet | Rows,
    named: str | None = None,
    header_row: int | None = None,
    columns: dict[str, str] | None = None,
    basis: AmountBasis | None = None,
) -> Read:
    """Find the table of a kind and read it."""
    given = [one if isinstance(one, Sheet) else sheet(one) for one in sheets]
    found = find_table(kind, given, sheet=named, header_row=header_row, columns=columns, basis=basis)
    return Read(found.table, list(exact_rows(found)))
