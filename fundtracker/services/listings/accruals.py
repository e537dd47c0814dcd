"""The list of accruals, prepayments, debtors and receipts in advance, and which of them count."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import CTE, ColumnElement, case, func, literal, select
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import AccrualKind, SpendType
from fundtracker.domain.years import today
from fundtracker.services.listings.filters import Conditions, Filters, between, containing, in_days, on_lines
from fundtracker.services.listings.owed import pence_sum
from fundtracker.services.listings.paging import KEPT, Asking, Listed, Order, Part, asking, show
from fundtracker.services.listings.payees import Payee, merged, payee_of
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.funds import BudgetLine, Fund, line_label
from fundtracker.store.periods import Accrual

NEWEST = Part(order=Order("period_end", descending=True))
COUNTING, COMING, REVERSED, UNDONE = "counting", "to come", "reversed", "undone"  # what `status` may be


@dataclass(slots=True)
class AccrualRow:
    """One accrual as the list shows it; the amount is in pence."""

    id: int
    reference: str
    kind: AccrualKind
    state: str
    amount: Pence
    period_end: date
    reverses_on: date
    narrative: str
    award: str | None
    recipient: str | None
    fund: str
    fund_reference: str
    year: int
    lot: str
    spend_type: SpendType
    made_by: str
    made_at: datetime
    undone_by: str
    undone_why: str

    @property
    def line_label(self) -> str:
        """Name its budget line where its fund is known."""
        return line_label(self.year, self.spend_type, self.lot)


@dataclass(frozen=True, kw_only=True)
class AccrualTotals:
    """The sums of every row that the filters let through and nobody undid, in pence, by kind."""

    count: int
    accrued: Pence
    prepaid: Pence
    debtors: Pence
    in_advance: Pence


def list_accruals(session: Session, filters: Filters, part: Part = NEWEST) -> Listed[AccrualRow, AccrualTotals]:
    """Give the accruals that the filters let through, with the totals of those that stand."""
    return show(session, _asking(filters, part.order, today()), part, row=AccrualRow, totals=AccrualTotals)


@lru_cache(maxsize=KEPT)
def _asking(filters: Filters, order: Order, day: date) -> Asking:
    listed = _listed(filters, day)
    return asking(listed, order, sums=_totals(listed), everything=select(func.count(Accrual.id)))


def _listed(filters: Filters, day: date) -> CTE:
    tree = merged()
    facts = (
        Accrual.id, Accrual.reference, Accrual.kind, Accrual.amount, Accrual.period_end, Accrual.reverses_on,
        Accrual.narrative, Accrual.made_by, Accrual.made_at, Accrual.undone_by, Accrual.undone_why,
        Award.reference.label("award"), Payee.name.label("recipient"), Fund.name.label("fund"),
        Fund.reference.label("fund_reference"), BudgetLine.year, BudgetLine.lot, BudgetLine.spend_type,
    )  # fmt: skip
    rows = (
        select(*facts, _state(day).label("state"))
        .join(BudgetLine, BudgetLine.id == Accrual.budget_line_id)
        .join(Fund, Fund.id == BudgetLine.fund_id)
        .outerjoin(AwardLine, AwardLine.id == Accrual.award_line_id)
        .outerjoin(Award, Award.id == AwardLine.award_id)
        .outerjoin(tree, tree.c.id == Award.organisation_id)
        .outerjoin(Payee, Payee.id == payee_of(tree, Award.organisation_id))
    )
    return rows.where(*_wanted(filters, day, tree)).cte("accruals")


def _state(day: date) -> ColumnElement[str]:
    return case(
        (Accrual.undone_at.is_not(None), literal(UNDONE)),
        (Accrual.period_end > day, literal(COMING)),
        (Accrual.reverses_on > day, literal(COUNTING)),
        else_=literal(REVERSED),
    )


def _wanted(filters: Filters, day: date, tree: CTE) -> Conditions:
    words = (Accrual.reference, Accrual.narrative, Award.reference, Fund.name)
    wanted = [*on_lines(filters), *between(Accrual.amount, filters), *in_days(Accrual.period_end, filters)]
    wanted += containing(filters, *words, organisations=tree, amounts=(Accrual.amount,))
    if filters.type:
        wanted.append(Accrual.kind == AccrualKind(filters.type))
    if filters.status:
        wanted.append(_state(day) == filters.status)
    return wanted


def _totals(listed: CTE) -> list[ColumnElement[Any]]:
    c = listed.c
    names = {
        AccrualKind.ACCRUAL: "accrued",
        AccrualKind.PREPAYMENT: "prepaid",
        AccrualKind.DEBTOR: "debtors",
        AccrualKind.IN_ADVANCE: "in_advance",
    }
    standing = c.state != UNDONE
    return [pence_sum(case((standing & (c.kind == kind), c.amount))).label(name) for kind, name in names.items()]
