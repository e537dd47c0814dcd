"""Approvals: what was asked for, every step taken with it, and the limits that decided who may approve."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fundtracker.domain.approvals import ApprovalKind, StepKind, Subject
from fundtracker.domain.money import Pence
from fundtracker.store.awards import Award
from fundtracker.store.base import Base, BigId, Name, RowId, words
from fundtracker.store.funds import Fund
from fundtracker.store.signed import Made

SETTLES = text("kind <> 'commented'")


class ApprovalLimits(Made, Base):
    """Up to how many pence each post approves, from a day on."""

    __tablename__ = "approval_limits"

    id: Mapped[RowId]
    from_on: Mapped[date]
    manager: Mapped[Pence]
    chief_executive: Mapped[Pence]
    deputy: Mapped[Pence]
    chief_finance: Mapped[Pence]
    write_off: Mapped[Pence]


class ApprovalRequest(Made, Base):
    """A movement of money as one person asked for it; nothing of it is in the books until another approves it."""

    __tablename__ = "approval_request"

    id: Mapped[RowId]
    kind: Mapped[ApprovalKind] = mapped_column(words(ApprovalKind))
    verb: Mapped[str] = mapped_column(String(40))
    title: Mapped[Name]
    amount: Mapped[Pence]
    figure: Mapped[Pence]
    fund_id: Mapped[int] = mapped_column(ForeignKey("fund.id"), index=True)
    award_id: Mapped[int | None] = mapped_column(ForeignKey("award.id"), index=True)
    application_id: Mapped[int | None] = mapped_column(ForeignKey("application.id"), index=True)
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("approval_request.id"), unique=True)
    reason: Mapped[str]
    details: Mapped[str]
    told: Mapped[str]
    address: Mapped[str]
    answers: Mapped[str]

    fund: Mapped[Fund] = relationship()
    award: Mapped[Award | None] = relationship()
    steps: Mapped[list["ApprovalStep"]] = relationship(back_populates="request", order_by="ApprovalStep.id")

    @property
    def settled(self) -> "ApprovalStep | None":
        """Give the step that settled it, if one has."""
        return next((step for step in self.steps if step.kind is not StepKind.COMMENTED), None)


class ApprovalStep(Made, Base):
    """What somebody said of a request or did with it; an approval keeps what was decided on and what it posted."""

    __tablename__ = "approval_step"
    __table_args__ = (
        Index("uq_approval_step_settled", "request_id", unique=True, sqlite_where=SETTLES, postgresql_where=SETTLES),
    )

    id: Mapped[RowId]
    request_id: Mapped[int] = mapped_column(ForeignKey("approval_request.id"), index=True)
    kind: Mapped[StepKind] = mapped_column(words(StepKind))
    subject: Mapped[Subject] = mapped_column(words(Subject), default=Subject.PLAIN)
    words: Mapped[str]
    interests: Mapped[str] = mapped_column(default="")
    post: Mapped[str] = mapped_column(String(40), default="")
    acting_for: Mapped[str] = mapped_column(default="")
    rule: Mapped[str] = mapped_column(default="")
    limits_id: Mapped[int | None] = mapped_column(ForeignKey("approval_limits.id"))
    figure: Mapped[Pence | None]
    balance: Mapped[Pence | None]
    award_id: Mapped[int | None] = mapped_column(ForeignKey("award.id"), index=True)
    first_entry: Mapped[int | None] = mapped_column(BigId, index=True)
    last_entry: Mapped[int | None] = mapped_column(BigId)

    request: Mapped[ApprovalRequest] = relationship(back_populates="steps")
    award: Mapped[Award | None] = relationship()
