"""Payment runs: what is sent to be paid together, drawn up by one person and authorised by another."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import RunStatus
from fundtracker.store.awards import AwardLine
from fundtracker.store.base import Base, Reference, RowId, words
from fundtracker.store.schedules import Instalment
from fundtracker.store.signed import Made


class PaymentRun(Made, Base):
    """Payments that go to the finance system together; nothing is in the books until it is sent."""

    __tablename__ = "payment_run"

    id: Mapped[RowId]
    reference: Mapped[Reference]
    pay_on: Mapped[date]
    status: Mapped[RunStatus] = mapped_column(words(RunStatus), default=RunStatus.DRAWN_UP)
    authorised_at: Mapped[datetime | None]
    authorised_by: Mapped[str] = mapped_column(default="")
    authorised_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    sent_at: Mapped[datetime | None]
    sent_by: Mapped[str] = mapped_column(default="")
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    stopped_at: Mapped[datetime | None]
    stopped_by: Mapped[str] = mapped_column(default="")
    stopped_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    stopped_why: Mapped[str] = mapped_column(default="")

    lines: Mapped[list["RunLine"]] = relationship(back_populates="run", order_by="RunLine.position")


class RunLine(Base):
    """One payment of a run: an award line, the instalment it pays, and its pence."""

    __tablename__ = "run_line"

    id: Mapped[RowId]
    run_id: Mapped[int] = mapped_column(ForeignKey("payment_run.id"), index=True)
    position: Mapped[int]
    award_line_id: Mapped[int] = mapped_column(ForeignKey("award_line.id"), index=True)
    instalment_id: Mapped[int | None] = mapped_column(ForeignKey("instalment.id"), index=True)
    amount: Mapped[Pence]
    invoice_number: Mapped[str] = mapped_column(default="")

    run: Mapped[PaymentRun] = relationship(back_populates="lines")
    award_line: Mapped[AwardLine] = relationship()
    instalment: Mapped[Instalment | None] = relationship()
