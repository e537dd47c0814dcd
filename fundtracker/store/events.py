"""Events: what was decided or done and moved no money, with its date, who did it and why; append-only."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from fundtracker.domain.kinds import EventKind
from fundtracker.store.base import Base, RowId, words


class Event(Base):
    """One step that an entry does not tell: a fund closed, an application logged, two organisations merged."""

    __tablename__ = "event"

    id: Mapped[RowId]
    kind: Mapped[EventKind] = mapped_column(words(EventKind))
    on_date: Mapped[date]
    narrative: Mapped[str] = mapped_column(default="")
    decision_reference: Mapped[str] = mapped_column(default="")
    fund_id: Mapped[int | None] = mapped_column(ForeignKey("fund.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    application_id: Mapped[int | None] = mapped_column(ForeignKey("application.id"), index=True)
    award_id: Mapped[int | None] = mapped_column(ForeignKey("award.id"), index=True)
    bid_id: Mapped[int | None] = mapped_column(ForeignKey("bid.id"), index=True)
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("batch.id"))
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
