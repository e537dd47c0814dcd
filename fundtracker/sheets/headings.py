"""Rows that may be headings: one, or two of which the upper groups the lower (`Grant` over `Amount` and `Date`)."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

from fundtracker.domain.money_in_files import other_currency
from fundtracker.domain.text import match_key
from fundtracker.sheets.reading import Cell, Sheet

_ASIDE = re.compile(r"\(.*?\)|\[.*?\]", re.DOTALL)

_IN_THOUSANDS = frozenset({"000", "000s", "k", "thousands", "m", "millions"})

Keys = dict[int, tuple[str, ...]]
"""The forms, by column, in which a heading is looked for."""


@dataclass(frozen=True)
class Headings:
    """What may be headings: the last row of them, each column's words (from 1), and its keys, the surest first."""

    last_row: int
    titles: dict[int, str]
    tiers: tuple[Keys, ...]
    cells: tuple[Cell, ...]


def why_not_pounds(title: str) -> str:
    """Say in a sentence why amounts under a heading are not in pounds, or nothing where they are."""
    if currency := other_currency(title):
        return f"The heading “{title}” is in another currency ({currency}), not in pounds."
    words = match_key(title.replace("£", " ").replace("'", " ")).split()
    if not _IN_THOUSANDS.isdisjoint(words):
        return f"The heading “{title}” is not in single pounds. Write the amounts out in pounds."
    return ""


def one_row(number: int, cells: tuple[Cell, ...]) -> Headings:
    """Take one row as headings."""
    titles = {column: str(cell) for column, cell in enumerate(cells, start=1) if cell != ""}
    words = {column: cell for column, cell in enumerate(cells, start=1) if isinstance(cell, str) and cell}
    return Headings(number, titles, (_keys(words),), cells)


def two_rows(sheet: Sheet, deepest: int, known: frozenset[str]) -> Iterator[Headings]:
    """Give each two rows of which the upper may group the lower, at least half of it headings that are known."""
    for (number, above), (_, below) in pairwise(islice(sheet.numbered(), deepest + 1)):
        upper, lower = words_of(above), words_of(below)
        if len(upper) > 1 and len(lower) > 1 and _are_headings(lower, known):
            groups = groups_of(sheet, number, upper, lower)
            if len(set(groups.values())) < len(groups) < len(upper.keys() | lower.keys()):
                yield _joined(number + 1, upper, lower, groups, below)


def words_of(cells: tuple[Cell, ...]) -> dict[int, str]:
    """Give a row's words by column; none at all where it holds anything else."""
    filled = {column: cell for column, cell in enumerate(cells, start=1) if cell != ""}
    words = {column: cell for column, cell in filled.items() if isinstance(cell, str)}
    return words if len(words) == len(filled) else {}


def _are_headings(words: dict[int, str], known: frozenset[str]) -> bool:
    """Tell headings from a row of figures whose every cell is text: dates, references and amounts have figures."""
    told = sum(not known.isdisjoint(keys) for keys in _keys(words).values())
    return 2 * told >= len(words) and not any(c.isdigit() for text in words.values() for c in text)


def groups_of(sheet: Sheet, number: int, upper: dict[int, str], lower: dict[int, str]) -> dict[int, int]:
    """Give each lower heading that stands under a group the column where its group begins."""
    ends = {left: right for (top, left), (_, right) in sheet.merged if top == number}
    groups: dict[int, int] = {}
    begins = 0
    for column in sorted(upper.keys() | lower.keys()):
        begins = column if column in upper else begins
        # A group reaches as far as it is merged, or else over headings that have nothing of their own above them.
        reaches = begins and begins in lower and column <= ends.get(begins, column)
        if column in lower and reaches:
            groups[column] = begins
    return groups


def _joined(
    last_row: int, upper: dict[int, str], lower: dict[int, str], groups: dict[int, int], cells: tuple[Cell, ...]
) -> Headings:
    above = {column: upper[begins] for column, begins in groups.items()}
    whole = {
        column: f"{above[column]} {lower[column]}" if column in above else lower.get(column) or upper[column]
        for column in sorted(upper.keys() | lower.keys())
    }
    # `Requested` over `Amount` is what was requested; `Requested` over `Date` is not.
    sums = {column: words for column, words in above.items() if "date" not in match_key(lower[column]).split()}
    times = Counter(match_key(words) for words in lower.values())
    alone = {column: words for column, words in lower.items() if times[match_key(words)] == 1}
    return Headings(last_row, whole, (_keys(whole), _keys(sums), _keys(alone)), cells)


def _keys(words: dict[int, str]) -> Keys:
    # The pound sign tells `Paid (£)`, an amount, from `Paid?`.
    return {
        column: (match_key(cell), match_key(_ASIDE.sub(" ", cell)), match_key(cell.replace("£", " pounds ")))
        for column, cell in words.items()
    }
