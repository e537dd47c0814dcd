"""What moved since a paper was kept: its tables row by row, and its words place by place, then beside now."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from fundtracker.domain.money import Pence
from fundtracker.domain.papers import Cell, CellType, Column, Content, Row, RowKind, Table, Words


class Move(StrEnum):
    """What became of a row."""

    ADDED = "added"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True)
class CellMoved:
    """One value that is not what it was: both, and the pence, number or tenths between them where they can be taken."""

    column: Column
    then: Cell
    now: Cell

    @property
    def difference(self) -> int | None:
        """Give now less then."""
        then, now = self.then.value, self.now.value
        figures = self.column.type in (CellType.MONEY, CellType.NUMBER, CellType.SHARE)
        both = isinstance(then, int) and isinstance(now, int)
        return Pence(int(now) - int(then)) if figures and both else None  # type: ignore[arg-type]  # both are ints


@dataclass(frozen=True)
class RowMoved:
    """One row that was added, is gone, or has other values; its name is its first cell."""

    key: str
    name: str
    move: Move
    cells: tuple[CellMoved, ...]


@dataclass(frozen=True)
class TableMoved:
    """The rows of one table that moved."""

    key: str
    title: str
    rows: tuple[RowMoved, ...]


@dataclass(frozen=True)
class WordsMoved:
    """One place whose words are others; nothing where there were, or are, none."""

    key: str
    then: str
    now: str


@dataclass(frozen=True)
class Moved:
    """All that moved between a paper and the same paper made now."""

    tables: tuple[TableMoved, ...]
    words: tuple[WordsMoved, ...]

    @property
    def nothing(self) -> bool:
        """Say whether every figure and every word is what it was."""
        return not self.tables and not self.words


def compare(then: Content, now: Content) -> Moved:
    """Compare a paper with the same paper made now, by the keys of its tables, rows and columns."""
    tables = tuple(moved for moved in _tables(then, now) if moved.rows)
    return Moved(tables, tuple(_words(then, now)))


def _tables(then: Content, now: Content) -> Iterator[TableMoved]:
    for key in dict.fromkeys([*then.tables, *now.tables]):
        before, after = then.tables.get(key), now.tables.get(key)
        known = after or before
        if known is not None:
            yield TableMoved(key, known.title, tuple(_rows(before, after)))


def _rows(then: Table | None, now: Table | None) -> Iterator[RowMoved]:
    columns = {column.key: column for table in (then, now) if table for column in table.columns}
    before, after = _by_key(then), _by_key(now)
    for key in dict.fromkeys([*before, *after]):
        was, stands = before.get(key, {}), after.get(key, {})
        move = Move.ADDED if not was else Move.GONE if not stands else Move.CHANGED
        cells = [
            CellMoved(column, was.get(name, Cell()), stands.get(name, Cell()))
            for name, column in columns.items()
            if _says(was.get(name)) != _says(stands.get(name))
        ]
        if cells:
            name = next(iter((stands or was).values()))
            yield RowMoved(key, str(name.value or name.says), move, tuple(cells))


def _by_key(table: Table | None) -> dict[str, dict[str, Cell]]:
    rows: list[Row] = [row for row in table.rows if row.kind is not RowKind.GROUP] if table else []
    names = [column.key for column in table.columns] if table else []
    return {row.key: dict(zip(names, row.cells, strict=False)) for row in rows}


def _says(cell: Cell | None) -> tuple[object, str]:
    # Where its rows are is no part of what a cell says.
    return (cell.value, cell.says) if cell else (None, "")


def _words(then: Content, now: Content) -> Iterator[WordsMoved]:
    before, after = _said(then), _said(now)
    for key in dict.fromkeys([*before, *after]):
        was, stands = before.get(key, ""), after.get(key, "")
        if was != stands:
            yield WordsMoved(key, was, stands)


def _said(content: Content) -> dict[str, str]:
    words = [block for block in content.blocks if isinstance(block, Words)]
    return {one.key: "\n".join([one.text, *(f"• {bullet}" for bullet in one.bullets)]) for one in words}
