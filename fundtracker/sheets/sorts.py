"""Rows that are no rows of data, told by what they say: totals, headings again, and what columns are written in."""

import re
from collections.abc import Mapping, Sequence

from fundtracker.domain.text import match_key
from fundtracker.sheets.reading import Cell

UNUSED = "nothing stands in the columns that are used"
UNITS = "it only says what the columns are written in"
BLANK, TOTAL = "a blank row", "the sheet’s own total"
HEADINGS, NOTE, ZERO = "the headings again", "a heading or a note, not a row of figures", "its amount is £0.00"

_TOTAL = re.compile(r"(?:(?:grand|overall|running|sheet|column|page) )?(?:sub ?)?totals?\b.*|.*\b(?:sub ?)?totals?|sum")
_COUNTED = 3  # columns: fewer may be a record
_BARE_TOTAL = re.compile(r"(?:(?:grand|overall) )?(?:sub ?)?totals?(?: [0-9 ]+)?")
_FROM = r"(?: (?:from|to|at|as at|on|for) [\w /.]{1,20}| [0-9][\w /.]{,20})"
_CARRIED = re.compile(
    rf"(?:opening|closing)(?: bank| cash| ledger)? balances?{_FROM}?|balance{_FROM}|"
    rf"(?:(?:balance|total)s? )?(?:(?:brought|carried) (?:forward|fwd|down)|[bc]/(?:f|fwd|d)){_FROM}?"
)
_FOOTNOTE = re.compile(
    r"\s*(?:notes?|sources?|prepared|updated|last updated|key|correct|printed|produced)\b|\s*\*", re.I
)
_UNIT = re.compile(r"£|gbp|pounds|y ?/ ?n|yes ?/ ?no|d{1,2}[/.-]m{1,3}[/.-]y{2,4}|date|text|number", re.I)


def is_empty(cell: Cell) -> bool:
    """Say whether nothing stands in a cell, or only spaces."""
    return isinstance(cell, str) and not cell.strip()


def is_total_label(key: str) -> bool:
    """Say whether text, in the form that match_key gives, may be the label of a total."""
    return _TOTAL.fullmatch(key) is not None


def is_bare_total(key: str) -> bool:
    """Say whether text, in the form that match_key gives, is the word for a total and no more than a year with it."""
    return _BARE_TOTAL.fullmatch(key) is not None


def is_carried(text: str) -> bool:
    """Say whether text says that a figure is carried over, and so stands for others: `Balance b/f`."""
    return _CARRIED.fullmatch(" ".join(text.casefold().split()).strip(" :.")) is not None


def is_footnote(text: str) -> bool:
    """Say whether text begins like a note below a table."""
    return _FOOTNOTE.match(text) is not None


def says_units(filled: Sequence[Cell]) -> bool:
    """Say whether the filled cells of a row only say what columns are written in: `£`, `dd/mm/yyyy`."""
    return bool(filled) and all(isinstance(cell, str) and _UNIT.fullmatch(cell.strip(" ()")) for cell in filled)


def numbers_columns(filled: Sequence[Cell]) -> bool:
    """Say whether the filled cells of a row only count the columns: 1, 2, 3."""
    told = [str(cell).strip(" ()").removesuffix(".0") for cell in filled]
    return len(told) >= _COUNTED and told == [str(place) for place in range(1, len(told) + 1)]


def repeats_headings(cells: Sequence[Cell], titles: Mapping[int, str]) -> bool:
    """Say whether a row holds the headings again, each in its own column."""
    here = {column: cells[column - 1] for column in titles if column <= len(cells)}
    return len(here) == len(titles) > 0 and all(
        match_key(str(cell)) == match_key(titles[column]) for column, cell in here.items()
    )
