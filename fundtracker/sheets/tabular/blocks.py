"""A block of rows: some thousand together, kept column by column."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count, repeat
from typing import Any, cast

from fundtracker.domain.money import Pence
from fundtracker.services.bringing.stated import Problem, StatedRow
from fundtracker.sheets.reading import Cell
from fundtracker.sheets.tabular.texts import are_text, shown

_PLAIN = 1e15  # below which Python writes a number of pounds without an exponent


@dataclass
class Block:
    """Some rows of a table; places count from 0 within the block, amounts are pence."""

    sheet: str
    first_row: int
    values: dict[str, list[Any]]
    amounts: list[int | None]
    cells: list[list[str]]
    left_out: dict[int, str] = field(default_factory=dict)
    problems: dict[int, list[Problem]] = field(default_factory=dict)

    def rows(self) -> Iterator[StatedRow]:
        """Give the rows one by one."""
        if any(len(column) != len(self.amounts) for column in (*self.values.values(), *self.cells)):
            raise ValueError("the columns of a block are not of one length")
        nothing = repeat((), len(self.amounts))
        cells = zip(*self.cells, strict=True) if self.cells else nothing
        amounts = cast(list[Pence | None], self.amounts)
        numbers, nothing_left = count(self.first_row), repeat("")
        rows = map(StatedRow, numbers, self._stated(), amounts, nothing_left, repeat(()), cells, repeat(self.sheet))
        return self._marked(rows) if self.left_out or self.problems else rows

    def _marked(self, rows: Iterator[StatedRow]) -> Iterator[StatedRow]:
        for place, row in enumerate(rows):
            if place in self.left_out:
                row.left_out = self.left_out[place]
            if place in self.problems:
                row.problems = tuple(self.problems[place])
            yield row

    def _stated(self) -> Iterator[dict[str, Any]]:
        """Give what each row states, by field."""
        names, columns = tuple(self.values), self.values.values()
        each = zip(*columns, strict=True) if names else repeat((), len(self.amounts))
        if all(map(all, columns)):  # every value is there
            return map(dict, map(zip, repeat(names), each))
        return ({name: value for name, value in zip(names, some, strict=True) if value is not None} for some in each)


def shown_cells(cells: Sequence[Cell]) -> list[str]:
    """Write cells as a person sees them."""
    if are_text(cells):
        return list(cells)
    kinds = set(map(type, cells))
    if kinds == {float} and min(cells) > -_PLAIN and max(cells) < _PLAIN:  # type: ignore[operator]  # all numbers
        return [text.removesuffix(".0") for text in map(repr, cells)]
    if str not in kinds:
        return list(map(_shown, cells))
    return [cell if isinstance(cell, str) else _shown(cell) for cell in cells]


_shown = lru_cache(maxsize=8192, typed=True)(shown)  # the same few days stand on row after row
