"""Funds, the outcomes they ask for, and their budget lines with the sums kept for each."""

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fundtracker.domain.money import ZERO, Pence
from fundtracker.domain.statuses import FundStatus, Source, SpendType
from fundtracker.domain.years import year_label
from fundtracker.store.base import Base, BigId, Name, Reference, RowId, words
from fundtracker.store.office import Objective


class Fund(Base):
    """One identifiable sum with one purpose, one funder and its own rules."""

    __tablename__ = "fund"

    id: Mapped[RowId]
    reference: Mapped[Reference]
    name: Mapped[Name]
    funder: Mapped[Name]
    source: Mapped[Source] = mapped_column(words(Source))
    status: Mapped[FundStatus] = mapped_column(words(FundStatus), default=FundStatus.OPEN)
    programme: Mapped[str] = mapped_column(default="")
    purpose: Mapped[str] = mapped_column(default="")
    eligibility: Mapped[str] = mapped_column(default="")
    notes: Mapped[str] = mapped_column(default="")
    source_note: Mapped[str] = mapped_column(default="")
    objective_id: Mapped[int | None] = mapped_column(ForeignKey("objective.id"))
    opens_on: Mapped[date | None]
    opens_words: Mapped[str] = mapped_column(default="")
    spend_by: Mapped[date | None]
    spend_by_words: Mapped[str] = mapped_column(default="")
    outcome_needed: Mapped[bool] = mapped_column(default=False)
    year_bound: Mapped[bool] = mapped_column(default=False)
    cost_centre: Mapped[str] = mapped_column(default="")
    subjective: Mapped[str] = mapped_column(default="")
    project: Mapped[str] = mapped_column(default="")
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("fund.id"))
    last_award: Mapped[int] = mapped_column(BigId, default=0)
    last_application: Mapped[int] = mapped_column(BigId, default=0)
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("batch.id"))

    objective: Mapped[Objective | None] = relationship()
    follows: Mapped["Fund | None"] = relationship(remote_side="Fund.id")
    lines: Mapped[list["BudgetLine"]] = relationship(back_populates="fund", order_by="BudgetLine.id")
    outcomes: Mapped[list["FundOutcome"]] = relationship(order_by="FundOutcome.position")


class FundOutcome(Base):
    """One result that a fund asks applications to achieve, in the fund's own words."""

    __tablename__ = "fund_outcome"

    id: Mapped[RowId]
    fund_id: Mapped[int] = mapped_column(ForeignKey("fund.id"), index=True)
    position: Mapped[int]
    words: Mapped[str]


class BudgetLine(Base):
    """A fund's money for one financial year, lot and spend type; entries alone move its sums, in pence."""

    __tablename__ = "budget_line"
    __table_args__ = (UniqueConstraint("fund_id", "year", "lot", "spend_type"),)

    id: Mapped[RowId]
    fund_id: Mapped[int] = mapped_column(ForeignKey("fund.id"))
    year: Mapped[int]
    lot: Mapped[Name] = mapped_column(default="")
    spend_type: Mapped[SpendType] = mapped_column(words(SpendType), default=SpendType.REVENUE)
    allocated: Mapped[Pence] = mapped_column(default=ZERO)
    over_allowed: Mapped[Pence] = mapped_column(default=ZERO)
    awarded: Mapped[Pence] = mapped_column(default=ZERO)
    paid: Mapped[Pence] = mapped_column(default=ZERO)
    recovered: Mapped[Pence] = mapped_column(default=ZERO)
    received: Mapped[Pence] = mapped_column(default=ZERO)
    returned: Mapped[Pence] = mapped_column(default=ZERO)
    last_entry: Mapped[int] = mapped_column(BigId, default=0)

    fund: Mapped[Fund] = relationship(back_populates="lines")

    @property
    def remaining(self) -> Pence:
        """Give what is left to award on this line, in pence."""
        return Pence(self.allocated - self.awarded)

    @property
    def label(self) -> str:
        """Name the line where its fund is known: `2020/21 capital, Lot 2`."""
        return line_label(self.year, self.spend_type, self.lot)

    @property
    def long_label(self) -> str:
        """Name the line after its fund."""
        return f"{self.fund.name}, {self.label}"


def line_label(year: int, spend_type: SpendType, lot: str) -> str:
    """Name a budget line by what tells it from the others of its fund."""
    return f"{year_label(year)} {spend_type.value}{f', {lot}' if lot else ''}"
