"""The rows of a table, exact, some thousand together: what each states of every field, its amount, its problems."""

from collections.abc import Iterator
from dataclasses import replace

from fundtracker.domain.statuses import BatchKind
from fundtracker.services.bringing.fields import ADDRESS, FIELDS, field_named
from fundtracker.services.bringing.stated import StatedRow
from fundtracker.sheets.tabular.basis import SIGNED, is_credit, plan_amounts
from fundtracker.sheets.tabular.blocks import Block, shown_cells
from fundtracker.sheets.tabular.found import Found, problem_at
from fundtracker.sheets.tabular.leaving import Leaver
from fundtracker.sheets.tabular.merged import spread_merged
from fundtracker.sheets.tabular.values import ColumnReader, Values

AT_ONCE = 48_000
"""How many cells are read together: the rows of a wide table are no heavier to hold than those of a narrow one."""

_WORKED_IN = frozenset({"debit", "credit", "sign", *ADDRESS[1:]})  # what other fields are made of
_OPEN_IN_EXCEL = "Open the workbook in Excel, put it right and save it"


def exact_rows(found: Found) -> Iterator[StatedRow]:
    """Give every row below the headings."""
    for block in exact_blocks(found):
        yield from block.rows()


def exact_blocks(found: Found) -> Iterator[Block]:
    """Give every row below the headings, by the block."""
    reader = _Reader(found)
    rows = max(AT_ONCE // max(len(found.columns), 1), 1)
    for start in range(0, found.rows, rows):
        yield reader.block(start, min(start + rows, found.rows))


class _Reader:
    """Reads block after block of one table."""

    def __init__(self, found: Found) -> None:
        self.found = found
        self.plan = plan_amounts(found)
        self.readers = {name: ColumnReader(field_named(name)) for name in found.places}
        self.leaver = Leaver(found, self.plan)
        self.faults: dict[str, dict[int, str]] = {name: {} for name in found.places}
        names = {column: name for name, column in found.places.items()}
        for (row, column), says in found.sheet.faults.items():
            if column in names:
                self.faults[names[column]][row - found.first_row] = f"{says}. {_OPEN_IN_EXCEL}"

    def block(self, start: int, stop: int) -> Block:
        """Read the rows from one place below the headings up to another."""
        read = {name: self._values(name, start, stop) for name in self.found.places}
        amounts = self.plan.amounts(read, stop - start)
        if self.plan.turns_credits:
            amounts = self._turn_credits(read, amounts, start)
        block = Block(
            sheet=self.found.sheet.name,
            first_row=self.found.first_row + start,
            values=self._stated(read, amounts),
            amounts=amounts,
            cells=[shown_cells(column[start:stop]) for column in self.found.columns],
        )
        for name, values in read.items():
            for place, says in values.faults.items():
                block.problems.setdefault(place, []).append(problem_at(self.found, name, block.first_row + place, says))
        self.leaver.leave_out(block, read, start)
        return block

    def _values(self, name: str, start: int, stop: int) -> Values:
        cells, merged = spread_merged(self.found, name, start, self.found.cells(name)[start:stop])
        values = self.readers[name].read(cells)
        faulty = {place - start: says for place, says in self.faults[name].items() if start <= place < stop}
        for place, says in (*merged.items(), *faulty.items()):
            values.values[place], values.faults[place] = None, says
        return values

    def _turn_credits(self, read: dict[str, Values], amounts: list[int | None], start: int) -> list[int | None]:
        """Turn the amounts of rows marked as credits below zero."""
        cells = self.found.cells("sign")[start : start + len(amounts)]
        signs = [-1 if is_credit(cell) else 1 for cell in cells]
        for name in read.keys() & set(SIGNED):
            values = zip(read[name].values, signs, strict=True)
            read[name] = replace(read[name], values=[None if one is None else one * sign for one, sign in values])
        return [None if one is None else one * sign for one, sign in zip(amounts, signs, strict=True)]

    def _stated(self, read: dict[str, Values], amounts: list[int | None]) -> dict[str, list[object]]:
        """Give what is stated by field: an address in one piece, the amount by the basis that was chosen."""
        stated: dict[str, list[object]] = {
            field.name: read[field.name].values
            for field in FIELDS[self.found.kind]
            if field.name in read and field.name not in _WORKED_IN
        }
        parts = [read[name].values for name in ADDRESS if name in read]
        if len(parts) > 1 or (parts and "address" not in read):
            stated["address"] = [", ".join(filter(None, some)) or None for some in zip(*parts, strict=True)]
        if self.found.kind is BatchKind.FINANCE:
            stated["amount"] = list(amounts)
        return stated
