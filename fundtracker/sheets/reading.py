"""Reading: any workbook as sheets of cells, each row by its own number, nothing guessed and nothing dropped."""

import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property

from openpyxl.utils import get_column_letter
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from fundtracker.sheets.parts import FURTHEST_COLUMN, FURTHEST_ROW, Place, Unsaid, sheet_paths, unsaid
from fundtracker.sheets.unsafe import WorkbookRefusedError, damaged, open_parts

Cell = str | float | bool | date | datetime | time | timedelta
"""What a cell holds; an empty one holds the empty text."""

MOST_SHEETS = 200
# What Rust raises where it gives up, a BaseException that no module offers for import.
_PANIC = "PanicException"


@dataclass(frozen=True)
class Sheet:
    """One sheet: its rows from the first to the last that hold anything, and what calamine leaves unsaid of cells."""

    name: str
    visible: bool
    first_row: int
    rows: tuple[tuple[Cell, ...], ...]
    faults: dict[Place, str] = field(default_factory=dict)
    merged: tuple[tuple[Place, Place], ...] = ()
    hidden: set[int] = field(default_factory=set)

    @cached_property
    def tall(self) -> dict[int, list[tuple[int, int]]]:
        """Give the first and last row of each area merged over several rows, by the columns that it covers."""
        found: dict[int, list[tuple[int, int]]] = {}
        for (top, left), (bottom, right) in self.merged:
            for column in range(left, min(right, FURTHEST_COLUMN) + 1) if top < bottom else ():
                found.setdefault(column, []).append((top, bottom))
        return {column: sorted(areas) for column, areas in found.items()}

    def numbered(self) -> Iterable[tuple[int, tuple[Cell, ...]]]:
        """Give each row with the number that Excel shows beside it."""
        return enumerate(self.rows, start=self.first_row)


def read_workbook(content: bytes) -> list[Sheet]:
    """Read an .xlsx whole; raises WorkbookRefusedError, in a plain sentence, for a file that cannot be read."""
    parts = open_parts(content)
    found = unsaid(parts)
    unread = {name: found.get(path, Unsaid()) for name, path in sheet_paths(parts).items()}
    del parts
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            described = [about for about in workbook.sheets_metadata if about.typ is SheetTypeEnum.WorkSheet]
            if len(described) > MOST_SHEETS:
                raise WorkbookRefusedError(f"This workbook has more than {MOST_SHEETS} sheets. Keep only those needed.")
            return [
                _sheet(
                    workbook.get_sheet_by_name(about.name),
                    about.visible is SheetVisibleEnum.Visible,
                    unread.get(about.name, Unsaid()),
                )
                for about in described
            ]
    except PasswordError as error:
        raise WorkbookRefusedError(
            "This workbook is protected by a password. Open it in Excel, take the password off and save it."
        ) from error
    except (CalamineError, ValueError, OverflowError) as error:
        raise damaged() from error
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise damaged() from error


def column_letter(column: int) -> str:
    """Name a column, counted from 1, as Excel does."""
    return get_column_letter(column)


def _sheet(sheet: CalamineSheet, visible: bool, unread: Unsaid) -> Sheet:
    rows: list[tuple[Cell, ...]] = [tuple(row) for row in sheet.to_python(skip_empty_area=False, nrows=FURTHEST_ROW)]
    # A cell that could not be read is still a cell that is filled.
    last = max((row for row, _ in unread.faults), default=0)
    rows += [()] * (last - len(rows))
    filled = [number for number, row in enumerate(rows, start=1) if any(cell != "" for cell in row)]
    filled += [row for row, _ in unread.faults]
    first, last = (min(filled), max(filled)) if filled else (1, 0)
    spans = [((r1 + 1, c1 + 1), (r2 + 1, c2 + 1)) for (r1, c1), (r2, c2) in sheet.merged_cell_ranges or ()]
    return Sheet(sheet.name, visible, first, tuple(rows[first - 1 : last]), unread.faults, tuple(spans), unread.hidden)
