"""Bids: the office's own requests for money, out. Never part of a balance."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import BidStatus, Doubt
from fundtracker.store.base import Base, Name, Reference, RowId, words
from fundtracker.store.funds import Fund


class Bid(Base):
    """A request to a funder, perhaps against a national pot that is never the office's own money; pence."""

    __tablename__ = "bid"

    id: Mapped[RowId]
    reference: Mapped[Reference]
    title: Mapped[Name]
    funder: Mapped[Name]
    status: Mapped[BidStatus] = mapped_column(words(BidStatus))
    sought: Mapped[Pence | None]
    national_pot: Mapped[Pence | None]
    submitted_on: Mapped[date | None]
    date_doubt: Mapped[Doubt] = mapped_column(words(Doubt), default=Doubt.NONE)
    outcome_expected: Mapped[str] = mapped_column(default="")
    decided_on: Mapped[date | None]
    partners: Mapped[str] = mapped_column(default="")
    notes: Mapped[str] = mapped_column(default="")
    source_note: Mapped[str] = mapped_column(default="")
    fund_id: Mapped[int | None] = mapped_column(ForeignKey("fund.id"))
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("batch.id"))

    fund: Mapped[Fund | None] = relationship()
