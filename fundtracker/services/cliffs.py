"""The cliff edge: which services lose their money by a day, by when each must be decided, and what follows it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import AwardStatus, AwardType, Basis
from fundtracker.domain.years import last_day
from fundtracker.services.exceptions.awards import standing
from fundtracker.services.figures import AsAt, award_figures
from fundtracker.services.listings.owed import stated_sum
from fundtracker.services.office import find_office
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.base import PenceColumn
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.store.organisations import Organisation

LONGEST = timedelta(days=366)  # a term longer than this is more than a year


class Facts(NamedTuple):
    """What is known of an award, in pence; `last_year` is the newest year of its firm lines, and `in_last` theirs."""

    id: int
    reference: str
    follows_id: int | None
    type: AwardType
    status: AwardStatus
    purpose: str
    benefits: str
    organisation_id: int
    organisation: str
    awarded_on: date
    starts_on: date | None
    ends_on: date | None
    awarded: Pence | None
    last_year: int | None
    waiting: int


@dataclass(frozen=True, kw_only=True)
class Cliff:
    """
    One service whose money ends, who pays for it, and what a year of it costs in pence, None where not stated.

    `history` is every award before it in its chain, the oldest first; `after` is the one that follows it.
    """

    award: Facts
    ends: date
    stated: bool
    a_year: Pence | None
    funds: tuple[tuple[str, str, str], ...]
    lead: int
    day: date
    history: tuple[Facts, ...] = ()
    after: Facts | None = None

    @property
    def decide_by(self) -> date:
        """Give the last day on which a renewal or a procurement can begin in time."""
        return self.ends - timedelta(days=self.lead)

    @property
    def days_left(self) -> int:
        """Give the days until then; below zero, how late it is."""
        return (self.decide_by - self.day).days

    @property
    def safe(self) -> bool:
        """Say whether an award that stands follows it."""
        return self.after is not None


def cliff_edge(session: Session, when: AsAt, until: date) -> list[Cliff]:
    """
    Give the grants and contracts that stand and whose money ends by a day, those to be decided first before others.

    One without an end has money to 31 March of the newest year that it has firm money of. In four queries.
    """
    known = {one.id: one for one in _awards(session, when)}
    after = {one.follows_id: one for one in known.values() if one.follows_id}
    office = find_office(session)
    ending = {one.id: _ends(one) for one in known.values() if one.status is not AwardStatus.COMPLETED}
    ids = [key for key, ends in ending.items() if ends and when.day < ends <= until]
    money, funds = _in_last_year(session, when, ids), _funds(session, ids)
    cliffs = []
    for key in ids:
        one, ends = known[key], ending[key]
        lead = office.procure_days if one.type is AwardType.CONTRACT else office.renew_days
        cliffs.append(Cliff(
            award=one, ends=ends or until, stated=one.ends_on is not None, a_year=_a_year(one, money.get(key)),
            funds=funds.get(key, ()), lead=lead, day=when.day, history=_before(one, known), after=after.get(key),
        ))  # fmt: skip
    return sorted(cliffs, key=lambda one: (one.safe, one.decide_by, -(one.a_year or 0), one.award.reference))


def _awards(session: Session, when: AsAt) -> list[Facts]:
    figures = award_figures(when)
    firm = or_(AwardLine.basis != Basis.SUBJECT_TO_FUNDING, figures.c.award_line_id.is_not(None))
    waits = and_(AwardLine.basis == Basis.SUBJECT_TO_FUNDING, figures.c.award_line_id.is_(None))
    facts: list[Any] = [Award.id, Award.reference, Award.follows_id, Award.type, Award.status, Award.purpose,
                        Award.benefits, Award.organisation_id, Organisation.name, Award.awarded_on, Award.starts_on,
                        Award.ends_on]  # fmt: skip
    newest = func.max(case((firm, BudgetLine.year)))
    rows = select(*facts, stated_sum(figures.c.awarded), newest, func.sum(case((waits, 1), else_=0)))
    rows = rows.select_from(Award).join(AwardLine, AwardLine.award_id == Award.id)
    rows = rows.join(Organisation, Organisation.id == Award.organisation_id)
    rows = rows.join(BudgetLine, BudgetLine.id == AwardLine.budget_line_id)
    rows = rows.outerjoin(figures, figures.c.award_line_id == AwardLine.id)
    found: Any = session.execute(rows.where(*standing(when)).group_by(*facts).order_by(Award.id))
    return [Facts(*row) for row in found]


def _ends(one: Facts) -> date | None:
    if one.ends_on:
        return one.ends_on
    return last_day(one.last_year) if one.last_year is not None else None


def _in_last_year(session: Session, when: AsAt, ids: Sequence[int]) -> Mapping[int, tuple[int, Pence]]:
    """Give how many years each award has money of, and what it has of the newest, in pence."""
    figures = award_figures(when)
    rows = select(AwardLine.award_id, BudgetLine.year, func.sum(figures.c.awarded, type_=PenceColumn))
    rows = rows.join(figures, figures.c.award_line_id == AwardLine.id)
    rows = rows.join(BudgetLine, BudgetLine.id == AwardLine.budget_line_id).where(AwardLine.award_id.in_(ids))
    found: dict[int, tuple[int, Pence]] = {}
    for award, _, amount in session.execute(
        rows.group_by(AwardLine.award_id, BudgetLine.year).order_by(BudgetLine.year)
    ):
        found[award] = (found.get(award, (0, 0))[0] + 1, amount)
    return found


def _a_year(one: Facts, money: tuple[int, Pence] | None) -> Pence | None:
    """Give what a year costs: the newest year's lines, or the share of a year in a term charged to one year."""
    if money is None or one.awarded is None:
        return None
    years, newest = money
    term = one.ends_on - one.starts_on if one.starts_on and one.ends_on else timedelta()
    if years > 1 or term <= LONGEST:
        return newest
    return Pence(one.awarded * 365 // (term.days + 1))


def _funds(session: Session, ids: Iterable[int]) -> dict[int, tuple[tuple[str, str, str], ...]]:
    """Give the funds that pay for each award, with their funders."""
    rows = select(AwardLine.award_id, Fund.reference, Fund.name, Fund.funder).distinct()
    rows = rows.join(BudgetLine, BudgetLine.id == AwardLine.budget_line_id).join(Fund, Fund.id == BudgetLine.fund_id)
    found: dict[int, tuple[tuple[str, str, str], ...]] = {}
    for award, *fund in session.execute(rows.where(AwardLine.award_id.in_(ids)).order_by(Fund.reference)):
        reference, name, funder = fund
        found[award] = (*found.get(award, ()), (reference, name, funder))
    return found


def _before(one: Facts, known: Mapping[int, Facts]) -> tuple[Facts, ...]:
    """Give the awards that one follows, the oldest first; a chain that meets itself ends there."""
    chain, seen = [], {one.id}
    while one.follows_id and one.follows_id in known and one.follows_id not in seen:
        one = known[one.follows_id]
        seen.add(one.id)
        chain.append(one)
    return tuple(reversed(chain))
