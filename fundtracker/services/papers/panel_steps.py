"""What is expected next of each fund after a day: applications to decide, payments out, and the funder's money in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence
from fundtracker.domain.years import FinancialYear
from fundtracker.services.listings.owed import pence_sum
from fundtracker.store.applications import Application
from fundtracker.store.awards import AwardLine, Payment
from fundtracker.store.expected import ExpectedReceipt
from fundtracker.store.funds import BudgetLine
from fundtracker.store.schedules import Instalment


@dataclass(frozen=True)
class Due:
    """The pence due on the first day that any are."""

    on: date
    amount: Pence


@dataclass(frozen=True)
class Steps:
    """How many applications waited for a decision at the day, and what is planned to be paid and to come in after."""

    waiting: int = 0
    payments: Due | None = None
    receipts: Due | None = None


def next_steps(session: Session, day: date, year: FinancialYear) -> dict[int, Steps]:
    """Give the next steps of each fund, of its lines of a year, in three queries."""
    waiting, payments, receipts = _waiting(session, day), _payments(session, day, year), _receipts(session, day, year)
    funds = {*waiting, *payments, *receipts}
    return {fund: Steps(waiting.get(fund, 0), payments.get(fund), receipts.get(fund)) for fund in funds}


def _waiting(session: Session, day: date) -> dict[int, int]:
    undecided = or_(Application.decided_on.is_(None), Application.decided_on > day)
    rows = select(Application.fund_id, func.count()).where(Application.received_on <= day, undecided)
    return dict(session.execute(rows.group_by(Application.fund_id)).all())


def _payments(session: Session, day: date, year: FinancialYear) -> dict[int, Due]:
    """Sum the instalments of each day that nothing was paid on yet."""
    paid = select(Payment.id).where(Payment.instalment_id == Instalment.id).exists()
    rows = select(BudgetLine.fund_id, Instalment.due_on, pence_sum(Instalment.amount))
    rows = rows.join(AwardLine, AwardLine.id == Instalment.award_line_id)
    rows = rows.join(BudgetLine, BudgetLine.id == AwardLine.budget_line_id)
    rows = rows.where(BudgetLine.year == year, Instalment.due_on > day, ~paid)
    return _first(session.execute(rows.group_by(BudgetLine.fund_id, Instalment.due_on)))


def _receipts(session: Session, day: date, year: FinancialYear) -> dict[int, Due]:
    rows = select(BudgetLine.fund_id, ExpectedReceipt.due_on, pence_sum(ExpectedReceipt.amount))
    rows = rows.join(BudgetLine, BudgetLine.id == ExpectedReceipt.budget_line_id)
    rows = rows.where(BudgetLine.year == year, ExpectedReceipt.due_on > day, ExpectedReceipt.dropped_on.is_(None))
    return _first(session.execute(rows.group_by(BudgetLine.fund_id, ExpectedReceipt.due_on)))


def _first(rows: Iterable[tuple[int, date, Pence]]) -> dict[int, Due]:
    found: dict[int, Due] = {}
    for fund, on, amount in rows:
        if fund not in found or on < found[fund].on:
            found[fund] = Due(on, amount)
    return found
