"""The terms of an award: the conditions it is made on, and the agreement that its recipient is offered."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fundtracker.domain.terms import AgreementStatus, ConditionStatus
from fundtracker.store.awards import Award
from fundtracker.store.base import Base, Name, RowId, words
from fundtracker.store.signed import Made, Settled, Undone


class AwardCondition(Made, Settled, Undone, Base):
    """One thing that a recipient must do or show; `before_payment` holds every payment until it is met or waived."""

    __tablename__ = "award_condition"

    id: Mapped[RowId]
    award_id: Mapped[int] = mapped_column(ForeignKey("award.id"), index=True)
    says: Mapped[Name]
    due_on: Mapped[date | None]
    before_payment: Mapped[bool] = mapped_column(default=False)
    status: Mapped[ConditionStatus] = mapped_column(words(ConditionStatus), default=ConditionStatus.WAITING)

    award: Mapped[Award] = relationship()


class Agreement(Made, Settled, Undone, Base):
    """One offer of an agreement: from when, to be accepted by when, and who signed it."""

    __tablename__ = "agreement"

    id: Mapped[RowId]
    award_id: Mapped[int] = mapped_column(ForeignKey("award.id"), index=True)
    offered_on: Mapped[date]
    accept_by: Mapped[date | None]
    status: Mapped[AgreementStatus] = mapped_column(words(AgreementStatus), default=AgreementStatus.OFFERED)
    signed_by: Mapped[str] = mapped_column(default="")

    award: Mapped[Award] = relationship()
