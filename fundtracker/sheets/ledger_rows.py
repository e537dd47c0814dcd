"""The ledger's columns, and how an entry fills them."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Engine, Row

from fundtracker.domain.kinds import Kind, Measure
from fundtracker.domain.statuses import Doubt
from fundtracker.domain.years import period_of, quarter_of, year_label, year_of
from fundtracker.services.ledger import Ledger, read_entries
from fundtracker.sheets.skeleton import Column
from fundtracker.sheets.writing import Plan, Type, letter_of, write_row

MEASURE_TITLES = {
    Measure.ALLOCATED: "Allocation (£)",
    Measure.OVER_ALLOWED: "Over-allocation allowed (£)",
    Measure.AWARDED: "Awarded (£)",
    Measure.PAID: "Paid (£)",
    Measure.RECOVERED: "Recovered (£)",
    Measure.RECEIVED: "Received (£)",
    Measure.RETURNED: "Returned to funder (£)",
}
RUNNING = "Running remaining to award (£)"
COLUMNS = (
    Column("Entry no", Type.WHOLE),
    Column("Posted at", Type.MOMENT),
    Column("Effective date", Type.DATE),
    Column("Original date", Type.DATE),
    Column("FY", width=9),
    Column("Period", Type.WHOLE),
    Column("Quarter", Type.WHOLE),
    Column("Fund ref", width=11),
    Column("Fund", width=28),
    Column("Line year", width=10),
    Column("Lot", width=12),
    Column("Award ref", width=14),
    Column("Recipient", width=30),
    Column("Entry type", width=15),
    Column("Description", width=36),
    Column("Capital/Revenue", width=12),
    *(Column(title, Type.MONEY) for title in MEASURE_TITLES.values()),
    Column(RUNNING, Type.MONEY),
    Column("Invoice no", width=14),
    Column("BACS ref / voucher", width=14),
    Column("Decision ref", width=16),
    Column("Reverses", Type.WHOLE),
    Column("Entered by", width=20),
)

_LETTERS = {column.title: letter_of(place) for place, column in enumerate(COLUMNS, start=1)}
_SLOTS = {kind: list(MEASURE_TITLES).index(kind.measure) for kind in Kind}
_CHANGES = {Measure.ALLOCATED: 1, Measure.AWARDED: -1}
_SIGNS = {kind: _CHANGES.get(kind.measure, 0) for kind in Kind}  # what an entry does to remaining


class Totals:
    """What the rows written so far add up to for one fund, in pence."""

    def __init__(self) -> None:
        self.entries = 0
        self.remaining = 0
        self.measures = [0] * len(MEASURE_TITLES)

    def add(self, kind: Kind, amount: int) -> int:
        """Count one entry, and give the fund's running remaining after it."""
        self.entries += 1
        self.measures[_SLOTS[kind]] += amount
        self.remaining += _SIGNS[kind] * amount
        return self.remaining


def cells_of(title: str, last_row: int) -> str:
    """Name the ledger's cells under a title, for a formula on another sheet."""
    letter = _LETTERS[title]
    return f"Ledger!${letter}$2:${letter}${max(last_row, 2)}"


def last_row(ledger: Ledger) -> int:
    """Give the number of the ledger's last row."""
    return 1 + ledger.entries


def ledger_rows(engine: Engine, ledger: Ledger, plan: Plan, totals: dict[int, Totals]) -> Iterator[str]:
    """Write the ledger's rows as they are read, adding each to the totals of its fund."""
    for number, entry in enumerate(read_entries(engine, ledger), start=2):
        fund = totals.setdefault(entry.fund_id, Totals())
        yield write_row(number, plan, values_of(ledger, entry, fund.add(entry.kind, entry.amount)))


def values_of(ledger: Ledger, entry: Row[Any], running: int) -> tuple[Any, ...]:
    """Give an entry's values in the order of the columns."""
    line = ledger.lines[entry.budget_line_id]
    amounts: list[int | None] = [None] * len(MEASURE_TITLES)
    amounts[_SLOTS[entry.kind]] = entry.amount
    # A payment's voucher and invoice have columns of their own; other money's reference is the bank's.
    voucher = entry.voucher if entry.payment_id is not None else entry.reference
    return (
        entry.number, entry.posted_at, entry.on_date, entry.original_date, *_calendar(entry.on_date),
        line.fund, line.fund_name, year_label(line.year), line.lot, entry.award,
        ledger.merged.get(entry.organisation_id, entry.recipient), entry.kind.value, _description(entry),
        line.spend_type, *amounts, running, entry.invoice_number, voucher, entry.decision_reference, entry.reverses,
        entry.posted_by,
    )  # fmt: skip


@lru_cache(maxsize=1024)
def _calendar(day: date) -> tuple[str, int, int]:
    return year_label(year_of(day)), period_of(day), quarter_of(day)


def _description(entry: Row[Any]) -> str:
    """Give the narrative, with the words that mark what a workbook left unsaid."""
    if entry.date_doubt is Doubt.NONE and entry.amount_doubt is Doubt.NONE:
        return str(entry.narrative)
    doubts = [
        f"{what} {doubt.value}"
        for what, doubt in (("date", entry.date_doubt), ("amount", entry.amount_doubt))
        if doubt is not Doubt.NONE
    ]
    return f"{entry.narrative} [{'; '.join(doubts)}]".strip()
