"""Forecasts: what each fund will have cost by the end of a year, from its schedule or as an officer expects it."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Session

from fundtracker.domain.balances import Balance
from fundtracker.domain.money import ZERO, Pence, pounds
from fundtracker.domain.spending import Spending
from fundtracker.domain.statuses import (
    AccrualKind,
    ApplicationStatus,
    AwardStatus,
    AwardType,
    FundStatus,
    Sureness,
)
from fundtracker.domain.years import FinancialYear, end_of, last_day, year_of
from fundtracker.services.accruals import counting_on
from fundtracker.services.figures import AsAt, fund_balances
from fundtracker.services.instalments import slots
from fundtracker.store.applications import Application
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.forecasts import ForecastRecord
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.store.periods import Accrual

Sums = Mapping[int, int]
SURE, FAIRLY = 90, 50  # per cent of a forecast that is spent already, from which it is high, and medium


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """
    What a fund's budget lines of one year will have cost by its end, in pence.

    `due` is instalments due by then and not paid, `pipeline` what waits for a decision, up to what is left to award.
    """

    allocated: Pence
    spent: Spending
    due: Pence
    pipeline: Pence
    record: ForecastRecord | None

    @property
    def worked_out(self) -> Pence:
        """Give what the schedule makes of it: spent, due by the year's end and expected to be awarded."""
        return Pence(self.spent.expenditure + self.due + self.pipeline)

    @property
    def own(self) -> Pence | None:
        """Give the officer's own amount, where one stands."""
        return self.record.amount if self.record else None

    @property
    def amount(self) -> Pence:
        """Give the forecast: the officer's own amount where one stands, else the schedule's."""
        return self.worked_out if self.own is None else self.own

    @property
    def variance(self) -> Pence:
        """Give allocated less forecast: above zero an underspend, below zero an overspend."""
        return Pence(self.allocated - self.amount)

    @property
    def sure(self) -> Sureness:
        """Say how sure it is: as the officer said, else by how much of the schedule's amount is spent already."""
        if self.record and self.own is not None:
            return self.record.sure
        spent, whole = self.spent.expenditure * 100, self.worked_out
        if whole and spent >= whole * SURE:
            return Sureness.HIGH
        return Sureness.MEDIUM if whole and spent >= whole * FAIRLY else Sureness.LOW

    @property
    def words(self) -> str:
        """Write it as it is read aloud: `underspend of £2,720.06, medium`."""
        if not self.variance:
            return f"on its allocation, {self.sure.value}"
        which = "underspend" if self.variance > 0 else "overspend"
        return f"{which} of {pounds(abs(self.variance))}, {self.sure.value}"


def forecasts(session: Session, when: AsAt, year: FinancialYear) -> dict[int, Forecast]:
    """Forecast the year's budget lines of every fund that has some, by the fund's id, in six queries."""
    balances = fund_balances(session, when, year=year)
    accrued, due = _accrued(session, when, year), _due(session, when, year)
    waiting, records = _waiting(session, when, year), _records(session, when, year)
    return {
        fund: Forecast(
            allocated=balance.allocated, spent=_spent(balance, accrued, fund), due=Pence(due.get(fund, 0)),
            pipeline=Pence(max(0, min(waiting.get(fund, 0), balance.remaining))), record=records.get(fund),
        )
        for fund, balance in balances.items()
    }  # fmt: skip


def _spent(balance: Balance, accrued: Mapping[tuple[int, AccrualKind], int], fund: int) -> Spending:
    kinds = {kind: Pence(accrued.get((fund, kind), 0)) for kind in (AccrualKind.ACCRUAL, AccrualKind.PREPAYMENT)}
    return Spending(
        paid=balance.net_paid, accrued=kinds[AccrualKind.ACCRUAL], prepaid=kinds[AccrualKind.PREPAYMENT]
    )  # fmt: skip


def _accrued(session: Session, when: AsAt, year: int) -> dict[tuple[int, AccrualKind], int]:
    rows = select(BudgetLine.fund_id, Accrual.kind, func.sum(Accrual.amount)).select_from(Accrual)
    rows = rows.join(BudgetLine, BudgetLine.id == Accrual.budget_line_id)
    rows = rows.where(BudgetLine.year == year, *counting_on(when.day)).group_by(BudgetLine.fund_id, Accrual.kind)
    return {(fund, kind): int(amount) for fund, kind, amount in session.execute(rows)}


def _due(session: Session, when: AsAt, year: int) -> Sums:
    """Add up what is due by the year's end and not paid, by fund; what is accrued of it is spent already."""
    wanted: list[ColumnElement[bool]] = [Award.type != AwardType.PAID_IN_ERROR, Award.awarded_on <= when.day]
    wanted += [Award.status != AwardStatus.COMPLETED] if when.kept else []
    s = slots(*wanted, when=when).c
    left = case((s.due_on <= last_day(year), s.left), else_=0)
    by_line = select(s.line_id, func.sum(left).label("left")).group_by(s.line_id).subquery("left_by_line")
    covered = select(Accrual.award_line_id, func.sum(Accrual.amount).label("amount"))
    covered = covered.where(Accrual.kind == AccrualKind.ACCRUAL, *counting_on(when.day)).group_by(Accrual.award_line_id)
    done = covered.subquery("accrued_by_line")
    rest = by_line.c.left - func.coalesce(done.c.amount, 0)
    rows = select(BudgetLine.fund_id, func.sum(case((rest > 0, rest), else_=0))).select_from(by_line)
    rows = rows.join(AwardLine, AwardLine.id == by_line.c.line_id).outerjoin(done, done.c.award_line_id == AwardLine.id)
    rows = rows.join(BudgetLine, BudgetLine.id == AwardLine.budget_line_id).where(BudgetLine.year == year)
    return {fund: int(amount) for fund, amount in session.execute(rows.group_by(BudgetLine.fund_id))}


def _waiting(session: Session, when: AsAt, year: int) -> Sums:
    """
    Add up what undecided applications ask for, by fund: in the newest year of the fund that has begun.

    A closed fund awards nothing more.
    """
    begun = select(BudgetLine.fund_id).where(BudgetLine.year <= year_of(when.day)).group_by(BudgetLine.fund_id)
    in_hand = begun.having(func.max(BudgetLine.year) == year)
    undecided = or_(Application.status == ApplicationStatus.RECEIVED, Application.decided_on > when.day)
    rows = select(Application.fund_id, func.sum(func.coalesce(Application.asked_for, ZERO)))
    rows = rows.join(Fund, Fund.id == Application.fund_id).where(Fund.status != FundStatus.CLOSED)
    rows = rows.where(undecided, Application.received_on <= when.day, Application.fund_id.in_(in_hand))
    return {fund: int(amount) for fund, amount in session.execute(rows.group_by(Application.fund_id))}


def _records(session: Session, when: AsAt, year: int) -> dict[int, ForecastRecord]:
    """Give the newest word of an officer on each fund's year, by the end of the day."""
    newest = select(func.max(ForecastRecord.id)).where(ForecastRecord.year == year)
    newest = newest if when.kept else newest.where(ForecastRecord.made_at < end_of(when.day))
    rows = select(ForecastRecord).where(ForecastRecord.id.in_(newest.group_by(ForecastRecord.fund_id)))
    return {record.fund_id: record for record in session.scalars(rows)}
