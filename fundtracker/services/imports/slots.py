"""The funds that a workbook speaks of, whether in the books or in the workbook, with their budget lines."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from fundtracker.domain.money import pounds
from fundtracker.domain.statuses import Doubt, Fate, FundStatus, SpendType
from fundtracker.domain.text import match_key
from fundtracker.domain.years import FinancialYear, year_label, year_of
from fundtracker.services.imports.known import Known
from fundtracker.services.imports.outcome import At, Outcome, row_of
from fundtracker.services.imports.understood import FundStated, LineWords
from fundtracker.store.funds import BudgetLine, Fund

LineKey = tuple[int, str, SpendType]


@dataclass
class LineSlot:
    """One budget line: in the books already, or to be opened; with what a row would allocate to it, in pence."""

    key: LineKey
    line: BudgetLine | None = None
    at: At | None = None
    stated: FundStated | None = None
    adds: int = 0
    adds_on: date | None = None
    allocated_on: date | None = None
    date_doubt: Doubt = Doubt.NONE

    @property
    def available(self) -> int:
        """Give what may be awarded from the line once its rows are in, in pence."""
        there = self.line.allocated + self.line.over_allowed - self.line.awarded if self.line else 0
        return there + self.adds


@dataclass
class FundSlot:
    """One fund, in the books already or to be opened."""

    name: str
    fund: Fund | None = None
    lines: dict[LineKey, LineSlot] = field(default_factory=dict)
    stated: list[FundStated] = field(default_factory=list)
    outcomes: list[str] = field(default_factory=list)
    yearless: bool = False

    @property
    def only_year(self) -> FinancialYear | None:
        """Give the year that every budget line of a fund in the books is of; None where they differ."""
        years = {line.year for line in self.fund.lines} if self.fund else set()
        return FinancialYear(years.pop()) if len(years) == 1 else None

    @property
    def status(self) -> FundStatus:
        """Give the state that every row of the fund says; open where they differ."""
        said = {stated.status for stated in self.stated}
        return said.pop() if len(said) == 1 else FundStatus.OPEN

    def pick(self, words: LineWords, day: date | None) -> list[LineSlot]:
        """Give the budget lines that a row may mean; the year of its date decides where it does not say."""
        lines = [
            slot
            for (year, lot, spend_type), slot in self.lines.items()
            if words.year in (None, year)
            and match_key(words.lot) in ("", match_key(lot))
            and words.spend_type in (None, spend_type)
        ]
        if len(lines) > 1 and words.year is None and day is not None:
            return [slot for slot in lines if slot.key[0] == year_of(day)]
        return lines


@dataclass
class Slots:
    """Every fund by the keys that rows call it by."""

    known: Known
    outcome: Outcome
    by_key: dict[str, FundSlot] = field(default_factory=dict)
    yearless: list[tuple[At, str]] = field(default_factory=list)

    def find(self, words: str) -> FundSlot | None:
        """Find a fund by its name or reference, in the workbook or in the books."""
        key = match_key(words)
        if key in self.by_key:
            return self.by_key[key]
        found = self.known.funds.get(key, [])
        return self._open(found[0]) if len(found) == 1 else None

    def all(self) -> Iterable[FundSlot]:
        """Give each fund once, in the order in which it was first met."""
        return {id(slot): slot for slot in self.by_key.values()}.values()

    def add(self, at: At, stated: FundStated, year: FinancialYear | None) -> None:
        """Add what a row of the Funds sheet states, and decide what becomes of the row."""
        if not stated.name:
            return
        slot = self._slot(at, stated)
        if slot is None:
            return
        year = year if year is not None else slot.only_year
        if year is None:
            slot.yearless = True
            self.yearless.append((at, stated.name))
            return
        key = (int(year), stated.line.lot, stated.line.spend_type or SpendType.REVENUE)
        line = slot.lines.setdefault(key, LineSlot(key))
        if line.at is not None:
            self.outcome.refuse(
                at, f"{stated.name} is in {row_of(line.at, at)} too, for the same year. Keep one of the two."
            )
            return
        line.at, line.stated = at, stated
        slot.stated.append(stated)
        self._decide(slot, line, at, stated)

    def _slot(self, at: At, stated: FundStated) -> FundSlot | None:
        keys = [match_key(text) for text in (stated.reference, stated.name) if match_key(text)]
        slot = next((self.by_key[key] for key in reversed(keys) if key in self.by_key), None)
        if slot is None:
            found = next((self.known.funds[key] for key in keys if self.known.funds.get(key)), [])
            if len(found) > 1:
                self.outcome.refuse(at, f"The books have {len(found)} funds called {stated.name}. Give its reference.")
                return None
            slot = self._open(found[0]) if found else FundSlot(stated.name)
        for key in keys:
            self.by_key.setdefault(key, slot)
        return slot

    def _open(self, fund: Fund) -> FundSlot:
        slot = FundSlot(fund.name, fund)
        for line in fund.lines:
            key = (line.year, line.lot, line.spend_type)
            slot.lines[key] = LineSlot(key, line, allocated_on=self.known.first_allocated.get(line.id))
        for name in (fund.name, fund.reference):
            self.by_key.setdefault(match_key(name), slot)
        return slot

    def _decide(self, slot: FundSlot, line: LineSlot, at: At, stated: FundStated) -> None:
        original = self.known.originals.get(line.line.id, 0) if line.line else 0
        if line.line is None or (stated.amount and not original):
            line.adds = stated.amount or 0
            self.outcome.fates[at] = Fate.TAKEN
        elif stated.amount is None or stated.amount == original:
            self.outcome.fates[at] = Fate.ALREADY_THERE
        else:
            self.outcome.leave_out(
                at,
                f"{slot.name} {year_label(line.key[0])} is there already with {pounds(original)} allocated, "
                f"and the file says {pounds(stated.amount)}",
            )
