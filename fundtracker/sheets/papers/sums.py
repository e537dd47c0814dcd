"""The formulas of a paper's table, each kept only where it gives the figure that the paper says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fundtracker.domain.papers import CellType, Row, RowKind, Table
from fundtracker.domain.percentages import tenths_of

_ADDED = (CellType.MONEY, CellType.NUMBER)
_MOST_RUNS = 100  # Excel takes 255 parts of a sum
FIRST_ROW = 2  # of a sheet, below its headings

Run = tuple[int, int]
"""The first and the last of rows that follow each other, counted from nought."""


@dataclass(frozen=True)
class Rule:
    """A column worked out from two others of its row, by its formula and in whole numbers."""

    of: tuple[str, str]
    formula: str

    def gives(self, first: int, second: int) -> int | None:
        """Work it out as Excel does, or None where it cannot be."""
        if self.formula == LESS:
            return first - second
        return tenths_of(second, first)  # which rounds as ROUND does


LESS = "{0}-{1}"
SHARE = 'IF({0}=0,"n/a",ROUND({1}/{0},3))'
RULES: Mapping[str, Rule] = {
    "remaining": Rule(("allocated", "awarded"), LESS),
    "used": Rule(("allocated", "awarded"), SHARE),
}


def formulas(table: Table, letters: Mapping[str, str]) -> list[dict[str, str]]:
    """Give the formulas of each row by the key of its column; `letters` says in which column of the sheet a key is."""
    runs: list[Run] = []
    found, group = [], 0
    for place, row in enumerate(table.rows):
        made = {}
        if row.kind is RowKind.ROW:
            runs = [*runs[:-1], (runs[-1][0], place)] if runs and runs[-1][1] == place - 1 else [*runs, (place, place)]
        elif row.kind in (RowKind.SUBTOTAL, RowKind.TOTAL):
            made = _sums(table, row, [run for run in runs if run[0] >= (group if row.kind is RowKind.SUBTOTAL else 0)],
                         letters)  # fmt: skip
        if row.kind is not RowKind.ROW:
            group = place
        found.append({**_worked_out(table, row, place, letters), **made})
    return found


def _sums(table: Table, row: Row, runs: list[Run], letters: Mapping[str, str]) -> dict[str, str]:
    """Add up the rows above where they come to what the row says, column by column."""
    if not 0 < len(runs) <= _MOST_RUNS:
        return {}
    made = {}
    for at, column in enumerate(table.columns):
        says, letter = _whole(row, at), letters[column.key]
        if column.type in _ADDED and says is not None and says == _added(table.rows, runs, at):
            parts = (f"{letter}{first + FIRST_ROW}:{letter}{last + FIRST_ROW}" for first, last in runs)
            made[column.key] = f"SUM({','.join(parts)})"
    return made


def _worked_out(table: Table, row: Row, place: int, letters: Mapping[str, str]) -> dict[str, str]:
    at = {column.key: position for position, column in enumerate(table.columns)}
    made = {}
    for key, rule in RULES.items():
        if {key, *rule.of} <= at.keys():
            first, second = (_whole(row, at[name]) for name in rule.of)
            says = _whole(row, at[key])
            if None not in (first, second, says) and rule.gives(first or 0, second or 0) == says:
                made[key] = rule.formula.format(*(f"{letters[name]}{place + FIRST_ROW}" for name in rule.of))
    return made


def _added(rows: tuple[Row, ...], runs: Iterable[Run], at: int) -> int:
    return sum(_whole(row, at) or 0 for first, last in runs for row in rows[first : last + 1])


def _whole(row: Row, at: int) -> int | None:
    value = row.cells[at].value if at < len(row.cells) else None
    return value if isinstance(value, int) else None
