"""The budget lines of one fund, each with its balance as at a date."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Subquery, select
from sqlalchemy.orm import Session

from fundtracker.domain.balances import Balance
from fundtracker.domain.kinds import Measure
from fundtracker.domain.money import Pence
from fundtracker.services.figures import AsAt, award_figures, line_figures
from fundtracker.services.listings.owed import award_sums
from fundtracker.store.awards import AwardLine
from fundtracker.store.funds import BudgetLine, Fund

Sums = Mapping[str, Any]


@dataclass(frozen=True)
class LineBalance:
    """One budget line and its balance in pence."""

    line: BudgetLine
    balance: Balance


def line_balances(session: Session, when: AsAt, fund: Fund) -> list[LineBalance]:
    """Give each budget line of a fund with its balance, in two queries."""
    kept = line_figures(when)
    sums = select(kept).join(BudgetLine, BudgetLine.id == kept.c.budget_line_id).where(BudgetLine.fund_id == fund.id)
    measures = {row["budget_line_id"]: dict(row) for row in session.execute(sums).mappings()}
    owed = {row["budget_line_id"]: dict(row) for row in session.execute(select(_owed(when, fund))).mappings()}
    return [LineBalance(line, _balance(measures.get(line.id, {}), owed.get(line.id, {}))) for line in fund.lines]


def _owed(when: AsAt, fund: Fund) -> Subquery:
    figures = award_figures(when)
    rows = select(AwardLine.budget_line_id, *award_sums(figures)).join(
        BudgetLine, BudgetLine.id == AwardLine.budget_line_id
    )
    rows = rows.outerjoin(figures, figures.c.award_line_id == AwardLine.id).where(BudgetLine.fund_id == fund.id)
    return rows.group_by(AwardLine.budget_line_id).subquery("owed")


def _balance(measures: Sums, owed: Sums) -> Balance:
    sums = {measure.value: _pence(measures, measure.value) for measure in Measure}
    return Balance(**sums, to_pay=_pence(owed, "to_pay"), to_recover=_pence(owed, "to_recover"))


def _pence(row: Sums, name: str) -> Pence:
    return Pence(int(row.get(name) or 0))
