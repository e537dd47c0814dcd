"""The year-end grant statement of a fund: one year's money as at a day, award by award, exact to the penny."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.kinds import Kind
from fundtracker.domain.money import Pence
from fundtracker.domain.refusals import NotFoundRefusal
from fundtracker.domain.spending import Spending, added
from fundtracker.domain.statuses import Source, SpendType
from fundtracker.domain.years import FinancialYear, first_day, last_day, today, year_label
from fundtracker.services.accruals import accruals_on, spending
from fundtracker.services.assertions import Checked, checked_assertions
from fundtracker.services.figures import AsAt, as_at, award_figures
from fundtracker.services.listings.payees import Payee, merged, payee_of
from fundtracker.services.match_funding import match_funding
from fundtracker.services.positions import Position, position
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.books import Entry
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.store.match_funding import MatchFunding
from fundtracker.store.periods import Accrual


@dataclass(frozen=True, kw_only=True)
class ScheduleRow:
    """One award line of the schedule, in pence; what is accrued on a budget line alone has no award."""

    award: str
    recipient: str
    line: str
    spend_type: SpendType
    awarded: Pence
    spent: Spending


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A fund's year as at a day: where it stands, each award of it, and what the general ledger says."""

    fund: Fund
    year: FinancialYear
    when: AsAt
    position: Position
    schedule: Sequence[ScheduleRow]
    carry_decisions: Sequence[str]
    ledger: Checked | None
    matched: MatchFunding | None

    @property
    def awarded(self) -> Pence:
        """Add the schedule's awards up."""
        return Pence(sum(row.awarded for row in self.schedule))

    @property
    def scheduled(self) -> Spending:
        """Add the schedule's spending up, which is the statement's."""
        return added(row.spent for row in self.schedule)

    @property
    def unexplained(self) -> Pence:
        """Give what the schedule leaves out of the expenditure: nothing, while the books are whole."""
        return Pence(self.position.spending.expenditure - self.scheduled.expenditure)


def grant_statement(session: Session, *, fund: Fund, year: FinancialYear, when: AsAt | None = None) -> Statement:
    """
    Give a fund's statement for a financial year: as at 31 March, or today while the year runs, unless told a day.

    Raises NotFoundRefusal where the fund has no budget line of that year.
    """
    lines = [line for line in fund.lines if line.year == year]
    if not lines:
        raise NotFoundRefusal(f"{fund.name} has no budget line of {year_label(year)}, so there is no statement of it.")
    when = when or as_at(session, min(last_day(year), today()))
    return Statement(
        fund=fund,
        year=year,
        when=when,
        position=position(session, when, fund, year),
        schedule=_schedule(session, when, lines),
        carry_decisions=_decisions(session, when, lines),
        ledger=_newest(session, fund, year, when),
        matched=match_funding(session, fund, year),
    )


def funds_of_year(session: Session, year: int) -> Sequence[Fund]:
    """Give the external funds with money of a financial year, in the order of their names."""
    rows = select(Fund).where(Fund.source == Source.EXTERNAL)
    rows = rows.where(Fund.id.in_(select(BudgetLine.fund_id).where(BudgetLine.year == year)))
    return session.scalars(rows.order_by(Fund.name, Fund.id)).all()


def _schedule(session: Session, when: AsAt, lines: Sequence[BudgetLine]) -> list[ScheduleRow]:
    figures, tree = award_figures(when), merged()
    accruals = accruals_on(session, when.day, lines)
    sums = (figures.c.awarded, figures.c.paid - figures.c.recovered)
    rows = select(AwardLine.id, AwardLine.budget_line_id, Award.reference, Payee.name, *sums)
    rows = rows.join(figures, figures.c.award_line_id == AwardLine.id).join(Award, Award.id == AwardLine.award_id)
    rows = rows.outerjoin(tree, tree.c.id == Award.organisation_id)
    rows = rows.outerjoin(Payee, Payee.id == payee_of(tree, Award.organisation_id))
    rows = rows.where(AwardLine.budget_line_id.in_([line.id for line in lines]))
    by_id = {line.id: line for line in lines}
    found = [
        _row(by_id[line], award, payee, int(awarded), spending(int(paid), _on(accruals, own)))
        for own, line, award, payee, awarded, paid in session.execute(rows.order_by(Award.reference, AwardLine.id))
    ]
    alone = [(line, spending(0, _alone(accruals, line))) for line in lines]
    return found + [_row(line, "", "", 0, spent) for line, spent in alone if spent != Spending()]


def _row(line: BudgetLine, award: str, recipient: str, awarded: int, spent: Spending) -> ScheduleRow:
    return ScheduleRow(
        award=award, recipient=recipient, line=line.label, spend_type=line.spend_type, awarded=Pence(awarded),
        spent=spent,
    )  # fmt: skip


def _on(accruals: Sequence[Accrual], award_line: int) -> list[Accrual]:
    return [one for one in accruals if one.award_line_id == award_line]


def _alone(accruals: Sequence[Accrual], line: BudgetLine) -> list[Accrual]:
    return [one for one in accruals if one.award_line_id is None and one.budget_line_id == line.id]


def _decisions(session: Session, when: AsAt, lines: Sequence[BudgetLine]) -> list[str]:
    """Give the decisions that carried money out of the year and stand, those after the day too."""
    known = Entry.number <= when.last_entry
    undone = select(Entry.reverses).where(known, Entry.reverses.is_not(None))
    rows = select(Entry.decision_reference).where(known, Entry.kind == Kind.CARRY_FORWARD_OUT)
    rows = rows.where(Entry.budget_line_id.in_([line.id for line in lines]), Entry.reverses.is_(None))
    found = session.scalars(rows.where(Entry.number.not_in(undone)).order_by(Entry.number))
    return list(dict.fromkeys(filter(None, found)))


def _newest(session: Session, fund: Fund, year: int, when: AsAt) -> Checked | None:
    """Give the last thing the general ledger was said to hold in the year, up to the day of the statement."""
    for checked in checked_assertions(session, fund):
        if first_day(year) <= checked.row.on_date <= when.day:
            return checked
    return None
