"""Figures: the balance of each fund as at a date, from the kept rows for today and from the entries for the past."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, case, func, select
from sqlalchemy.orm import Session

from fundtracker.domain.balances import Balance
from fundtracker.domain.kinds import Kind, Measure
from fundtracker.domain.money import Pence
from fundtracker.domain.refusals import DateRefusedError
from fundtracker.domain.years import FinancialYear, long_date, today
from fundtracker.store.awards import AwardLine
from fundtracker.store.books import Book, Entry
from fundtracker.store.funds import BudgetLine

Rows = Select[*tuple[Any, ...]]
AWARD_MEASURES = (Measure.AWARDED, Measure.PAID, Measure.RECOVERED)


@dataclass(frozen=True, kw_only=True)
class AsAt:
    """
    The pair that makes a report repeatable: the day it is as at, and the last entry number that it counts.

    `kept` says that the kept rows give it: the day is today and no entry is left out.
    """

    day: date
    last_entry: int
    kept: bool


def as_at(session: Session, day: date | None = None, up_to_entry: int | None = None) -> AsAt:
    """
    Say what a report as at a day (today where none is given) counts, up to an entry number where one is given.

    Raises DateRefusedError for a day that has not come.
    """
    if day is not None and day > today():
        raise DateRefusedError(
            f"{long_date(day)} has not come yet. Enter today's date or an earlier one.", field="as_at"
        )
    last = session.scalars(select(Book.last_entry)).one()
    counted = last if up_to_entry is None else min(up_to_entry, last)
    return AsAt(day=day or today(), last_entry=counted, kept=(day or today()) >= today() and counted == last)


def fund_balances(
    session: Session, when: AsAt, fund_ids: Iterable[int] | None = None, year: FinancialYear | None = None
) -> dict[int, Balance]:
    """
    Give the balance of each fund, or of the funds asked for, in pence and in three queries however many there are.

    With a year, it is the balance of the budget lines of that year.
    """
    only = [] if year is None else [BudgetLine.year == year]
    only += [] if fund_ids is None else [BudgetLine.fund_id.in_(list(fund_ids))]
    lines = line_figures(when)
    owed = award_figures(when)
    sums = _by_fund(select(BudgetLine.fund_id, *(_sum(lines.c[m.value]) for m in Measure)), only)
    sums = sums.outerjoin(lines, lines.c.budget_line_id == BudgetLine.id)
    debts = _by_fund(select(BudgetLine.fund_id, *_debts(owed)), only).select_from(owed)
    debts = debts.join(AwardLine, AwardLine.id == owed.c.award_line_id)
    debts = debts.join(BudgetLine, BudgetLine.id == AwardLine.budget_line_id)
    original = select(Entry.fund_id, func.sum(Entry.amount)).where(*counted(when), Entry.kind == Kind.ALLOCATION)
    if year is not None:
        original = original.join(BudgetLine, BudgetLine.id == Entry.budget_line_id).where(BudgetLine.year == year)
    originals = {row[0]: row[1] for row in session.execute(original.group_by(Entry.fund_id))}
    owing = {row[0]: row[1:] for row in session.execute(debts)}
    return {
        row[0]: _balance(row[1:], owing.get(row[0], (0, 0)), originals.get(row[0], 0)) for row in session.execute(sums)
    }


def line_figures(when: AsAt) -> Subquery:
    """Give a row for each budget line with entries: `budget_line_id` and every measure in pence."""
    if when.kept:
        kept = [getattr(BudgetLine, m.value).label(m.value) for m in Measure]
        rows = select(BudgetLine.id.label("budget_line_id"), *kept).where(BudgetLine.last_entry > 0)
        return rows.subquery("line_figures")
    sums = [measure_sum(m) for m in Measure]
    rows = select(Entry.budget_line_id, *sums).where(*counted(when)).group_by(Entry.budget_line_id)
    return rows.subquery("line_figures")


def award_figures(when: AsAt) -> Subquery:
    """Give a row for each award line with entries: `award_line_id`, awarded, paid and recovered in pence."""
    if when.kept:
        kept = [getattr(AwardLine, m.value).label(m.value) for m in AWARD_MEASURES]
        rows = select(AwardLine.id.label("award_line_id"), *kept).where(AwardLine.last_entry > 0)
        return rows.subquery("award_figures")
    sums = [measure_sum(m) for m in AWARD_MEASURES]
    on_award = Entry.award_line_id.is_not(None)
    rows = select(Entry.award_line_id, *sums).where(*counted(when), on_award).group_by(Entry.award_line_id)
    return rows.subquery("award_figures")


def counted(when: AsAt) -> tuple[ColumnElement[bool], ...]:
    """Say which entries a report counts."""
    return (Entry.on_date <= when.day, Entry.number <= when.last_entry)


def measure_sum(measure: Measure) -> ColumnElement[int]:
    """Add up the entries of one measure, in pence."""
    kinds = [kind for kind in Kind if kind.measure is measure]
    return _sum(case((Entry.kind.in_(kinds), Entry.amount), else_=0)).label(measure.value)


def outstanding(figures: Subquery) -> ColumnElement[int]:
    """Give an award line's awarded less net paid: above zero it is to pay, below zero to recover."""
    columns = figures.c
    difference: ColumnElement[int] = columns.awarded - columns.paid + columns.recovered
    return difference


def _debts(figures: Subquery) -> tuple[ColumnElement[int], ColumnElement[int]]:
    gap = outstanding(figures)
    return _sum(case((gap > 0, gap), else_=0)), _sum(case((gap < 0, -gap), else_=0))


def _sum(column: ColumnElement[int]) -> ColumnElement[int]:
    return func.coalesce(func.sum(column), 0)


def _by_fund(rows: Rows, only: list[ColumnElement[bool]]) -> Rows:
    return rows.where(*only).group_by(BudgetLine.fund_id)


def _balance(sums: Iterable[int], owing: Iterable[int], original: int) -> Balance:
    measures = {m.value: Pence(int(amount)) for m, amount in zip(Measure, sums, strict=True)}
    to_pay, to_recover = owing
    return Balance(
        **measures, to_pay=Pence(int(to_pay)), to_recover=Pence(int(to_recover)), original=Pence(int(original))
    )
