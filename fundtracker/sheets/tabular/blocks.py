"""A block of rows: some thousand together, kept column by column."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
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
        columns = zip(*self.values.values(), strict=True) if names else nothing
        for place, values in enumerate(columns):
            stated = {name: value for name, value in zip(names, values, strict=True) if value is not None}
            yield StatedRow(
                row=self.first_row + place,
                values=stated,
                amount=self.amounts[place],  # type: ignore[arg-type]  # every int here is pence
                left_out=self.left_out.get(place, ""),
                problems=tuple(self.problems.get(place, ())),
                cells=tuple(column[place] for column in self.cells),
            )


def shown_cells(cells: Sequence[Cell]) -> list[str]:
    """Write cells as a person sees them."""
    kinds = set(map(type, cells))
    if kinds == {str}:
        return list(cells)  # type: ignore[arg-type]  # they are all text
    if kinds == {float} and all(-_PLAIN < cell < _PLAIN for cell in cells):  # type: ignore[operator]  # all numbers
        return [text.removesuffix(".0") for text in map(repr, cells)]
    return [cell if isinstance(cell, str) else shown(cell) for cell in cells]
