"""Sheets of cells, as any file gives them: each row by its own number, nothing guessed and nothing dropped."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property

FURTHEST_ROW, FURTHEST_COLUMN = 250_000, 256
LARGEST_AREA = 8_000_000  # cells, empty ones among them: room is kept for every one
MOST_SHEETS = 200

Cell = str | float | bool | date | datetime | time | timedelta
"""What a cell holds; an empty one holds the empty text."""

Place = tuple[int, int]
"""A cell by its row and column, both counted from 1."""


@dataclass(frozen=True)
class Sheet:
    """
    One sheet: its rows from the first to the last that hold anything, and what those cells do not say.

    `faults` are cells that cannot be read, in words; `notes` are sentences about the file that it came from.
    """

    name: str
    visible: bool
    first_row: int
    rows: tuple[tuple[Cell, ...], ...]
    faults: dict[Place, str] = field(default_factory=dict)
    merged: tuple[tuple[Place, Place], ...] = ()
    hidden: set[int] = field(default_factory=set)
    notes: tuple[str, ...] = ()

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


def column_letter(column: int) -> str:
    """Name a column, counted from 1, as Excel does."""
    letters = ""
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def column_number(letters: str) -> int:
    """Count a column from 1 by the letters that Excel gives it."""
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column
