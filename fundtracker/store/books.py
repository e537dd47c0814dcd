"""The book and its entries: append-only, numbered without gaps, one signed amount each."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from fundtracker.domain.kinds import Kind
from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import Doubt
from fundtracker.store.base import Base, BigId, words

FIRST = text("kind = 'allocation'")


class Book(Base):
    """The one row that every posting takes first."""

    __tablename__ = "book"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    last_entry: Mapped[int] = mapped_column(BigId)
    closed_to: Mapped[date | None]


class Entry(Base):
    """One thing that happened to the money; never changed, never deleted, put right by another entry."""

    __tablename__ = "entry"
    __table_args__ = (
        Index("ix_entry_fund_id_number", "fund_id", "number"),
        Index("ix_entry_budget_line_id_on_date", "budget_line_id", "on_date"),
        Index("ix_entry_award_line_id_on_date", "award_line_id", "on_date"),
        # What was first allocated stays one look-up, however long the book.
        Index("ix_entry_allocation", "fund_id", "amount", sqlite_where=FIRST, postgresql_where=FIRST),
    )

    number: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    kind: Mapped[Kind] = mapped_column(words(Kind))
    amount: Mapped[Pence]
    on_date: Mapped[date]
    original_date: Mapped[date | None]
    fund_id: Mapped[int] = mapped_column(ForeignKey("fund.id"))
    budget_line_id: Mapped[int] = mapped_column(ForeignKey("budget_line.id"))
    award_line_id: Mapped[int | None] = mapped_column(ForeignKey("award_line.id"))
    payment_id: Mapped[int | None] = mapped_column(ForeignKey("payment.id"), index=True)
    posting: Mapped[int] = mapped_column(BigId)
    reverses: Mapped[int | None] = mapped_column(ForeignKey("entry.number"), unique=True)
    replaces: Mapped[int | None] = mapped_column(ForeignKey("entry.number"), unique=True)
    decision_reference: Mapped[str] = mapped_column(default="")
    reference: Mapped[str] = mapped_column(default="")
    narrative: Mapped[str] = mapped_column(default="")
    date_doubt: Mapped[Doubt] = mapped_column(words(Doubt), default=Doubt.NONE)
    amount_doubt: Mapped[Doubt] = mapped_column(words(Doubt), default=Doubt.NONE)
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("batch.id"))
    posted_at: Mapped[datetime]
    posted_by: Mapped[str]
    posted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    fund_remaining_after: Mapped[Pence]
