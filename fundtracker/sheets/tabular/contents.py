"""What a column seems to hold, seen from a sample of its cells: days, amounts, codes or words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fundtracker.domain.money_in_files import NOT_STATED
from fundtracker.sheets.reading import Cell
from fundtracker.sheets.tables import any_of

_DAY = re.compile(
    r"(?:[a-z]{3,9},? )?[0-9]{1,4}(?:st|nd|rd|th)?[/.\- ](?:[0-9]{1,2}|[a-z]{3,9})[/.\- ,]+[0-9]{2,4}(?:[T ].*)?"
    r"|20[0-9]{6}",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"[-−–+(£€$ ]*[0-9.][0-9., ]*(?:k|m|bn|million)?[-) ]*(?:cr|dr|gbp|eur|usd)?", re.IGNORECASE)
_FIGURE = re.compile("[0-9]")
_LONGEST = 40  # characters of a day or an amount
_FIRST_DAY, _LAST_DAY = 36_526, 73_050  # the numbers by which Excel knows the days from 2000 to 2099

CREDITS = any_of("c cr credit crn cn h") | {"credit note", "credit memo", "credit notes", "credit memorandum"}
DEBITS = any_of("d dr debit inv in invoice standard s") | {"standard invoice", "debit memo"}


@dataclass(frozen=True)
class Contents:
    """How many of a column's cells state anything, and how many of these look like a day, an amount or a code."""

    filled: int = 0
    days: int = 0
    numbered_days: int = 0
    amounts: int = 0
    coded: int = 0
    signs: int = 0
    different: int = 0

    def mostly(self, count: int) -> bool:
        """Say whether at least half of the cells are of one sort; a column that states nothing may be anything."""
        return 2 * count >= self.filled


def contents_of(cells: Sequence[Cell]) -> Contents:
    """Look at the cells of a column."""
    filled = [cell for cell in cells if not (isinstance(cell, str) and cell.strip().casefold() in NOT_STATED)]
    return Contents(
        filled=len(filled),
        days=sum(map(_looks_like_day, filled)),
        numbered_days=sum(map(_looks_like_numbered_day, filled)),
        amounts=sum(map(_looks_like_amount, filled)),
        coded=sum(_FIGURE.search(str(cell)) is not None for cell in filled),
        different=len(set(filled)),
        signs=sum(str(cell).strip().casefold() in CREDITS | DEBITS for cell in filled),
    )


def _looks_like_day(cell: Cell) -> bool:
    return isinstance(cell, date) or (isinstance(cell, str) and _fits(_DAY, cell))


def _looks_like_numbered_day(cell: Cell) -> bool:
    text = str(cell).strip().removesuffix(".0")
    return len(text) == len(str(_FIRST_DAY)) and text.isdecimal() and _FIRST_DAY <= int(text) <= _LAST_DAY


def _looks_like_amount(cell: Cell) -> bool:
    if isinstance(cell, str):
        return _fits(_AMOUNT, cell) and not _fits(_DAY, cell)
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _fits(form: re.Pattern[str], text: str) -> bool:
    return len(text) <= _LONGEST and form.fullmatch(text.strip()) is not None
