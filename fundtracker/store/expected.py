"""Money expected from funders: the instalments they are to pay and the claims sent to them."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import ExpectedKind
from fundtracker.store.base import Base, RowId, words
from fundtracker.store.funds import BudgetLine
from fundtracker.store.signed import Made


class ExpectedReceipt(Made, Base):
    """One sum in pence that a funder is to pay for a budget line by a day; receipts meet the oldest first."""

    __tablename__ = "expected_receipt"

    id: Mapped[RowId]
    budget_line_id: Mapped[int] = mapped_column(ForeignKey("budget_line.id"), index=True)
    kind: Mapped[ExpectedKind] = mapped_column(words(ExpectedKind))
    due_on: Mapped[date]
    amount: Mapped[Pence]
    period_from: Mapped[date | None]
    period_to: Mapped[date | None]
    submitted_on: Mapped[date | None]
    reference: Mapped[str] = mapped_column(default="")
    notes: Mapped[str] = mapped_column(default="")
    dropped_on: Mapped[date | None]
    dropped_why: Mapped[str] = mapped_column(default="")

    budget_line: Mapped[BudgetLine] = relationship()
