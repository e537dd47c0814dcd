"""Tables for a terminal: words on the left, pounds on the right, no wider than 100 columns."""

import textwrap
from collections.abc import Iterator, Sequence

WIDEST = 100
MONEY = 16


def money_table(first: str, columns: Sequence[str], rows: Sequence[Sequence[str]], total: Sequence[str]) -> list[str]:
    """Lay out rows whose first cell is words and whose others are pounds, above a total."""
    wide = WIDEST - MONEY * len(columns)
    rule = "-" * WIDEST
    body = [line for row in rows for line in _row(row, wide)]
    return [*_row([first, *columns], wide), rule, *body, rule, *_row(total, wide)]


def word_table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Lay out rows of words in columns two spaces apart."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _row(cells: Sequence[str], wide: int) -> Iterator[str]:
    words = textwrap.wrap(cells[0], wide - 1) or [""]
    yield words[0].ljust(wide) + "".join(cell.rjust(MONEY) for cell in cells[1:])
    yield from (f"  {line}" for line in textwrap.wrap(" ".join(words[1:]), wide - 3))
