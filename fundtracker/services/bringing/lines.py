"""The budget lines that awards are charged to: that of each award's financial year, opened as needed."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fundtracker.domain.kinds import ALLOCATED_KINDS
from fundtracker.domain.money import Pence, pounds
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.statuses import SpendType
from fundtracker.domain.years import long_date, year_label, year_of
from fundtracker.store.books import Entry
from fundtracker.store.funds import BudgetLine, Fund


class NoOneLineError(Refusal):
    """An award in a year for which its fund has several budget lines."""


@dataclass(frozen=True)
class Short:
    """What awards of one financial year need beyond what is left, in pence."""

    year: int
    needed: Pence
    left: Pence

    @property
    def short(self) -> Pence:
        """Give what is missing, in pence."""
        return Pence(max(0, self.needed - self.left))

    def words(self) -> str:
        """Say what is missing in this year."""
        left, needed = pounds(max(0, self.left)), pounds(self.needed)
        return f"{year_label(self.year)} has {left} and needs {needed}, {pounds(self.short)} more"


@dataclass(slots=True)
class YearLine:
    """The budget line of one financial year: in the books, or to be opened; and what rows award from it, in pence."""

    year: int
    line: BudgetLine | None
    allocated_on: date | None
    needed: int = 0
    first: date | None = None

    @property
    def left(self) -> Pence:
        """Give what may be awarded from the line as it stands, in pence; below zero where a funder cut too much."""
        line = self.line
        return Pence(line.allocated + line.over_allowed - line.awarded) if line else Pence(0)

    def award(self, amount: int, on: date) -> None:
        """Count an award of so many pence."""
        self.needed += amount
        self.first = min(on, self.first or on)


class YearLines:
    """A fund's budget lines by financial year."""

    def __init__(self, session: Session, fund: Fund) -> None:
        self._fund = fund
        self._first = _first_allocated(session, fund)
        self.met: dict[int, YearLine] = {}

    def find(self, day: date) -> YearLine:
        """Give the line of a day's year; raises NoOneLineError where the fund has several, and none is its main one."""
        year = int(year_of(day))
        if year not in self.met:
            line = self._line(year)
            self.met[year] = YearLine(year, line, self._first.get(line.id) if line else None)
        return self.met[year]

    def _line(self, year: int) -> BudgetLine | None:
        lines = [line for line in self._fund.lines if line.year == year]
        if len(lines) > 1:
            lines = [line for line in lines if not line.lot and line.spend_type is SpendType.REVENUE]
            if not lines:
                raise NoOneLineError(
                    f"{self._fund.name} has several budget lines in {year_label(year)}, and it is not known which is "
                    "meant. Record these awards by hand"
                )
        return lines[0] if lines else None

    def shorts(self) -> list[Short]:
        """Give the years in which more is needed than is left."""
        found = [Short(one.year, Pence(one.needed), one.left) for one in self.met.values() if one.needed]
        return sorted((short for short in found if short.short), key=lambda short: short.year)

    def says_short(self) -> str:
        """Say how much more the awards need than is left, in all and year by year, or nothing where it is enough."""
        shorts = self.shorts()
        if not shorts:
            return ""
        needed, missing, left = (
            sum(one) for one in zip(*((s.needed, s.short, max(0, s.left)) for s in shorts), strict=True)
        )
        years = "; ".join(one.words() for one in shorts)
        return (
            f"{self._fund.name} has {pounds(left)} left to award, and these rows award {pounds(needed)}: "
            f"{pounds(missing)} more. {years}. Add to the allocation first, or bring the rows in with allocation."
        )

    def says_early(self, with_allocation: bool) -> str:
        """Say which years award before they were allocated, or nothing."""
        short = {one.year for one in self.shorts()} if with_allocation else set()
        for one in self.met.values():
            if one.allocated_on and one.first and one.first < one.allocated_on and one.year not in short:
                return (
                    f"{self._fund.name} {year_label(one.year)} was allocated on {long_date(one.allocated_on)}, and the "
                    f"first of these rows was awarded on {long_date(one.first)}. An award cannot be dated earlier than "
                    "its allocation. Correct one of the two dates."
                )
        return ""


def _first_allocated(session: Session, fund: Fund) -> dict[int, date]:
    first = select(Entry.budget_line_id, func.min(Entry.on_date)).where(
        Entry.kind.in_(ALLOCATED_KINDS), Entry.fund_id == fund.id
    )
    return {row[0]: row[1] for row in session.execute(first.group_by(Entry.budget_line_id))}
