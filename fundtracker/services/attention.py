"""What needs somebody on a fund: money left behind once it is closed, and why more is awarded than allocated."""

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, aliased

from fundtracker.domain.kinds import Kind
from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import FundStatus
from fundtracker.services.figures import AsAt, counted, line_figures
from fundtracker.store.books import Entry
from fundtracker.store.funds import BudgetLine, Fund


def left_behind(session: Session, when: AsAt) -> dict[int, Pence]:
    """
    Give what each closed fund has left, in pence, where nobody has returned, moved or carried it forward.

    What was carried into a line is dealt with: it waits there for the fund to be open in that year.
    """
    sums = line_figures(when)
    carried = select(Entry.budget_line_id, func.sum(Entry.amount).label("amount"))
    carried = carried.where(*counted(when), Entry.kind == Kind.CARRY_FORWARD_IN).group_by(Entry.budget_line_id)
    into = carried.subquery("carried")
    left = sums.c.allocated - sums.c.awarded - func.coalesce(into.c.amount, 0)
    rows = select(BudgetLine.fund_id, func.sum(case((left > 0, left), else_=0)))
    rows = rows.join(sums, sums.c.budget_line_id == BudgetLine.id).join(Fund, Fund.id == BudgetLine.fund_id)
    rows = rows.outerjoin(into, into.c.budget_line_id == BudgetLine.id).where(Fund.status == FundStatus.CLOSED)
    found = session.execute(rows.group_by(BudgetLine.fund_id))
    return {fund_id: Pence(int(amount)) for fund_id, amount in found if amount}


def why_over(session: Session, when: AsAt, fund: Fund) -> Entry | None:
    """Give the last funder's cut that stands, else the last word on the allowance, where there is either."""
    undo = aliased(Entry)
    rows = select(Entry).outerjoin(undo, undo.reverses == Entry.number)
    rows = rows.where(*counted(when), Entry.fund_id == fund.id, Entry.kind.in_((Kind.FUNDERS_CUT, Kind.ALLOWANCE)))
    rows = rows.where(Entry.reverses.is_(None), undo.number.is_(None))
    cut_first = case((Entry.kind == Kind.FUNDERS_CUT, 0), else_=1)
    return session.scalars(rows.order_by(cut_first, Entry.number.desc()).limit(1)).first()
