"""The figures of one financial year as at a day: its money, its awards and their reach, and what was applied for."""

from dataclasses import dataclass, field

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from fundtracker.domain.balances import Balance, total
from fundtracker.domain.money import ZERO, Pence
from fundtracker.domain.years import FinancialYear
from fundtracker.services.behind.cutting import AREA
from fundtracker.services.counts import Counts, count_some, counted_lines
from fundtracker.services.figures import AsAt, award_figures, fund_balances
from fundtracker.services.listings.owed import pence_sum
from fundtracker.services.listings.payees import Payee, merged, payee_of
from fundtracker.services.papers.applied import Applied, applied
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.funds import BudgetLine
from fundtracker.store.office import Area


@dataclass(frozen=True, kw_only=True)
class YearFigures:
    """A year's budget lines as at a day, in pence and counts; `proposed` is subject to funding, and counted nowhere."""

    year: FinancialYear
    when: AsAt
    balance: Balance = field(default_factory=Balance)
    funds: int = 0
    counts: Counts = field(default_factory=Counts)
    valued: int = 0
    proposed: Pence = ZERO
    areas: tuple[str, ...] = ()
    applied: Applied = field(default_factory=Applied)

    @property
    def average(self) -> Pence | None:
        """Give what was awarded for each award of a stated value, to the nearest penny; None where there is none."""
        return Pence((2 * self.balance.awarded + self.valued) // (2 * self.valued)) if self.valued else None


def year_figures(session: Session, when: AsAt, year: FinancialYear) -> YearFigures:
    """Add up a financial year's budget lines as at a day, in five queries."""
    balances = {fund: one for fund, one in fund_balances(session, when, year=year).items() if one != Balance()}
    valued, proposed = _lines(session, when, year)
    return YearFigures(
        year=year, when=when, balance=total(balances.values()), funds=len(balances),
        counts=count_some(session, when, list(balances), year), valued=valued, proposed=proposed,
        areas=_areas(session, when, year), applied=applied(session, when, year),
    )  # fmt: skip


def _lines(session: Session, when: AsAt, year: FinancialYear) -> tuple[int, Pence]:
    """Count the awards of a stated value, and add up what waits for funding."""
    figures = award_figures(when, year)
    unposted = and_(figures.c.award_line_id.is_(None), Award.withdrawn_on.is_(None), Award.awarded_on <= when.day)
    rows = (
        select(
            func.count(case((figures.c.awarded > 0, Award.id)).distinct()),
            pence_sum(case((unposted, AwardLine.proposed))),
        )
        .select_from(AwardLine)
        .join(Award, Award.id == AwardLine.award_id)
        .join(BudgetLine, BudgetLine.id == AwardLine.budget_line_id)
        .outerjoin(figures, figures.c.award_line_id == AwardLine.id)
    )
    found = session.execute(rows.where(BudgetLine.year == year)).one()
    return found[0], found[1]


def _areas(session: Session, when: AsAt, year: FinancialYear) -> tuple[str, ...]:
    """Name the areas of the awards that count: the award's own, else that of what its organisation is now."""
    figures, tree = award_figures(when, year), merged()
    rows = (
        select(Area.name)
        .distinct()
        .select_from(AwardLine)
        .join(Award, Award.id == AwardLine.award_id)
        .join(BudgetLine, BudgetLine.id == AwardLine.budget_line_id)
        .outerjoin(tree, tree.c.id == Award.organisation_id)
        .outerjoin(Payee, Payee.id == payee_of(tree, Award.organisation_id))
        .join(Area, Area.id == AREA)
        .outerjoin(figures, figures.c.award_line_id == AwardLine.id)
    )
    return tuple(
        session.scalars(rows.where(BudgetLine.year == year, *counted_lines(when, figures)).order_by(Area.name))
    )
