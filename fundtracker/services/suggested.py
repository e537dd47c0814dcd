"""Suggested accruals: what is still to pay at a day for work done by then, award line by award line."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from fundtracker.domain.balances import to_pay
from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import AccrualKind
from fundtracker.domain.years import long_date, today
from fundtracker.services.figures import as_at, award_figures
from fundtracker.services.listings.payees import Payee, merged, payee_of
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.store.periods import Accrual
from fundtracker.store.schedules import Instalment


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """One award line with something to pay at a day, in pence: what is suggested, and why that much."""

    award_line: int
    award: str
    recipient: str
    fund: str
    fund_name: str
    to_pay: Pence
    accrued: Pence
    amount: Pence
    why: str


def suggest_accruals(session: Session, day: date, year: int, fund: Fund | None = None) -> list[Suggestion]:
    """Suggest what to accrue at a day on a year's money and earlier, less what is accrued; of one fund, or of all."""
    accrued = _accrued(session, day)
    due = _due(session, day)
    found = (_suggest(row, day, accrued.get(row.id, 0), due.get(row.id)) for row in _owed(session, day, year, fund))
    return [suggestion for suggestion in found if suggestion.amount > 0]


def _suggest(row: Row[Any], day: date, accrued: int, due: int | None) -> Suggestion:
    owed = to_pay(int(row.awarded), int(row.paid), int(row.recovered))
    earned, why = _earned(row, day, due)
    amount = min(earned - (int(row.paid) - int(row.recovered)), owed) - accrued
    return Suggestion(
        award_line=row.id, award=row.reference, recipient=row.name, fund=row.fund, fund_name=row.fund_name,
        to_pay=owed, accrued=Pence(accrued), amount=Pence(max(0, amount)), why=why,
    )  # fmt: skip


def _earned(row: Row[Any], day: date, due: int | None) -> tuple[int, str]:
    """Say how much of an award belongs to the time up to a day, in pence, and by what it is told."""
    awarded = int(row.awarded)
    if due is not None:
        return due, f"its instalments due by {long_date(day)}"
    begins, ends = row.starts_on, row.ends_on
    if ends is None or ends <= day:
        return awarded, f"it ended on {long_date(ends)}" if ends else "no end date is stated"
    if begins is None or begins >= ends:
        return awarded, f"it ends on {long_date(ends)}, and no start date is stated: check it"
    passed, days = max(0, (day - begins).days + 1), (ends - begins).days + 1
    return awarded * passed // days, f"{min(passed, days):,} of its {days:,} days have passed"


def _owed(session: Session, day: date, year: int, fund: Fund | None) -> list[Row[Any]]:
    figures, tree = award_figures(as_at(session, min(day, today()))), merged()
    facts = (AwardLine.id, Award.reference, Payee.name, Award.starts_on, Award.ends_on)
    sums = (figures.c.awarded, figures.c.paid, figures.c.recovered)
    rows = select(*facts, *sums, Fund.reference.label("fund"), Fund.name.label("fund_name"))
    rows = rows.join(figures, figures.c.award_line_id == AwardLine.id).join(Award, Award.id == AwardLine.award_id)
    rows = rows.join(BudgetLine, BudgetLine.id == AwardLine.budget_line_id)
    rows = rows.join(Fund, Fund.id == BudgetLine.fund_id).outerjoin(tree, tree.c.id == Award.organisation_id)
    rows = rows.outerjoin(Payee, Payee.id == payee_of(tree, Award.organisation_id))
    owing = figures.c.awarded > figures.c.paid - figures.c.recovered
    rows = rows if fund is None else rows.where(Fund.id == fund.id)
    rows = rows.where(BudgetLine.year <= year, owing).order_by(Fund.name, Award.reference, AwardLine.id)
    return list(session.execute(rows))


def _accrued(session: Session, day: date) -> dict[int, int]:
    rows = select(Accrual.award_line_id, func.sum(Accrual.amount)).where(
        Accrual.kind == AccrualKind.ACCRUAL, Accrual.undone_at.is_(None), Accrual.award_line_id.is_not(None),
        Accrual.period_end <= day, Accrual.reverses_on > day,
    )  # fmt: skip
    found = session.execute(rows.group_by(Accrual.award_line_id))
    return {line: int(amount) for line, amount in found if line is not None}


def _due(session: Session, day: date) -> dict[int, int]:
    """Add up what the schedule of each award line that has one says is due by a day, paid or not."""
    due = func.sum(Instalment.amount).filter(Instalment.due_on <= day)
    rows = select(Instalment.award_line_id, func.coalesce(due, 0)).group_by(Instalment.award_line_id)
    return {line: int(amount) for line, amount in session.execute(rows)}
