"""When an award is to be paid: its instalments, and the claims that recipients make for their costs."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import ClaimStatus
from fundtracker.store.awards import AwardLine
from fundtracker.store.base import Base, Reference, RowId, words


class Instalment(Base):
    """One payment planned on an award line, in pence; a plan, so what is unpaid of it may be planned anew."""

    __tablename__ = "instalment"

    id: Mapped[RowId]
    award_line_id: Mapped[int] = mapped_column(ForeignKey("award_line.id"), index=True)
    position: Mapped[int]
    due_on: Mapped[date] = mapped_column(index=True)
    amount: Mapped[Pence]
    condition: Mapped[str] = mapped_column(default="")
    condition_met_on: Mapped[date | None]
    held_why: Mapped[str] = mapped_column(default="")
    po_number: Mapped[str] = mapped_column(default="")
    cost_centre: Mapped[str] = mapped_column(default="")
    subjective: Mapped[str] = mapped_column(default="")
    project: Mapped[str] = mapped_column(default="")
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claim.id"), index=True)

    award_line: Mapped[AwardLine] = relationship()
    claim: Mapped["Claim | None"] = relationship()


class Claim(Base):
    """A recipient's claim for costs it has met, which a person certifies in whole or part, or rejects."""

    __tablename__ = "claim"

    id: Mapped[RowId]
    reference: Mapped[Reference]
    award_line_id: Mapped[int] = mapped_column(ForeignKey("award_line.id"), index=True)
    status: Mapped[ClaimStatus] = mapped_column(words(ClaimStatus), default=ClaimStatus.RECEIVED)
    received_on: Mapped[date]
    period_from: Mapped[date | None]
    period_to: Mapped[date | None]
    decided_on: Mapped[date | None]
    decided_by: Mapped[str] = mapped_column(default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    notes: Mapped[str] = mapped_column(default="")

    award_line: Mapped[AwardLine] = relationship()
    items: Mapped[list["ClaimItem"]] = relationship(order_by="ClaimItem.position")


class ClaimItem(Base):
    """One cost of a claim: the pence claimed, and the pence certified once it is decided, with why not all."""

    __tablename__ = "claim_item"

    id: Mapped[RowId]
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), index=True)
    position: Mapped[int]
    description: Mapped[str]
    spent_on: Mapped[date | None]
    claimed: Mapped[Pence]
    certified: Mapped[Pence | None]
    reason: Mapped[str] = mapped_column(default="")
