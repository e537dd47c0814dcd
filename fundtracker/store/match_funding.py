"""Match funding: what others put beside a funder's money of a year, as somebody stated it."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from fundtracker.domain.money import Pence
from fundtracker.store.base import Base, RowId
from fundtracker.store.signed import Made


class MatchFunding(Made, Base):
    """Cash and things in kind, in pence, beside a fund's money of a year; the newest row stands."""

    __tablename__ = "match_funding"

    id: Mapped[RowId]
    fund_id: Mapped[int] = mapped_column(ForeignKey("fund.id"), index=True)
    year: Mapped[int]
    cash: Mapped[Pence | None]
    in_kind: Mapped[Pence | None]
    source: Mapped[str] = mapped_column(default="")
