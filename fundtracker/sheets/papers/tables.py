"""A paper's table as a sheet: typed columns, what is said beside a figure, and totals that say that they are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from fundtracker.domain.papers import Cell as Said
from fundtracker.domain.papers import CellType, Row, RowKind, Table
from fundtracker.domain.papers import Column as Asked
from fundtracker.sheets.papers.lines import count_lines, row_height
from fundtracker.sheets.papers.sums import FIRST_ROW, formulas
from fundtracker.sheets.skeleton import USUAL_WIDTHS, Column
from fundtracker.sheets.writing import Cell, Styles, Type, letter_of, write_cells

TYPES = {
    CellType.MONEY: Type.MONEY,
    CellType.NUMBER: Type.WHOLE,
    CellType.TEXT: Type.TEXT,
    CellType.DAY: Type.DATE,
    CellType.SHARE: Type.SHARE,
}
_NARROW, _WIDE = 12, 36  # letters of a column of text; what is wider breaks over lines
_TOO_WIDE = 180  # letters of a sheet that would be too small to read on one page across


@dataclass(frozen=True)
class Sheet:
    """A table under the name of its sheet."""

    name: str
    table: Table

    @property
    def columns(self) -> list[Column]:
        """Give the sheet's columns: each of the table's, one beside it where anything is said, and one of the kinds."""
        found = []
        for place, column in enumerate(self.table.columns):
            found.append(Column(_title(column), self._types[place], self._width(place)))
            if self._noted[place]:
                found.append(Column(f"{_plain(column)}: note", width=_NARROW))
        return [*found, *([Column("Kind of row", width=12)] if self._kinds else [])]

    @property
    def letters(self) -> dict[str, str]:
        """Say in which column of the sheet each of the table's stands."""
        found, at = {}, 0
        for place, column in enumerate(self.table.columns):
            found[column.key] = letter_of(at + 1)
            at += 2 if self._noted[place] else 1
        return found

    @property
    def last_row(self) -> int:
        """Give the number of the sheet's last row."""
        return len(self.table.rows) + FIRST_ROW - 1

    def cell(self, place: int, key: str) -> Said:
        """Give what the table says in a row, counted from nought, under a column's key."""
        at = [column.key for column in self.table.columns].index(key)
        row = self.table.rows[place]
        return row.cells[at] if at < len(row.cells) else Said()

    def at(self, place: int, key: str) -> str:
        """Name that one cell, for a formula on another sheet."""
        return f"'{self.name}'!{self.letters[key]}{place + FIRST_ROW}"

    def cells(self, key: str, rows: range) -> str:
        """Name the cells of a column, of table rows that follow each other, for a formula on another sheet."""
        letter = self.letters[key]
        return f"'{self.name}'!${letter}${rows.start + FIRST_ROW}:${letter}${rows.stop + FIRST_ROW - 1}"

    def write(self, styles: Styles) -> Iterator[str]:
        """Write the table's rows."""
        made = formulas(self.table, self.letters)
        for number, (row, given) in enumerate(zip(self.table.rows, made, strict=True), start=FIRST_ROW):
            cells = list(self._cells(row, given))
            yield write_cells(number, styles, cells, self._height(cells))

    def _cells(self, row: Row, given: dict[str, str]) -> Iterator[Cell | None]:
        strong = row.kind is not RowKind.ROW
        said = [*row.cells, *(Said() for _ in self.table.columns[len(row.cells) :])]
        for place, (column, cell) in enumerate(zip(self.table.columns, said, strict=False)):
            yield _cell(cell, self._types[place], given.get(column.key, ""), strong=strong)
            if self._noted[place]:
                yield Cell(cell.says if cell.value is not None else "", strong=strong)
        if self._kinds:
            yield Cell(row.kind.value.capitalize(), strong=strong)

    @cached_property
    def _noted(self) -> list[bool]:
        """Say of each column whether anything is said beside a value; asked for every cell, so worked out once."""
        return [self._has_notes(place) for place in range(len(self.table.columns))]

    def _has_notes(self, place: int) -> bool:
        cells = (row.cells[place] for row in self.table.rows if place < len(row.cells))
        return any(cell.says and cell.value is not None for cell in cells)

    @cached_property
    def _kinds(self) -> bool:
        return any(row.kind is not RowKind.ROW for row in self.table.rows)

    @property
    def too_wide(self) -> bool:
        """Say whether the sheet would be too small to read on one page across."""
        return sum(map(self._width, range(len(self.table.columns)))) > _TOO_WIDE

    @cached_property
    def _types(self) -> list[Type]:
        return [self._type(place) for place in range(len(self.table.columns))]

    def _type(self, place: int) -> Type:
        type_ = TYPES[self.table.columns[place].type]
        return Type.PROSE if type_ is Type.TEXT and self._longest(place) > _WIDE else type_

    def _width(self, place: int) -> int:
        column = self.table.columns[place]
        if column.type is CellType.TEXT:
            return min(_WIDE, max(_NARROW, self._longest(place)))
        words = max(map(len, column.title.split()), default=0) + 5  # with the filter's arrow, no word is broken
        in_place = max((len(row.cells[place].says) + 3 for row in self._without(place)), default=0)
        return min(_WIDE, max(USUAL_WIDTHS[TYPES[column.type]], words, in_place))

    def _without(self, place: int) -> Iterator[Row]:
        """Give the rows in which words stand in place of a value."""
        return (row for row in self.table.rows if place < len(row.cells) and row.cells[place].value is None)

    def _longest(self, place: int) -> int:
        said = (row.cells[place] for row in self.table.rows if place < len(row.cells) and row.kind is not RowKind.GROUP)
        words = (str(cell.says if cell.value is None else cell.value) for cell in said)
        return 3 + max(map(len, (self.table.columns[place].title, *words)))

    def _height(self, cells: Sequence[Cell | None]) -> int:
        lines = (count_lines(str(one.value), _WIDE) for one in cells if one is not None and one.type is Type.PROSE)
        return row_height(max(lines, default=1))


def _title(column: Asked) -> str:
    return f"{_plain(column)} (£)" if column.type is CellType.MONEY else column.title


def _plain(column: Asked) -> str:
    return column.title.removesuffix("(£)").removesuffix("£").strip()


def _cell(said: Said, type_: Type, formula: str, *, strong: bool) -> Cell:
    """Give a cell of the column's type, or the words that stand in place of a value."""
    if said.value is None:
        return Cell(said.says, Type.PROSE if type_ is Type.PROSE else Type.TEXT, strong=strong)
    if type_ in (Type.TEXT, Type.PROSE) or isinstance(said.value, str):
        return Cell(_words(said.value), Type.PROSE if type_ is Type.PROSE else Type.TEXT, strong=strong)
    return Cell(said.value, type_, formula, strong)


def _words(value: int | str | date) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
