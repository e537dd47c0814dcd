"""A table that was found in a sheet, with all that reading its rows needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fundtracker.domain.statuses import AmountBasis, BatchKind
from fundtracker.services.bringing.stated import Problem, TableFound
from fundtracker.sheets.reading import Cell, Sheet, column_letter
from fundtracker.sheets.tabular.candidates import HeadingRows
from fundtracker.sheets.tabular.matching import Told

Columns = Sequence[tuple[Cell, ...]]
"""The cells below the headings, column by column, the first column first."""


@dataclass(frozen=True)
class Found:
    """
    A sheet's table: its headings, the cells below them by column, and the columns (from 1) that are fields.

    `alike` are the other sheets that can be seen and have the same headings, column for column.
    """

    kind: BatchKind
    sheet: Sheet
    headings: HeadingRows
    told: Mapping[int, Told]
    columns: Columns
    basis: AmountBasis | None
    table: TableFound
    alike: Sequence[tuple[Sheet, HeadingRows]] = ()
    places: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "places", {told.field: column for column, told in self.told.items()})

    @property
    def first_row(self) -> int:
        """Give the number of the first row below the headings."""
        return max(self.headings.last + 1, self.sheet.first_row)

    @property
    def rows(self) -> int:
        """Count the rows below the headings."""
        return len(self.columns[0]) if self.columns else 0

    def cells(self, name: str) -> tuple[Cell, ...]:
        """Give the cells of a field's column."""
        return self.columns[self.places[name] - 1]

    def title(self, column: int) -> str:
        """Give the heading of a column in one line; nothing where it has none."""
        return " ".join(self.headings.titles.get(column, ("",))[0].split())


def columns_below(sheet: Sheet, header_row: int) -> Columns:
    """Turn the rows below the headings into columns, short rows filled up with nothing."""
    rows = sheet.rows[max(0, header_row + 1 - sheet.first_row) :]
    widths = set(map(len, rows))
    width = max(widths, default=0)
    if len(widths) > 1:
        rows = tuple(row + ("",) * (width - len(row)) for row in rows)
    return list(zip(*rows, strict=True))


def problem_at(found: Found, name: str, row: int, says: str) -> Problem:
    """State a problem with a field of a row, naming its column as a person finds it."""
    letter = column_letter(found.places[name])
    title = found.title(found.places[name])
    about = f"{title} (column {letter})" if title else f"Column {letter}"
    return Problem(found.sheet.name, row, letter, f"{about}: {says.removesuffix('.')}.")
