"""Going down the rows of a table: what is a record, and what is blank, a total, a note or another table."""

from collections.abc import Sequence
from dataclasses import dataclass

from fundtracker.domain.dates_in_files import day_in_file
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.statuses import BatchKind
from fundtracker.domain.text import match_key
from fundtracker.services.bringing.fields import Holds, field_named
from fundtracker.sheets.reading import Cell
from fundtracker.sheets.sorts import (
    BLANK,
    HEADINGS,
    NOTE,
    TOTAL,
    UNITS,
    UNUSED,
    is_carried,
    is_empty,
    is_footnote,
    is_total_label,
    numbers_columns,
    repeats_headings,
    says_units,
)  # fmt: skip
from fundtracker.sheets.tables import any_of
from fundtracker.sheets.tabular.found import Found
from fundtracker.sheets.tabular.matching import likely_fields

SECOND = "it belongs to another table, below the first"
ALONE = "an amount stands in it, and nothing else"

# What a total may be said to be of, without being anybody's name: `Total spend over £500 for April 2024`.
_OF_TOTALS = any_of(
    "total totals subtotal subtotals sub grand overall running sum sheet column page report for of the to at in on by "
    "and from paid awarded amount amounts value values spend spending spent expenditure payment payments grant grants "
    "award awards cost costs invoice invoices allocated allocation funding fund funds budget year month quarter ytd "
    "date period net gross vat inc exc incl excl gbp pounds over this all per number transactions lines records rows "
    "applications requested groups group organisations organisation charities recipients suppliers payees entries "
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec q1 q2 q3 q4 p1 p2 p3 p4 p5 p6 p7 p8 p9 p10 p11 p12 p13"
)
_TELLS_APART = any_of("organisation payee award_reference identifier reference invoice_number voucher charity_number")
_BALANCE = "balance"  # a total where nothing else is said of it
_LEAST = 2  # cells that name fields make another row of headings


@dataclass
class RowSorter:
    """
    Goes down a table, knowing what it comes to so far, so that a total without a word is known by its figure.

    Only rows that look unlike records need be shown to it; the figures of all are added with `add`.
    """

    found: Found
    since_total: int = 0
    since_top: int = 0
    added: int = 0
    second_table: int = 0
    title: str = ""
    _before: str = ""
    _blank_seen: bool = False
    _units: int = 0

    def add(self, amounts: Sequence[int | None]) -> None:
        """Add up the amounts of records, in pence."""
        if amounts:
            known = [amount for amount in amounts if amount is not None]
            amount = sum(known)
            self.since_total, self.since_top = self.since_total + amount, self.since_top + amount
            self.added += len(known)
            self._before = self.title = ""

    def why_left_out(self, number: int, cells: Sequence[Cell], amount: int | None) -> str:
        """Say why a row is no record, or nothing where it is one."""
        filled = [cell for cell in cells if not is_empty(cell)]
        why = self._why(number, cells, filled, amount) if filled or self._faulty(number) else BLANK
        if why == SECOND and not self.second_table:
            self.second_table = number
        if why == TOTAL:
            self.since_total = 0
        elif why in ("", UNUSED, ALONE):
            self.add([amount])
        if why not in (BLANK, HEADINGS):
            self.title = str(filled[0]) if why == NOTE else ""
        self._before, self._blank_seen = why, self._blank_seen or why == BLANK
        return why

    def _why(self, number: int, cells: Sequence[Cell], filled: Sequence[Cell], amount: int | None) -> str:
        if self.second_table or not self._uses(number, cells, amount):
            return SECOND if self.second_table else UNUSED
        at_top = number == self.found.first_row + self._units
        if at_top and (says_units(filled) or numbers_columns(filled)):
            self._units += 1
            return UNITS
        titles = {column: words[0] for column, words in self.found.headings.titles.items()}
        if repeats_headings(cells, titles) or self._heads_the_same(cells, filled):
            return HEADINGS
        if self._is_total(cells, amount):
            return TOTAL
        if self._before in (BLANK, NOTE, TOTAL) and amount is None and self._heads_another(cells, filled):
            return SECOND
        return "" if self._faulty(number) else self._odd(cells, filled, amount)

    def _odd(self, cells: Sequence[Cell], filled: Sequence[Cell], amount: int | None) -> str:
        if len(filled) == 1 and isinstance(filled[0], str) and amount is None:
            if self.found.kind is not BatchKind.ORGANISATIONS:
                return NOTE
            return NOTE if self._blank_seen and is_footnote(filled[0]) else ""
        return (
            ALONE if len(filled) == 1 and amount is not None and self.found.kind is not BatchKind.ORGANISATIONS else ""
        )

    def _uses(self, number: int, cells: Sequence[Cell], amount: int | None) -> bool:
        """Say whether anything stands in a column that is used, but for the £0.00 of a formula copied further down."""
        used = [name for name, column in self.found.places.items() if not is_empty(cells[column - 1])]
        only_nought = amount == 0 and all(field_named(name).holds is Holds.AMOUNT for name in used)
        return self._faulty(number) or (bool(used) and not only_nought)

    def _faulty(self, number: int) -> bool:
        return any((number, column) in self.found.sheet.faults for column in self.found.places.values())

    def _is_total(self, cells: Sequence[Cell], amount: int | None) -> bool:
        said = [cell for cell in cells if isinstance(cell, str) and cell]
        carried = {match_key(cell) for cell in said if is_carried(cell)}
        texts = [match_key(cell) for cell in said]
        labels = carried | {text for text in texts if is_total_label(text) or text == _BALANCE}
        plain = bool(carried) or any(
            _OF_TOTALS.issuperset(_words(label)) or _ends(label) for label in labels - {_BALANCE}
        )
        adds_up = amount is not None and self.added > 1 and amount in (self.since_total, self.since_top)
        dated = any(_is_day(cells[self.found.places[name] - 1]) for name in self._days)
        if self._states(_TELLS_APART, cells, labels) or (dated and not plain):
            return False
        if carried:
            return True
        if dated:
            return adds_up
        if labels:
            return plain or adds_up or _BALANCE in labels
        days = {match_key(str(cells[self.found.places[name] - 1])) for name in self._days}
        return adds_up and not any(any(c.isalpha() for c in text) for text in texts if text not in days)

    @property
    def _days(self) -> frozenset[str]:
        return frozenset(name for name in self.found.places if field_named(name).holds is Holds.DAY)

    def _states(self, names: frozenset[str], cells: Sequence[Cell], labels: set[str]) -> bool:
        """Say whether one of some fields states anything but the label of a total."""
        there = (cells[self.found.places[name] - 1] for name in names & self.found.places.keys())
        return any(not is_empty(cell) and match_key(str(cell)) not in labels for cell in there)

    def _heads_the_same(self, cells: Sequence[Cell], filled: Sequence[Cell]) -> bool:
        """Say whether a row names the same fields in the same columns, though perhaps in other words."""
        named = self._named(cells, filled)
        told = {(column, told.field) for column, told in self.found.told.items()}
        return len(named) >= _LEAST and len(named & told) == len({column for column, _ in named})

    def _heads_another(self, cells: Sequence[Cell], filled: Sequence[Cell]) -> bool:
        return len({column for column, _ in self._named(cells, filled)}) >= _LEAST

    def _named(self, cells: Sequence[Cell], filled: Sequence[Cell]) -> set[tuple[int, str]]:
        if not all(isinstance(cell, str) for cell in filled):
            return set()
        titles = {column: (str(cell),) for column, cell in enumerate(cells, start=1) if not is_empty(cell)}
        told = {(one.column, one.field) for one in likely_fields(self.found.kind, titles) if one.tier == 0}
        return told if 2 * len({column for column, _ in told}) >= len(filled) else set()


def _is_day(cell: Cell) -> bool:
    try:
        return day_in_file(cell) is not None
    except Refusal:
        return False


def _words(label: str) -> set[str]:
    return {word for word in label.split() if not word.isdecimal()}


def _ends(label: str) -> bool:
    """Say whether a label ends with the word: `Safer Roads total`, as a pivot table writes it."""
    return label.endswith((" total", " totals", " subtotal"))
