"""What the Panel's report says of each fund, as the books have it at a day: sums, awards, doubts and what is next."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from fundtracker.domain.balances import Balance
from fundtracker.domain.money import Pence
from fundtracker.domain.quarters import Quarter
from fundtracker.domain.statuses import Doubt
from fundtracker.services.counts import COUNTED_TYPES, Counts, fund_counts
from fundtracker.services.figures import AsAt, as_at, award_figures, fund_balances
from fundtracker.services.listings.payees import Payee, merged, payee_of
from fundtracker.services.papers.panel_doubts import Doubtful, doubtful
from fundtracker.services.papers.panel_steps import Steps, next_steps
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.store.office import Objective


@dataclass(frozen=True)
class Given:
    """One award that counts, on the lines of the year: to whom, for whom and for what, in pence."""

    reference: str
    payee_id: int
    organisation: str
    several: bool
    person: bool
    benefits: str
    purpose: str
    on: date
    awarded: Pence
    doubt: Doubt


@dataclass(frozen=True)
class Told:
    """One fund of the report: its sums at the day and before the quarter began, its awards, doubts and next steps."""

    fund: Fund
    balance: Balance
    before: Balance
    counts: Counts
    awards: Sequence[Given] = ()
    doubts: Doubtful = field(default_factory=Doubtful)
    steps: Steps = field(default_factory=Steps)

    @property
    def is_new(self) -> bool:
        """Say whether none of its money was there before the quarter."""
        return self.before == Balance()

    @property
    def all_paid(self) -> bool:
        """Say whether each award was paid in full, so that what was awarded can be told as given out."""
        balance = self.balance
        return balance.net_paid == balance.awarded > 0 and not balance.to_pay and not balance.to_recover


@dataclass(frozen=True)
class Reading:
    """The quarter, the day it is read at, and the funds in the order of the plan's objectives, then by name."""

    quarter: Quarter
    when: AsAt
    objectives: Sequence[Objective]
    funds: Sequence[Told]

    def of(self, objective: Objective | None) -> list[Told]:
        """Give the funds of one objective, or of none."""
        key = objective.id if objective else None
        return [told for told in self.funds if told.fund.objective_id == key]


def read_quarter(session: Session, quarter: Quarter, when: AsAt) -> Reading:
    """Read what the funds with money of the quarter's year came to by a day, in a number of queries that is fixed."""
    year = quarter.year
    balances, counts = fund_balances(session, when, year=year), fund_counts(session, when, year)
    start = as_at(session, quarter.first - timedelta(days=1), when.last_entry)
    before = fund_balances(session, start, year=year)
    awards, doubts = _awards(session, when, year), doubtful(session, when, year)
    steps = next_steps(session, when.day, year)
    told = [
        Told(
            fund, balances[fund.id], before.get(fund.id, Balance()), counts.get(fund.id, Counts()),
            awards.get(fund.id, ()), doubts.get(fund.id, Doubtful()), steps.get(fund.id, Steps()),
        )
        for fund in _funds(session, year)
        if balances.get(fund.id, Balance()) != Balance() or counts.get(fund.id, Counts()).without_value
    ]  # fmt: skip
    return Reading(quarter, when, session.scalars(select(Objective).order_by(Objective.id)).all(), told)


def _funds(session: Session, year: int) -> Sequence[Fund]:
    own = select(BudgetLine.fund_id).where(BudgetLine.year == year)
    funds = select(Fund).where(Fund.id.in_(own)).options(joinedload(Fund.objective), selectinload(Fund.outcomes))
    # In the order in which the office recorded them, which is that of its own workbook.
    return session.scalars(funds.order_by(Fund.id)).all()


def _awards(session: Session, when: AsAt, year: int) -> dict[int, list[Given]]:
    figures, tree = award_figures(when), merged()
    awarded = func.sum(figures.c.awarded)
    facts = (
        Award.reference, Payee.id, Payee.name, Payee.stands_for_several, Payee.type, Award.benefits, Award.purpose,
        Award.awarded_on, Award.amount_doubt,
    )  # fmt: skip
    rows = (
        select(BudgetLine.fund_id, awarded, *facts)
        .select_from(AwardLine)
        .join(figures, figures.c.award_line_id == AwardLine.id)
        .join(BudgetLine, BudgetLine.id == AwardLine.budget_line_id)
        .join(Award, Award.id == AwardLine.award_id)
        .outerjoin(tree, tree.c.id == Award.organisation_id)
        .outerjoin(Payee, Payee.id == payee_of(tree, Award.organisation_id))
    )
    rows = rows.where(BudgetLine.year == year, Award.type.in_(COUNTED_TYPES)).group_by(BudgetLine.fund_id, *facts)
    found: dict[int, list[Given]] = {}
    for fund, amount, reference, payee, name, several, kind, *rest in session.execute(rows.having(awarded > 0)):
        person = "individual" in kind.casefold()
        given = Given(reference, payee, name, several, person, rest[0], rest[1], rest[2], Pence(int(amount)), rest[3])
        found.setdefault(fund, []).append(given)
    return found
