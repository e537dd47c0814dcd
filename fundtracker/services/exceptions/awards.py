"""Rules about awards: money that is not firm, an end with nothing after it, mixed spend types, and what is unsaid."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import AwardStatus, AwardType, Basis
from fundtracker.domain.years import first_day, last_day, long_date, year_label
from fundtracker.services.counts import COUNTED_TYPES
from fundtracker.services.exceptions.found import Found, Look, a_month_on
from fundtracker.services.exceptions.rules import Rule
from fundtracker.services.figures import AsAt, award_figures
from fundtracker.services.listings.owed import stated_sum
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.store.organisations import Organisation

_FACTS = (Award.reference, Organisation.name, Fund.name, Fund.reference, Award.awarded_on, Award.type, Award.ends_on)


class Said(NamedTuple):
    """What is known of an award, its fund where it has one, and its pence, None where not stated."""

    award: str
    organisation: str
    fund: str | None
    fund_reference: str | None
    awarded_on: date
    type: AwardType
    ends_on: date | None
    amount: Pence | None

    def found(self, rule: Rule, what: str, since: date, due: date, amount: Pence | None) -> Found:
        """Say what a rule found wrong with this award."""
        return Found(
            rule=rule, subject=f"award:{self.award}", kind="award", reference=self.award,
            who=self.organisation, detail=what,
            award=self.award, amount=amount, since=since, due=due, fund=self.fund or "",
            fund_reference=self.fund_reference or "",
        )  # fmt: skip


def standing(when: AsAt) -> tuple[ColumnElement[bool], ...]:
    """Say which grants and contracts stood on a day."""
    not_withdrawn = or_(Award.withdrawn_on.is_(None), Award.withdrawn_on > when.day)
    return Award.type.in_(COUNTED_TYPES), Award.awarded_on <= when.day, not_withdrawn


def find_ending(look: Look) -> Iterator[Found]:
    """Find contracts, and grants that follow an earlier award, that end soon or have ended, and nothing follows."""
    near = look.day + look.days(Rule.ENDING)
    after = aliased(Award)
    followed = exists().where(after.follows_id == Award.id, after.awarded_on <= look.day,
                              after.status != AwardStatus.WITHDRAWN)  # fmt: skip
    goes_on = or_(Award.type == AwardType.CONTRACT, Award.follows_id.is_not(None))
    wanted = and_(goes_on, Award.ends_on <= near, Award.status != AwardStatus.COMPLETED, ~followed)
    for said in awards_where(look, wanted):
        if said.ends_on:
            says = (
                f"its {said.type.value} {'ended' if said.ends_on < look.day else 'ends'} on {long_date(said.ends_on)}"
            )
            since = max(said.awarded_on, said.ends_on - look.days(Rule.ENDING))
            yield said.found(Rule.ENDING, f"{says}, and nothing follows it", since, said.ends_on, said.amount)


def find_unsaid(look: Look) -> Iterator[Found]:
    """Find grants and contracts with no reasons."""
    for said in awards_where(look, Award.reasons == ""):
        due = a_month_on(said.awarded_on)
        yield said.found(Rule.NO_REASONS, "no reasons are recorded", said.awarded_on, due, said.amount)


def find_mixed(look: Look) -> Iterator[Found]:
    """Find awards that take from capital and revenue with no decision that mixes the two."""
    types = select(func.count(BudgetLine.spend_type.distinct())).join(AwardLine).where(AwardLine.award_id == Award.id)
    for said in awards_where(look, and_(Award.decision_reference == "", types.scalar_subquery() > 1)):
        says = "takes from capital and from revenue, with no decision reference"
        yield said.found(Rule.SPEND_TYPES, says, said.awarded_on, a_month_on(said.awarded_on), said.amount)


def find_waiting(look: Look) -> Iterator[Found]:
    """Find award lines that wait: for next year's money, or for a value."""
    figures = award_figures(look.when)
    rows = _joined(select(*_FACTS, AwardLine.proposed, AwardLine.basis, BudgetLine.year), figures, by_line=True)
    waits = (AwardLine.basis != Basis.FIRM, figures.c.award_line_id.is_(None))
    for *facts, basis, year in look.session.execute(rows.where(*waits, *standing(look.when)).order_by(AwardLine.id)):
        said = Said(*facts)
        if basis is Basis.NOT_STATED:
            due = a_month_on(said.awarded_on)
            yield said.found(Rule.NO_VALUE, "the award has no value", said.awarded_on, due, None)
        elif said.type is AwardType.GRANT and look.watches(Rule.NEXT_YEAR):
            yield from _not_firm(look, said, year)


def _not_firm(look: Look, said: Said, year: int) -> Iterator[Found]:
    begins = first_day(year) - look.days(Rule.NEXT_YEAR)
    if begins <= look.day:
        says = f"goes on after {long_date(last_day(year - 1))}, and its money of {year_label(year)} is not firm"
        yield said.found(Rule.NEXT_YEAR, says, max(said.awarded_on, begins), first_day(year), said.amount)


def awards_where(look: Look, wanted: ColumnElement[bool]) -> list[Said]:
    """Give the grants and contracts that stood on the day of a look and are wanted, with their pence."""
    figures = award_figures(look.when)
    rows = _joined(select(*_FACTS, stated_sum(figures.c.awarded)), figures, by_line=False)
    rows = rows.where(wanted, *standing(look.when)).group_by(Award.id, *_FACTS).order_by(Award.id)
    return [Said(*row) for row in look.session.execute(rows)]


def _joined(rows: Any, figures: Any, *, by_line: bool) -> Any:
    """Join awards with their lines, recipients and funds; an award over several funds has none of its own."""
    rows = rows.select_from(Award).join(AwardLine, AwardLine.award_id == Award.id)
    rows = rows.join(Organisation, Organisation.id == Award.organisation_id)
    rows = rows.outerjoin(figures, figures.c.award_line_id == AwardLine.id)
    if not by_line:
        return rows.outerjoin(Fund, Fund.id == Award.fund_id)
    rows = rows.join(BudgetLine, BudgetLine.id == AwardLine.budget_line_id)
    return rows.join(Fund, Fund.id == BudgetLine.fund_id)
