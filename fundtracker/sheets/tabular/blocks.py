"""A block of rows: some thousand together, kept column by column."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from fundtracker.services.bringing.stated import Problem, StatedRow
from fundtracker.sheets.reading import Cell
from fundtracker.sheets.tabular.texts import shown

_PLAIN = 1e15  # below which Python writes a number of pounds without an exponent


@dataclass
class Block:
    """Some rows of a table; places count from 0 within the block, amounts are pence."""

    first_row: int
    values: dict[str, list[Any]]
    amounts: list[int | None]
    cells: list[list[str]]
    left_out: dict[int, str] = field(default_factory=dict)
    problems: dict[int, list[Problem]] = field(default_factory=dict)

    def rows(self) -> Iterator[StatedRow]:
        """Give the rows one by one."""
        names = tuple(self.values)
        nothing: Iterator[tuple[Any, ...]] = iter([()] * len(self.amounts))
        values = zip(*self.values.values(), strict=True) if names else nothing
        cells = zip(*self.cells, strict=True) if self.cells else nothing
        rest = zip(values, self.amounts, cells, strict=True)
        for place, (some, amount, text) in enumerate(rest):
            stated = {name: value for name, value in zip(names, some, strict=True) if value is not None}
            row = StatedRow(self.first_row + place, stated, amount, cells=text)  # type: ignore[arg-type]  # it is pence
            if place in self.left_out:
                row.left_out = self.left_out[place]
            if place in self.problems:
                row.problems = tuple(self.problems[place])
            yield row


def shown_cells(cells: Sequence[Cell]) -> list[str]:
    """Write cells as a person sees them."""
    kinds = set(map(type, cells))
    if kinds == {str}:
        return list(cells)  # type: ignore[arg-type]  # they are all text
    if kinds == {float} and min(cells) > -_PLAIN and max(cells) < _PLAIN:  # type: ignore[operator]  # all numbers
        return [text.removesuffix(".0") for text in map(repr, cells)]
    return [cell if isinstance(cell, str) else _shown(cell) for cell in cells]


_shown = lru_cache(maxsize=8192, typed=True)(shown)  # the same few days stand on row after row
