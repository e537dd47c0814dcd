"""The finance system's lines, never changed, and how each was matched to entries of ours or explained."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fundtracker.domain.money import ZERO, Pence
from fundtracker.domain.statuses import Explanation
from fundtracker.store.base import Base, Name, RowId, words
from fundtracker.store.books import Entry
from fundtracker.store.imports import Batch
from fundtracker.store.signed import Made, Undone

LIVE = text("live")


def once_live(table: str, column: str) -> Index:
    """Let a row be used once at a time: a unique index over the rows that stand."""
    return Index(f"uq_{table}_{column}", column, unique=True, sqlite_where=LIVE, postgresql_where=LIVE)


class FinanceLine(Base):
    """
    One line of the finance system's extract as it came; `amount` in pence is net or gross as its batch chose.

    Its cells as they stood in the file are kept with its batch's row.
    """

    __tablename__ = "finance_line"

    id: Mapped[RowId]
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"), index=True)
    sheet: Mapped[Name] = mapped_column(default="")
    row: Mapped[int]
    on_date: Mapped[date | None] = mapped_column(index=True)
    payee: Mapped[str] = mapped_column(default="")
    payee_key: Mapped[str] = mapped_column(String(400), default="")
    supplier_number: Mapped[str] = mapped_column(default="")
    reference: Mapped[str] = mapped_column(default="")
    invoice_number: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")
    unit: Mapped[str] = mapped_column(default="")
    cost_centre: Mapped[str] = mapped_column(default="")
    account: Mapped[str] = mapped_column(default="")
    net: Mapped[Pence | None]
    vat: Mapped[Pence | None]
    gross: Mapped[Pence | None]
    amount: Mapped[Pence]

    batch: Mapped[Batch] = relationship()


class Matching(Made, Undone, Base):
    """Finance lines and entries of ours that are the same money; a difference in pence is explained."""

    __tablename__ = "matching"

    id: Mapped[RowId]
    score: Mapped[int]
    reason: Mapped[str]
    difference: Mapped[Pence] = mapped_column(default=ZERO)
    note: Mapped[str] = mapped_column(default="")
    owner: Mapped[str] = mapped_column(default="")

    lines: Mapped[list["MatchingLine"]] = relationship(order_by="MatchingLine.id")
    entries: Mapped[list["MatchingEntry"]] = relationship(order_by="MatchingEntry.id")


class MatchingLine(Base):
    """A finance line of a matching; a line stands in one matching at a time."""

    __tablename__ = "matching_line"
    __table_args__ = (once_live("matching_line", "finance_line_id"),)

    id: Mapped[RowId]
    matching_id: Mapped[int] = mapped_column(ForeignKey("matching.id"), index=True)
    finance_line_id: Mapped[int] = mapped_column(ForeignKey("finance_line.id"))
    live: Mapped[bool] = mapped_column(default=True)

    line: Mapped[FinanceLine] = relationship()


class MatchingEntry(Base):
    """An entry of ours that moved cash, in a matching; an entry stands in one matching at a time."""

    __tablename__ = "matching_entry"
    __table_args__ = (once_live("matching_entry", "entry_number"),)

    id: Mapped[RowId]
    matching_id: Mapped[int] = mapped_column(ForeignKey("matching.id"), index=True)
    entry_number: Mapped[int] = mapped_column(ForeignKey("entry.number"))
    live: Mapped[bool] = mapped_column(default=True)

    entry: Mapped[Entry] = relationship()


class Explained(Made, Undone, Base):
    """Why a finance line or an entry of ours stands alone, in a note, and who sees it put right."""

    __tablename__ = "explained"
    __table_args__ = (once_live("explained", "finance_line_id"), once_live("explained", "entry_number"))

    id: Mapped[RowId]
    finance_line_id: Mapped[int | None] = mapped_column(ForeignKey("finance_line.id"))
    entry_number: Mapped[int | None] = mapped_column(ForeignKey("entry.number"))
    reason: Mapped[Explanation] = mapped_column(words(Explanation))
    note: Mapped[str]
    owner: Mapped[str]
    live: Mapped[bool] = mapped_column(default=True)

    line: Mapped[FinanceLine | None] = relationship()
    entry: Mapped[Entry | None] = relationship()
