"""Figures: the balance of each fund as at a date, from the kept rows for today and from the entries for the past."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, bindparam, case, exists, func, select
from sqlalchemy.orm import Session

from fundtracker.domain.balances import Balance
from fundtracker.domain.kinds import Kind, Measure
from fundtracker.domain.refusals import DateRefusedError
from fundtracker.domain.years import FinancialYear, long_date, today
from fundtracker.store.awards import AwardLine
from fundtracker.store.books import Book, Entry
from fundtracker.store.funds import BudgetLine

Rows = Select[*tuple[Any, ...]]
Conditions = list[ColumnElement[bool]]
AWARD_MEASURES = (Measure.AWARDED, Measure.PAID, Measure.RECOVERED)
_LAST_ENTRY = select(Book.last_entry)
_SUMS = (*(m.value for m in Measure), "to_pay", "to_recover", "original")


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
    last = session.connection().execute(_LAST_ENTRY).scalar_one()
    counted = last if up_to_entry is None else min(up_to_entry, last)
    return AsAt(day=day or today(), last_entry=counted, kept=(day or today()) >= today() and counted == last)


def fund_balances(
    session: Session, when: AsAt, fund_ids: Iterable[int] | None = None, year: FinancialYear | None = None
) -> dict[int, Balance]:
    """
    Give the balance of each fund, or of the funds asked for, in pence and in one query however many there are.

    With a year, it is the balance of the budget lines of that year.
    """
    asked = {} if fund_ids is None else {"funds": list(fund_ids)}
    found = session.connection().execute(_balances(when, year, some=fund_ids is not None), asked).all()
    return {fund_id: _balance(sums) for fund_id, *sums in found}


def _balance(sums: Iterable[Any]) -> Balance:
    named: dict[str, Any] = dict(zip(_SUMS, map(int, sums), strict=True))
    return Balance(**named)


def line_figures(when: AsAt, year: FinancialYear | None = None) -> Subquery:
    """Give a row for each budget line with entries: `budget_line_id` and every measure in pence; of a year's alone."""
    if when.kept:
        kept = [getattr(BudgetLine, m.value).label(m.value) for m in Measure]
        rows = select(BudgetLine.id.label("budget_line_id"), *kept).where(BudgetLine.last_entry > 0)
        return rows.subquery("line_figures")
    sums = [measure_sum(m) for m in Measure]
    rows = select(Entry.budget_line_id, *sums).where(*counted(when), *_in_year(year)).group_by(Entry.budget_line_id)
    return rows.subquery("line_figures")


def award_figures(when: AsAt, year: FinancialYear | None = None) -> Subquery:
    """Give a row for each award line with entries: `award_line_id`, awarded, paid and recovered in pence."""
    if when.kept:
        kept = [getattr(AwardLine, m.value).label(m.value) for m in AWARD_MEASURES]
        rows = select(AwardLine.id.label("award_line_id"), *kept).where(AwardLine.last_entry > 0)
        return rows.subquery("award_figures")
    sums = [measure_sum(m) for m in AWARD_MEASURES]
    wanted = (*counted(when), *_in_year(year), Entry.award_line_id.is_not(None))
    rows = select(Entry.award_line_id, *sums).where(*wanted).group_by(Entry.award_line_id)
    return rows.subquery("award_figures")


def _in_year(year: FinancialYear | None) -> Conditions:
    """Read only the entries of a year's lines, where the sums of no other are asked for."""
    lines = select(BudgetLine.id).where(BudgetLine.year == year)
    return [] if year is None else [Entry.budget_line_id.in_(lines)]


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


@lru_cache
def _balances(when: AsAt, year: FinancialYear | None, *, some: bool) -> Rows:
    """Make the statement of the balances: a row for each fund, its sums in the order of `_SUMS`."""
    only = [] if year is None else [BudgetLine.year == year]
    only += [BudgetLine.fund_id.in_(bindparam("funds", expanding=True))] if some else []
    measures, owed, first = _measures(when, only, year), _owed(when, only, year), _first(when, year, some=some)
    rows = select(measures, *(func.coalesce(one, 0) for one in (owed.c.to_pay, owed.c.to_recover, first.c.original)))
    rows = rows.outerjoin(owed, owed.c.fund_id == measures.c.fund_id)
    return rows.outerjoin(first, first.c.fund_id == measures.c.fund_id)


def _measures(when: AsAt, only: Conditions, year: FinancialYear | None) -> Subquery:
    lines = line_figures(when, year)
    rows = select(BudgetLine.fund_id, *(_sum(lines.c[m.value]).label(m.value) for m in Measure))
    rows = rows.outerjoin(lines, lines.c.budget_line_id == BudgetLine.id).where(*only)
    return rows.group_by(BudgetLine.fund_id).subquery("measures")


def _owed(when: AsAt, only: Conditions, year: FinancialYear | None) -> Subquery:
    figures = award_figures(when, year)
    gap = outstanding(figures)
    to_pay, to_recover = _sum(case((gap > 0, gap), else_=0)), _sum(case((gap < 0, -gap), else_=0))
    rows = select(BudgetLine.fund_id, to_pay.label("to_pay"), to_recover.label("to_recover")).select_from(figures)
    rows = rows.join(AwardLine, AwardLine.id == figures.c.award_line_id)
    rows = rows.join(BudgetLine, BudgetLine.id == AwardLine.budget_line_id).where(*only)
    return rows.group_by(BudgetLine.fund_id).subquery("owed")


def _first(when: AsAt, year: FinancialYear | None, *, some: bool) -> Subquery:
    rows = select(Entry.fund_id, func.sum(Entry.amount).label("original")).where(Entry.kind == Kind.ALLOCATION)
    rows = rows if when.kept else rows.where(*counted(when))
    # Asked of each allocation, and not by a join: the lines would be read first, and every entry of theirs.
    if some:
        rows = rows.where(Entry.fund_id.in_(bindparam("funds", expanding=True)))
    if year is not None:
        rows = rows.where(exists().where(BudgetLine.id == Entry.budget_line_id, BudgetLine.year == year))
    return rows.group_by(Entry.fund_id).subquery("first_allocated")


def _sum(column: ColumnElement[int]) -> ColumnElement[int]:
    return func.coalesce(func.sum(column), 0)
