"""What the author of a paragraph is told of its rows: undated, illustrative, without a value, or not matched."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session, aliased

from fundtracker.domain.kinds import Kind
from fundtracker.domain.statuses import Doubt
from fundtracker.domain.years import FinancialYear, first_day, last_day
from fundtracker.services.figures import AsAt, Rows, counted
from fundtracker.services.papers.phrases import some
from fundtracker.store.books import Entry
from fundtracker.store.funds import BudgetLine
from fundtracker.store.imports import Batch
from fundtracker.store.reconciling import Explained, FinanceLine, MatchingEntry

_CASH = (Kind.PAYMENT, Kind.REFUND)


@dataclass(frozen=True)
class Doubtful:
    """How many of a fund's entries of the year state no date, or an example of one, or of an amount; and unmatched."""

    undated: int = 0
    dated_as_example: int = 0
    illustrative: int = 0
    unmatched: int = 0

    def sentences(self) -> Iterator[str]:
        """Say each of them to the author."""
        if self.undated:
            yield f"{some(self.undated, 'entry', 'entries')} of this fund had no date and took the workbook’s."
        if self.dated_as_example:
            yield f"{some(self.dated_as_example, 'entry', 'entries')} of this fund: the date is an example."
        if self.illustrative:
            yield f"{some(self.illustrative, 'entry', 'entries')} of this fund: the amount is illustrative."
        if self.unmatched:
            yield (
                f"{some(self.unmatched, 'payment or refund', 'payments and refunds')} of this fund not matched with "
                "the finance system."
            )


def doubtful(session: Session, when: AsAt, year: FinancialYear) -> dict[int, Doubtful]:
    """Count the doubtful entries of each fund on its lines of a year, by a day."""
    counts = (
        _count(Entry.date_doubt == Doubt.NOT_STATED),
        _count(Entry.date_doubt == Doubt.ILLUSTRATIVE),
        _count(Entry.amount_doubt == Doubt.ILLUSTRATIVE),
    )
    rows = _of_year(select(Entry.fund_id, *counts), when, year).group_by(Entry.fund_id)
    unmatched = _unmatched(session, when, year)
    return {
        fund: Doubtful(int(undated), int(example), int(illustrative), unmatched[fund])
        for fund, undated, example, illustrative in session.execute(rows)
    }


def _unmatched(session: Session, when: AsAt, year: FinancialYear) -> Counter[int]:
    """Count payments and refunds that nobody has dealt with, in the months whose finance lines were brought in."""
    months = _months_brought_in(session, year)
    if not months:
        return Counter()
    undoing = aliased(Entry)
    dealt = [select(part.id).where(part.live, part.entry_number == Entry.number).exists()
             for part in (MatchingEntry, Explained)]  # fmt: skip
    undone = select(undoing.number).where(undoing.reverses == Entry.number).exists()
    rows = _of_year(select(Entry.fund_id, Entry.on_date), when, year)
    rows = rows.where(Entry.kind.in_(_CASH), Entry.reverses.is_(None), ~undone, *(~one for one in dealt))
    return Counter(fund for fund, on in session.execute(rows) if (on.year, on.month) in months)


def _months_brought_in(session: Session, year: FinancialYear) -> set[tuple[int, int]]:
    days = select(FinanceLine.on_date).distinct().join(Batch).where(Batch.undone_at.is_(None))
    within: ColumnElement[bool] = FinanceLine.on_date.between(first_day(year), last_day(year))
    found: list[date | None] = list(session.scalars(days.where(within)))
    return {(day.year, day.month) for day in found if day is not None}


def _of_year(rows: Rows, when: AsAt, year: FinancialYear) -> Rows:
    joined = rows.join(BudgetLine, BudgetLine.id == Entry.budget_line_id)
    return joined.where(BudgetLine.year == year, *counted(when))


def _count(what: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((what, 1), else_=0)), 0)
