"""Files brought in: each batch, every source row and what became of it, and the ways their columns were read."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fundtracker.domain.money import ZERO, Pence
from fundtracker.domain.statuses import AmountBasis, BatchKind, Fate
from fundtracker.store.base import Base, Name, RowId, words
from fundtracker.store.signed import Undone


class Batch(Undone, Base):
    """One file that was brought in: its name, its fingerprint, who brought it and what was taken, in pence."""

    __tablename__ = "batch"

    id: Mapped[RowId]
    kind: Mapped[BatchKind] = mapped_column(words(BatchKind), default=BatchKind.OFFICE)
    file_name: Mapped[Name]
    digest: Mapped[str] = mapped_column(String(64))
    fund_id: Mapped[int | None] = mapped_column(ForeignKey("fund.id", use_alter=True))  # a fund names its batch too
    sheet: Mapped[Name] = mapped_column(default="")
    header_row: Mapped[int | None]
    amount_basis: Mapped[AmountBasis] = mapped_column(words(AmountBasis), default=AmountBasis.NONE)
    rows_read: Mapped[int] = mapped_column(default=0)
    amount_read: Mapped[Pence] = mapped_column(default=ZERO)
    rows_taken: Mapped[int] = mapped_column(default=0)
    amount_taken: Mapped[Pence] = mapped_column(default=ZERO)
    brought_in_at: Mapped[datetime]
    brought_in_by: Mapped[str]
    brought_in_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class BatchRow(Base):
    """One row of a file: what became of it, why, its amount as it reads in pence, and what it was taken for."""

    __tablename__ = "batch_row"
    __table_args__ = (Index("ix_batch_row_batch_id_row", "batch_id", "row"),)

    id: Mapped[RowId]
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"))
    sheet: Mapped[Name] = mapped_column(default="")
    row: Mapped[int]
    fate: Mapped[Fate] = mapped_column(words(Fate))
    says: Mapped[str] = mapped_column(default="")
    amount: Mapped[Pence | None]
    key: Mapped[str] = mapped_column(String(64), index=True)
    copy: Mapped[int] = mapped_column(default=0)
    cells: Mapped[str] = mapped_column(default="")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    application_id: Mapped[int | None] = mapped_column(ForeignKey("application.id"))
    award_id: Mapped[int | None] = mapped_column(ForeignKey("award.id"))
    payment_id: Mapped[int | None] = mapped_column(ForeignKey("payment.id"))
    finance_line_id: Mapped[int | None] = mapped_column(ForeignKey("finance_line.id"))


class SavedMap(Base):
    """Which column of a file is which field, kept under a name for next month's file."""

    __tablename__ = "saved_map"
    __table_args__ = (UniqueConstraint("kind", "name"),)

    id: Mapped[RowId]
    kind: Mapped[BatchKind] = mapped_column(words(BatchKind))
    name: Mapped[Name]
    columns: Mapped[str]
    saved_at: Mapped[datetime]
    saved_by: Mapped[str]
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class WaitingFile(Base):
    """A file that a person has sent and not yet confirmed, with what they have answered about it."""

    __tablename__ = "waiting_file"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[BatchKind] = mapped_column(words(BatchKind), default=BatchKind.OFFICE)
    file_name: Mapped[Name]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    undated: Mapped[date | None]
    year: Mapped[int | None]
    answers: Mapped[str] = mapped_column(default="")
    sent_at: Mapped[datetime]
