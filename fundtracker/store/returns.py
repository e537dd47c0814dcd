"""Monitoring returns: what a recipient is to tell the office of its award, when, and what came of it."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fundtracker.domain.terms import ReturnStatus
from fundtracker.store.awards import Award
from fundtracker.store.base import Base, Name, RowId, words
from fundtracker.store.signed import Made, Settled, Undone


class MonitoringReturn(Made, Settled, Undone, Base):
    """One return that an award asks for; `accepted_first` holds what is due from its day on until it is accepted."""

    __tablename__ = "monitoring_return"

    id: Mapped[RowId]
    award_id: Mapped[int] = mapped_column(ForeignKey("award.id"), index=True)
    about: Mapped[Name]
    due_on: Mapped[date] = mapped_column(index=True)
    accepted_first: Mapped[bool] = mapped_column(default=False)
    status: Mapped[ReturnStatus] = mapped_column(words(ReturnStatus), default=ReturnStatus.SCHEDULED)
    received_on: Mapped[date | None]

    award: Mapped[Award] = relationship()
