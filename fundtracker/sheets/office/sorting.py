"""Sorting the rows of a table: what is a row of data, and what is blank, a total, a heading again or a note."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from fundtracker.domain.money import Pence
from fundtracker.domain.money_in_files import amount_in_file
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.text import match_key
from fundtracker.sheets.cells import Row
from fundtracker.sheets.office.kinds import SheetKind
from fundtracker.sheets.reading import Cell
from fundtracker.sheets.sorts import (
    BLANK,
    HEADINGS,
    NOTE,
    TOTAL,
    UNITS,
    UNUSED,
    is_bare_total,
    is_empty,
    is_footnote,
    is_total_label,
    repeats_headings,
    says_units,
)
from fundtracker.sheets.tables import Table


@dataclass
class Sorted:
    """One row with what it is: `left_out` says why it is no data, `amount` is the figure in the amount column."""

    row: Row
    amount: Pence | None = None
    left_out: str = ""


@dataclass
class Sorter:
    """Goes down a table, adding up as it goes, so that a total without a label is known by its figure."""

    table: Table
    kind: SheetKind
    since_total: int = 0
    since_top: int = 0
    blank_seen: bool = field(default=False, init=False)

    def rows(self) -> Iterator[Sorted]:
        """Give every row below the headings, sorted."""
        for number, cells in self.table.rows():
            row = Row(self.table, number, cells)
            left_out = self._why_left_out(row, self._figure(row))
            amount = self._figure(row) if left_out else self._amount(row)
            if left_out == TOTAL:
                self._check_total(row, amount)
            elif not left_out:
                self.since_total += amount or 0
                self.since_top += amount or 0
            self.blank_seen = self.blank_seen or left_out == BLANK
            yield Sorted(row, amount, left_out)

    def _amount(self, row: Row) -> Pence | None:
        return row.amount(self.kind.amount) if self.kind.amount in self.table.columns else None

    def _figure(self, row: Row) -> Pence | None:
        try:
            return amount_in_file(row.raw(self.kind.amount)) if self.kind.amount else None
        except Refusal:
            return None

    def _why_left_out(self, row: Row, figure: Pence | None) -> str:
        filled = [cell for cell in row.cells if not is_empty(cell)]
        if not self._uses(row, figure):
            return UNUSED if filled else BLANK
        if row.number == self.table.header_row + 1 and says_units(filled):
            return UNITS
        if repeats_headings(row.cells, self.table.titles):
            return HEADINGS
        if self._is_total(row, filled, figure):
            return TOTAL
        return NOTE if self._is_note(row, filled) else ""

    def _faulty(self, row: Row) -> bool:
        return any((row.number, column) in self.table.sheet.faults for column in self.table.columns.values())

    def _uses(self, row: Row, figure: Pence | None) -> bool:
        """Say whether anything stands in a column that is used, but for the £0.00 of a formula copied further down."""
        used = [name for name in self.table.columns if not is_empty(row.raw(name))]
        return self._faulty(row) or bool(used and (used != [self.kind.amount] or figure != 0))

    def _is_total(self, row: Row, filled: list[Cell], figure: Pence | None) -> bool:
        texts = [match_key(cell) for cell in filled if isinstance(cell, str)]
        labels = [text for text in texts if is_total_label(text)]
        told_apart = [name for name in self.kind.tells_apart if not is_empty(row.raw(name))]
        if labels:
            others = [name for name in told_apart if match_key(str(row.raw(name))) not in labels]
            return not others and (len(filled) > 1 or is_bare_total(labels[0]))
        alone = figure is not None and not texts and not told_apart
        return alone and figure in (self.since_total, self.since_top)

    def _is_note(self, row: Row, filled: list[Cell]) -> bool:
        if len(filled) != 1 or not isinstance(filled[0], str):
            return False
        if self.kind.amount:
            return True
        return self.blank_seen and is_footnote(filled[0])

    def _check_total(self, row: Row, figure: Pence | None) -> None:
        if figure is None and self._faulty(row):
            row.amount(self.kind.amount)  # says which cell has no stored result
        self.since_total = 0
