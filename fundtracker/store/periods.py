"""Closing the books: the steps that close and reopen a period, what a ledger was said to hold, and accruals."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import AccrualKind, PeriodStep
from fundtracker.store.awards import AwardLine
from fundtracker.store.base import Base, BigId, Reference, RowId, words
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.store.signed import Made, Undone


class PeriodRecord(Made, Base):
    """One step of closing or reopening; the newest that closed or reopened says to when the book is closed."""

    __tablename__ = "period_record"

    id: Mapped[RowId]
    step: Mapped[PeriodStep] = mapped_column(words(PeriodStep))
    from_date: Mapped[date | None]
    to_date: Mapped[date]
    closed_to: Mapped[date | None]
    finance_total: Mapped[Pence | None]
    tracker_total: Mapped[Pence | None]
    explained: Mapped[Pence | None]
    why: Mapped[str] = mapped_column(default="")


class BalanceAssertion(Made, Base):
    """What the general ledger says a fund had spent at a day, and what the books then said, in pence."""

    __tablename__ = "balance_assertion"

    id: Mapped[RowId]
    fund_id: Mapped[int] = mapped_column(ForeignKey("fund.id"), index=True)
    on_date: Mapped[date]
    stated: Mapped[Pence]
    found: Mapped[Pence]
    last_entry: Mapped[int] = mapped_column(BigId)
    source: Mapped[str] = mapped_column(default="")

    fund: Mapped[Fund] = relationship()


class Accrual(Made, Undone, Base):
    """Pence that belong to a period by another date than their cash; never an entry, and counted until it reverses."""

    __tablename__ = "accrual"

    id: Mapped[RowId]
    reference: Mapped[Reference]
    kind: Mapped[AccrualKind] = mapped_column(words(AccrualKind))
    budget_line_id: Mapped[int] = mapped_column(ForeignKey("budget_line.id"), index=True)
    award_line_id: Mapped[int | None] = mapped_column(ForeignKey("award_line.id"), index=True)
    amount: Mapped[Pence]
    period_end: Mapped[date]
    reverses_on: Mapped[date]
    narrative: Mapped[str] = mapped_column(default="")

    budget_line: Mapped[BudgetLine] = relationship()
    award_line: Mapped[AwardLine | None] = relationship()
