"""Counts: awards, organisations, values not stated and gifts, each counted once as at a date."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import Session

from fundtracker.domain.statuses import AwardType, Basis
from fundtracker.domain.years import FinancialYear
from fundtracker.services.figures import AsAt, Rows, award_figures
from fundtracker.services.listings.payees import Payee, merged, payee_of
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.funds import BudgetLine

COUNTED_TYPES = (AwardType.GRANT, AwardType.CONTRACT)


@dataclass(frozen=True, slots=True)
class Counts:
    """
    How many awards, organisations, lines without a value and gifts in kind.

    Organisations that were merged count once, and those that stand for several not at all.
    """

    awards: int = 0
    organisations: int = 0
    without_value: int = 0
    in_kind: int = 0


def fund_counts(session: Session, when: AsAt, year: FinancialYear | None = None) -> dict[int, Counts]:
    """Give the counts of each fund, or those of its lines of a year, in one query; gifts stand on no line."""
    return {fund_id: Counts(*counts) for fund_id, *counts in session.connection().execute(_by_fund(when, year)).all()}


def count_all(session: Session, when: AsAt) -> Counts:
    """Count over all funds, gifts too, and nothing twice, in one query."""
    return Counts(*session.connection().execute(_over_all(when)).one())


def count_some(session: Session, when: AsAt, fund_ids: Iterable[int], year: FinancialYear | None = None) -> Counts:
    """Count over some funds, or their lines of a year, nothing twice and no gifts, in one query."""
    return Counts(*session.execute(_over_some(when, year), {"funds": list(fund_ids)}).one())


@lru_cache
def _by_fund(when: AsAt, year: FinancialYear | None) -> Rows:
    return _lines(when, year, BudgetLine.fund_id).group_by(BudgetLine.fund_id)


@lru_cache
def _over_all(when: AsAt) -> Rows:
    return _lines(when, None).add_columns(_gifts(when).scalar_subquery())


@lru_cache
def _over_some(when: AsAt, year: FinancialYear | None) -> Rows:
    return _lines(when, year).where(BudgetLine.fund_id.in_(bindparam("funds", expanding=True)))


def _lines(when: AsAt, year: FinancialYear | None, *by: Any) -> Rows:
    """Count the award lines that count, after what they are grouped by."""
    figures, tree = award_figures(when), merged()
    no_entry = figures.c.award_line_id.is_(None)
    counts = [
        func.count(Award.id.distinct()),
        func.count(case((Payee.stands_for_several.is_(False), Payee.id)).distinct()),
        func.count(case((no_entry, 1))),
    ]
    lines = (
        select(*by, *counts)
        .select_from(AwardLine)
        .join(Award, Award.id == AwardLine.award_id)
        .join(BudgetLine, BudgetLine.id == AwardLine.budget_line_id)
        .outerjoin(tree, tree.c.id == Award.organisation_id)
        .outerjoin(Payee, Payee.id == payee_of(tree, Award.organisation_id))
        .outerjoin(figures, figures.c.award_line_id == AwardLine.id)
    )
    lines = lines if year is None else lines.where(BudgetLine.year == year)
    return lines.where(*counted_lines(when, figures))


def counted_lines(when: AsAt, figures: Subquery) -> tuple[ColumnElement[bool], ...]:
    """Say which award lines count, where `award_figures` is joined from the outside."""
    no_entry = figures.c.award_line_id.is_(None)
    unstated = and_(AwardLine.basis == Basis.NOT_STATED, no_entry, _standing(when))
    counted = or_(*(Award.type == kind for kind in COUNTED_TYPES))  # unlike IN, not written anew each time
    return counted, or_(figures.c.awarded > 0, unstated)


def _standing(when: AsAt) -> ColumnElement[bool]:
    return and_(Award.awarded_on <= when.day, or_(Award.withdrawn_on.is_(None), Award.withdrawn_on > when.day))


def _gifts(when: AsAt) -> Select[int]:
    return select(func.count(Award.id)).where(Award.type == AwardType.IN_KIND, _standing(when))
