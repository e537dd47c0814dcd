"""The summary's figures as cells: money with the rows that make it, last year's beside it, counts and shares."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from fundtracker.domain.asks import Figure, ask
from fundtracker.domain.balances import Balance
from fundtracker.domain.papers import Cell, CellType, Column
from fundtracker.domain.percentages import tenths_of
from fundtracker.domain.years import today
from fundtracker.services.counts import Counts
from fundtracker.services.years_beside import LastYear, YearsBeside

Cells = dict[str, Cell]
EXAMPLE, NEW = "(example)", "New"
MONEY = (
    Column("original", "Original", CellType.MONEY),
    Column("allocated", "Allocated", CellType.MONEY),
    Column("awarded", "Awarded", CellType.MONEY),
    Column("remaining", "Left to award", CellType.MONEY),
    Column("net_paid", "Net paid", CellType.MONEY),
    Column("to_pay", "To pay", CellType.MONEY),
    Column("to_recover", "To recover", CellType.MONEY),
)
USED = Column("used", "Used %", CellType.SHARE)
LAST = (
    Column("awarded_this_day_last_year", "Awarded by this day last year", CellType.MONEY),
    Column("awarded_last_year_in_full", "Last year in full", CellType.MONEY),
)
COUNTED = (
    Column("awards", "Awards", CellType.NUMBER),
    Column("organisations", "Organisations", CellType.NUMBER),
    Column("without_value", "Without a value", CellType.NUMBER),
)
_ASKED = {
    "original": Figure.ORIGINAL,
    "allocated": Figure.ALLOCATED,
    "awarded": Figure.AWARDED,
    "remaining": Figure.REMAINING,
    "net_paid": Figure.NET_PAID,
    "to_pay": Figure.TO_PAY,
    "to_recover": Figure.TO_RECOVER,
}


@dataclass(frozen=True)
class Rows:
    """Which rows figures are of: the names of an ask, None where no ask names them."""

    what: dict[str, Any] | None

    def behind(self, figure: Figure, value: int) -> str:
        """Ask for the rows of a figure; nothing is asked of nothing."""
        return ask(figure, **self.what) if self.what is not None and value else ""


UNASKED = Rows(None), Rows(None)


@dataclass(frozen=True)
class Asking:
    """How the figures of a summary ask for their rows: of which lines, and as at which day where it is not today."""

    beside: YearsBeside

    def now(self, **what: Any) -> Rows:
        """Ask of the year in hand."""
        return Rows({"year": self.beside.year, "as_at": self._day} | what)

    def books(self, **what: Any) -> Rows:
        """Ask of all the books."""
        return Rows({"as_at": self._day} | what)

    def last(self, **what: Any) -> tuple[Rows, Rows]:
        """Ask of last year, on the same day and in full."""
        year, days = self.beside.year, (self.beside.this_day, self.beside.in_full)
        this_day, in_full = (
            Rows(None if when is None or year is None else {"year": year - 1, "as_at": when.day} | what)
            for when in days
        )
        return this_day, in_full

    @property
    def last_columns(self) -> tuple[Column, ...]:
        """Give last year's columns where there is one; where all of it is an example, their titles say so."""
        mark = f" {EXAMPLE}" if self.beside.all_example else ""
        return tuple(replace(column, title=f"{column.title}{mark}") for column in LAST) if self.beside.last else ()

    def last_cells(self, last: LastYear | None, rows: tuple[Rows, Rows] = UNASKED) -> Cells:
        """Give what was awarded last year by this day and in full, marked where it is an example; New for None."""
        if last is None:
            return {column.key: Cell(None, NEW) for column in LAST}
        said = EXAMPLE if last.example and not self.beside.all_example else ""
        amounts = last.this_day.awarded, last.in_full.awarded
        return {
            column.key: Cell(amount, said if amount else "", asked.behind(Figure.AWARDED, amount))
            for column, amount, asked in zip(LAST, amounts, rows, strict=True)
        }

    @property
    def _day(self) -> date | None:
        day = self.beside.books.when.day
        return day if day < today() else None


def money_cells(balance: Balance, rows: Rows) -> Cells:
    """Give the figures of a balance, each with its rows, and what part of it is awarded."""
    amounts = {key: getattr(balance, key) for key in _ASKED}
    cells = {key: Cell(amount, behind=rows.behind(_ASKED[key], amount)) for key, amount in amounts.items()}
    share = tenths_of(balance.awarded, balance.allocated)
    return cells | {"used": Cell(share, "" if share is not None else "n/a")}


def count_cells(counts: Counts, rows: Rows) -> Cells:
    """Give how many awards, organisations and lines without a value."""
    asked = {"awards": Figure.AWARDS, "organisations": Figure.ORGANISATIONS}
    cells = {key: (getattr(counts, key), asked.get(key)) for key in ("awards", "organisations", "without_value")}
    return {
        key: Cell(number, behind=rows.behind(figure, number) if figure else "")
        for key, (number, figure) in cells.items()
    }
