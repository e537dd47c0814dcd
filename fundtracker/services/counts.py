"""Counts: awards, organisations, values not stated and gifts, each counted once as at a date."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, or_, select
from sqlalchemy.orm import Session

from fundtracker.domain.statuses import AwardType, Basis
from fundtracker.domain.years import FinancialYear
from fundtracker.services.figures import AsAt, Rows, award_figures
from fundtracker.services.organisations import roots
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.store.organisations import Organisation

COUNTED_TYPES = (AwardType.GRANT, AwardType.CONTRACT)


@dataclass
class Counts:
    """How many awards, distinct organisations paid, lines without a value and gifts in kind."""

    awards: int = 0
    without_value: int = 0
    in_kind: int = 0
    payees: set[int] = field(default_factory=set)

    @property
    def organisations(self) -> int:
        """Count the organisations paid, merged ones once and those that stand for several not at all."""
        return len(self.payees)


def fund_counts(session: Session, when: AsAt, year: FinancialYear | None = None) -> tuple[dict[int, Counts], Counts]:
    """Give the counts of each fund, and those over all funds, in which nothing is counted twice; of a year's lines."""
    by_fund: dict[int, Counts] = defaultdict(Counts)
    whole = Counts()
    figures = award_figures(when)
    live = _live_lines(figures, when, year)
    number = func.count(Award.id.distinct())
    for fund_id, awards in session.execute(
        live.with_only_columns(BudgetLine.fund_id, number).group_by(BudgetLine.fund_id)
    ):
        by_fund[fund_id].awards = awards
    whole.awards = session.execute(live.with_only_columns(number)).scalar_one()
    empty = live.where(figures.c.award_line_id.is_(None)).with_only_columns(BudgetLine.fund_id, func.count())
    for fund_id, lines in session.execute(empty.group_by(BudgetLine.fund_id)):
        by_fund[fund_id].without_value = lines
        whole.without_value += lines
    _count_payees(session, live, by_fund, whole)
    whole.in_kind = session.execute(_gifts(when)).scalar_one()
    return by_fund, whole


def count_awards(session: Session, when: AsAt, fund_ids: Iterable[int], year: FinancialYear | None = None) -> int:
    """Count the awards of some funds, one that several of them pay for once."""
    live = _live_lines(award_figures(when), when, year).where(BudgetLine.fund_id.in_(list(fund_ids)))
    return session.execute(live.with_only_columns(func.count(Award.id.distinct()))).scalar_one()


def counts_of(session: Session, when: AsAt, fund: Fund) -> Counts:
    """Give one fund's awards and its lines without a value, in one query; its organisations are not counted."""
    figures = award_figures(when)
    empty = func.count(case((figures.c.award_line_id.is_(None), 1)))
    mine = _live_lines(figures, when, None).where(BudgetLine.fund_id == fund.id)
    awards, without_value = session.execute(mine.with_only_columns(func.count(Award.id.distinct()), empty)).one()
    return Counts(awards=awards, without_value=without_value)


def _live_lines(figures: Subquery, when: AsAt, year: FinancialYear | None) -> Rows:
    lines = (
        select(AwardLine.id)
        .join(Award, Award.id == AwardLine.award_id)
        .join(Organisation, Organisation.id == Award.organisation_id)
        .join(BudgetLine, BudgetLine.id == AwardLine.budget_line_id)
        .outerjoin(figures, figures.c.award_line_id == AwardLine.id)
    )
    unstated = and_(AwardLine.basis == Basis.NOT_STATED, figures.c.award_line_id.is_(None), _standing(when))
    lines = lines if year is None else lines.where(BudgetLine.year == year)
    return lines.where(Award.type.in_(COUNTED_TYPES), or_(figures.c.awarded > 0, unstated))


def _standing(when: AsAt) -> ColumnElement[bool]:
    return and_(Award.awarded_on <= when.day, or_(Award.withdrawn_on.is_(None), Award.withdrawn_on > when.day))


def _count_payees(session: Session, live: Rows, by_fund: dict[int, Counts], whole: Counts) -> None:
    into = roots(session)
    several = set(session.scalars(select(Organisation.id).where(Organisation.stands_for_several)))
    pairs = live.with_only_columns(BudgetLine.fund_id, Award.organisation_id).distinct()
    for fund_id, organisation_id in session.execute(pairs):
        payee = into.get(organisation_id, organisation_id)
        if payee not in several:
            by_fund[fund_id].payees.add(payee)
            whole.payees.add(payee)


def _gifts(when: AsAt) -> Select[int]:
    return select(func.count()).select_from(Award).where(Award.type == AwardType.IN_KIND, _standing(when))
