"""The office itself: its names, plan objectives and areas, and what was brought in or sent."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from fundtracker.domain.money import ZERO, Pence
from fundtracker.store.base import Base, BigId, Name, RowId


class Office(Base):
    """The one row that says whose books these are."""

    __tablename__ = "office"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[Name]
    panel_name: Mapped[Name]
    demonstration: Mapped[bool] = mapped_column(default=False)


class Objective(Base):
    """One objective of the Police and Crime Plan."""

    __tablename__ = "objective"

    id: Mapped[RowId]
    name: Mapped[Name] = mapped_column(unique=True)


class Area(Base):
    """One area that the office serves."""

    __tablename__ = "area"

    id: Mapped[RowId]
    name: Mapped[Name] = mapped_column(unique=True)


class Batch(Base):
    """One file that was brought in: its name, its fingerprint, who brought it and what was taken."""

    __tablename__ = "batch"

    id: Mapped[RowId]
    file_name: Mapped[Name]
    digest: Mapped[str] = mapped_column(String(64))
    rows_taken: Mapped[int] = mapped_column(default=0)
    amount_taken: Mapped[Pence] = mapped_column(default=ZERO)
    brought_in_at: Mapped[datetime]
    brought_in_by: Mapped[str]
    brought_in_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class WaitingFile(Base):
    """A file that a person has sent and not yet confirmed."""

    __tablename__ = "waiting_file"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    file_name: Mapped[Name]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    undated: Mapped[date | None]
    year: Mapped[int | None]
    sent_at: Mapped[datetime]


class SentForm(Base):
    """A form that was recorded, so that the same form sent twice is answered the same and records once."""

    __tablename__ = "sent_form"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    answer: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    sent_at: Mapped[datetime]
