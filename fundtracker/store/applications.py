"""Applications: requests for money, in."""

from datetime import date

from sqlalchemy import Column, ForeignKey, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import ApplicationStatus
from fundtracker.store.base import Base, Reference, RowId, words
from fundtracker.store.funds import Fund, FundOutcome
from fundtracker.store.organisations import Organisation

application_outcome = Table(
    "application_outcome",
    Base.metadata,
    Column("application_id", ForeignKey("application.id"), primary_key=True),
    Column("fund_outcome_id", ForeignKey("fund_outcome.id"), primary_key=True),
)


class Application(Base):
    """A request from an organisation to one fund; the amount asked for is kept for ever, in pence."""

    __tablename__ = "application"

    id: Mapped[RowId]
    reference: Mapped[Reference]
    identifier: Mapped[str] = mapped_column(String(400), default="", index=True)
    fund_id: Mapped[int] = mapped_column(ForeignKey("fund.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    benefits: Mapped[str] = mapped_column(default="")
    purpose: Mapped[str] = mapped_column(default="")
    asked_for: Mapped[Pence | None]
    received_on: Mapped[date]
    status: Mapped[ApplicationStatus] = mapped_column(words(ApplicationStatus), default=ApplicationStatus.RECEIVED)
    decided_on: Mapped[date | None]
    decided_by: Mapped[str] = mapped_column(default="")
    decision_reference: Mapped[str] = mapped_column(default="")
    reasons: Mapped[str] = mapped_column(default="")
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("batch.id"))

    fund: Mapped[Fund] = relationship()
    organisation: Mapped[Organisation] = relationship()
    outcomes: Mapped[list[FundOutcome]] = relationship(secondary=application_outcome, order_by=FundOutcome.position)
