"""What officers forecast of a fund's year, which exceptions are looked for, and what is done about each."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import Sureness
from fundtracker.store.base import Base, Name, RowId, words
from fundtracker.store.funds import Fund
from fundtracker.store.signed import Made


class ForecastRecord(Made, Base):
    """What an officer expects a fund to have spent by the end of a year, in pence; empty goes back to the schedule."""

    __tablename__ = "forecast_record"

    id: Mapped[RowId]
    fund_id: Mapped[int] = mapped_column(ForeignKey("fund.id"), index=True)
    year: Mapped[int]
    amount: Mapped[Pence | None]
    sure: Mapped[Sureness] = mapped_column(words(Sureness))
    reason: Mapped[str] = mapped_column(default="")

    fund: Mapped[Fund] = relationship()


class ExceptionRule(Base):
    """The office's own setting of one rule of the exception report; a rule without a row keeps its defaults."""

    __tablename__ = "exception_rule"

    id: Mapped[RowId]
    rule: Mapped[str] = mapped_column(String(60), unique=True)
    watched: Mapped[bool] = mapped_column(default=True)
    days: Mapped[int | None]
    percent: Mapped[int | None]
    owner: Mapped[str] = mapped_column(default="")
    action: Mapped[str] = mapped_column(default="")


class ExceptionStep(Made, Base):
    """What a person said is done about one exception, who owns it and by when; the newest of a key stands."""

    __tablename__ = "exception_step"

    id: Mapped[RowId]
    key: Mapped[Name]
    owner: Mapped[str] = mapped_column(default="")
    action: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None]
