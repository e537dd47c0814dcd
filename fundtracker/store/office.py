"""The office itself: its names, plan objectives and areas, and the forms that were sent."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from fundtracker.store.base import Base, BigId, Name, RowId


class Office(Base):
    """The one row that says whose books these are."""

    __tablename__ = "office"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[Name]
    panel_name: Mapped[Name]
    demonstration: Mapped[bool] = mapped_column(default=False)
    certificate: Mapped[str] = mapped_column(default="")
    accrual_account: Mapped[str] = mapped_column(String(40), default="")
    prepayment_account: Mapped[str] = mapped_column(String(40), default="")
    debtor_account: Mapped[str] = mapped_column(String(40), default="")
    advance_account: Mapped[str] = mapped_column(String(40), default="")
    renew_days: Mapped[int] = mapped_column(default=90)
    procure_days: Mapped[int] = mapped_column(default=180)
    decision_pattern: Mapped[str] = mapped_column(String(60), default="PCC/D/{year}/{number}")


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


class SentForm(Base):
    """A form that was recorded, so that the same form sent twice is answered the same and records once."""

    __tablename__ = "sent_form"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    answer: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    sent_at: Mapped[datetime]
