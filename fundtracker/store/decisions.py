"""Decision records: drafted, signed, and the money that moved without one."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fundtracker.store.applications import Application
from fundtracker.store.awards import Award
from fundtracker.store.base import Base, BigId, Name, Reference, RowId
from fundtracker.store.signed import Made


class DecisionRecord(Made, Base):
    """A decision as the office records it, Part 1 for all and Part 2 for the office; signed, it never changes."""

    __tablename__ = "decision_record"

    id: Mapped[RowId]
    reference: Mapped[Reference]
    application_id: Mapped[int | None] = mapped_column(ForeignKey("application.id"), index=True)
    award_id: Mapped[int | None] = mapped_column(ForeignKey("award.id"), index=True)
    title: Mapped[Name]
    approval_of: Mapped[Name] = mapped_column(default="")
    decision_maker: Mapped[Name] = mapped_column(default="")
    summary: Mapped[str] = mapped_column(default="")
    proposal: Mapped[str] = mapped_column(default="")
    interests: Mapped[str] = mapped_column(default="")
    part_one: Mapped[str] = mapped_column(default="")
    finance: Mapped[str] = mapped_column(default="")
    legal: Mapped[str] = mapped_column(default="")
    risk: Mapped[str] = mapped_column(default="")
    equality: Mapped[str] = mapped_column(default="")
    consultation: Mapped[str] = mapped_column(default="")
    part_two: Mapped[str] = mapped_column(default="")
    exempt_reason: Mapped[str] = mapped_column(default="")
    exempt: Mapped[bool] = mapped_column(default=False)

    application: Mapped[Application | None] = relationship()
    award: Mapped[Award | None] = relationship()
    signature: Mapped["DecisionSignature | None"] = relationship(back_populates="record")


class DecisionSignature(Made, Base):
    """Who signed a decision record, and on what day."""

    __tablename__ = "decision_signature"

    id: Mapped[RowId]
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision_record.id"), unique=True)
    signed_on: Mapped[date]
    words: Mapped[str] = mapped_column(default="")

    record: Mapped[DecisionRecord] = relationship(back_populates="signature")


class DecisionGap(Made, Base):
    """Why an entry has no decision record of its own, or which record covers it."""

    __tablename__ = "decision_gap"

    id: Mapped[RowId]
    entry_number: Mapped[int] = mapped_column(BigId, ForeignKey("entry.number"), unique=True)
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision_record.id"))
    why: Mapped[str] = mapped_column(default="")

    decision: Mapped[DecisionRecord | None] = relationship()
