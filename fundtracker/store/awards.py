"""Awards, the lines that charge them to budgets, and the payments made on those lines."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fundtracker.domain import balances
from fundtracker.domain.money import ZERO, Pence
from fundtracker.domain.statuses import AwardStatus, AwardType, Basis, Doubt
from fundtracker.store.applications import Application
from fundtracker.store.base import Base, BigId, Reference, RowId, words
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.store.office import Area, Objective
from fundtracker.store.organisations import Organisation


class Award(Base):
    """A decision to give something to one organisation, which may pass it to the group that benefits."""

    __tablename__ = "award"

    id: Mapped[RowId]
    reference: Mapped[Reference]
    identifier: Mapped[str] = mapped_column(String(400), default="", index=True)
    type: Mapped[AwardType] = mapped_column(words(AwardType))
    status: Mapped[AwardStatus] = mapped_column(words(AwardStatus), default=AwardStatus.AWARDED)
    fund_id: Mapped[int | None] = mapped_column(ForeignKey("fund.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    application_id: Mapped[int | None] = mapped_column(ForeignKey("application.id"), index=True)
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("award.id"))
    benefits: Mapped[str] = mapped_column(default="")
    purpose: Mapped[str] = mapped_column(default="")
    reasons: Mapped[str] = mapped_column(default="")
    conditions: Mapped[str] = mapped_column(default="")
    legal_power: Mapped[str] = mapped_column(default="")
    notes: Mapped[str] = mapped_column(default="")
    source_note: Mapped[str] = mapped_column(default="")
    decision_reference: Mapped[str] = mapped_column(default="")
    objective_id: Mapped[int | None] = mapped_column(ForeignKey("objective.id"))
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    awarded_on: Mapped[date]
    withdrawn_on: Mapped[date | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    asked_for: Mapped[Pence | None]
    estimated_value: Mapped[Pence | None]
    date_doubt: Mapped[Doubt] = mapped_column(words(Doubt), default=Doubt.NONE)
    amount_doubt: Mapped[Doubt] = mapped_column(words(Doubt), default=Doubt.NONE)
    last_payment: Mapped[int] = mapped_column(BigId, default=0)
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("batch.id"))

    fund: Mapped[Fund | None] = relationship()
    organisation: Mapped[Organisation] = relationship()
    application: Mapped[Application | None] = relationship()
    follows: Mapped["Award | None"] = relationship(remote_side="Award.id")
    objective: Mapped[Objective | None] = relationship()
    area: Mapped[Area | None] = relationship()
    lines: Mapped[list["AwardLine"]] = relationship(back_populates="award", order_by="AwardLine.id")


class AwardLine(Base):
    """The part of an award charged to one budget line; entries alone move its sums, in pence."""

    __tablename__ = "award_line"

    id: Mapped[RowId]
    award_id: Mapped[int] = mapped_column(ForeignKey("award.id"), index=True)
    budget_line_id: Mapped[int] = mapped_column(ForeignKey("budget_line.id"), index=True)
    basis: Mapped[Basis] = mapped_column(words(Basis), default=Basis.FIRM)
    proposed: Mapped[Pence | None]
    awarded: Mapped[Pence] = mapped_column(default=ZERO)
    paid: Mapped[Pence] = mapped_column(default=ZERO)
    recovered: Mapped[Pence] = mapped_column(default=ZERO)
    last_entry: Mapped[int] = mapped_column(BigId, default=0)

    award: Mapped[Award] = relationship(back_populates="lines")
    budget_line: Mapped[BudgetLine] = relationship()

    @property
    def to_pay(self) -> Pence:
        """Give what is still to be paid on this line, in pence."""
        return balances.to_pay(self.awarded, self.paid, self.recovered)

    @property
    def to_recover(self) -> Pence:
        """Give what the recipient holds beyond this line's award, in pence."""
        return balances.to_recover(self.awarded, self.paid, self.recovered)


class Payment(Base):
    """Money sent to a payee; its amount and date are its entry's, and one of a run is sent until it is confirmed."""

    __tablename__ = "payment"

    id: Mapped[RowId]
    reference: Mapped[Reference]
    award_line_id: Mapped[int] = mapped_column(ForeignKey("award_line.id"), index=True)
    invoice_number: Mapped[str] = mapped_column(default="")
    voucher: Mapped[str] = mapped_column(default="")
    instalment_id: Mapped[int | None] = mapped_column(ForeignKey("instalment.id"), index=True)
    run_line_id: Mapped[int | None] = mapped_column(ForeignKey("run_line.id"), index=True)
    confirmed_on: Mapped[date | None]

    award_line: Mapped[AwardLine] = relationship()
