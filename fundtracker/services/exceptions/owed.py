"""Rules about what is owed on awards: instalments on hold or overdue, and what recipients are to give back."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from fundtracker.domain.kinds import EventKind
from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import AwardStatus, AwardType, FundStatus
from fundtracker.domain.terms import waits_for
from fundtracker.domain.years import long_date
from fundtracker.services.exceptions.found import Found, Look, a_month_on
from fundtracker.services.exceptions.rules import Rule
from fundtracker.services.exceptions.since import OWED, above_zero_since
from fundtracker.services.figures import award_figures, outstanding
from fundtracker.services.holds import held_words
from fundtracker.services.instalments import slots
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.books import Entry
from fundtracker.store.events import Event
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.store.organisations import Organisation


class Late(NamedTuple):
    """An instalment whose day has passed, with something left to pay, in pence, and what may hold it."""

    line_id: int
    instalment_id: int | None
    due_on: date
    amount: Pence
    left: Pence
    condition: str
    condition_met_on: date | None
    held_why: str
    unmet: str | None
    late_on: date | None
    unaccepted_on: date | None
    award_id: int
    award: str
    organisation: str
    fund: str
    fund_reference: str
    fund_id: int
    fund_status: FundStatus

    @property
    def barrier(self) -> str:
        """Say what holds it, where anything does."""
        if self.held_why:
            return self.held_why
        own = self.condition if self.condition_met_on is None else ""
        if words := waits_for(own or self.unmet, self.late_on, self.unaccepted_on):
            return words[0].lower() + words[1:]
        return "the fund is suspended" if self.fund_status is FundStatus.SUSPENDED else ""


def find_instalments(look: Look) -> Iterator[Found]:
    """Find instalments that are due and on hold for too long, or overdue with nothing in their way."""
    late = _late(look)
    held = _held_since(look.session, look.day, [row for row in late if row.barrier])
    for row in late:
        begun = held.get(row, row.due_on)
        rule = Rule.HELD if row.barrier else Rule.OVERDUE
        if look.watches(rule) and begun + look.days(rule) < look.day:
            says = f"on hold since {long_date(begun)}: {row.barrier}" if row.barrier else "not paid"
            yield Found(
                rule=rule, subject=f"instalment:{row.award}:{row.line_id}-{row.instalment_id or 0}", kind="award",
                reference=row.award, who=row.organisation, award=row.award,
                detail=f"{_due(row)}, {says}",
                amount=row.left, since=begun, due=a_month_on(begun) if row.barrier else row.due_on, fund=row.fund,
                fund_reference=row.fund_reference, part_of=f"unspent:{row.fund_id}",
            )  # fmt: skip


def _due(row: Late) -> str:
    if row.instalment_id is None:
        return f"no schedule, so due in whole on {long_date(row.due_on)}"
    return f"due on {long_date(row.due_on)}"


def _late(look: Look) -> list[Late]:
    gap = AwardLine.awarded - AwardLine.paid + AwardLine.recovered
    wanted = [Award.type != AwardType.PAID_IN_ERROR, Award.awarded_on <= look.day]
    wanted += [gap > 0, Award.status != AwardStatus.COMPLETED] if look.when.kept else []
    s = slots(*wanted, when=look.when).c
    facts: list[Any] = [s.line_id, s.instalment_id, s.due_on, s.amount, s.left, s.condition, s.condition_met_on,
                        s.held_why, s.unmet, s.late_on, s.unaccepted_on, Award.id, Award.reference, Organisation.name,
                        Fund.name, Fund.reference, Fund.id, Fund.status]  # fmt: skip
    rows = select(*facts).join(AwardLine, AwardLine.id == s.line_id).join(Award, Award.id == AwardLine.award_id)
    rows = rows.join(Organisation, Organisation.id == Award.organisation_id)
    rows = rows.join(BudgetLine, BudgetLine.id == AwardLine.budget_line_id).join(Fund, Fund.id == BudgetLine.fund_id)
    rows = rows.where(s.left > 0, s.due_on < look.day).order_by(s.due_on, s.line_id)
    return [Late(*row) for row in look.session.execute(rows)]


def _held_since(session: Session, day: date, held: Sequence[Late]) -> dict[Late, date]:
    """Give since when each held instalment that was due is held: no earlier than its day, nor than the hold itself."""
    if not held:
        return {}
    kinds = (EventKind.INSTALMENT_HELD, EventKind.FUND_SUSPENDED)
    awards, funds = {row.award_id for row in held}, {row.fund_id for row in held}
    rows = select(Event).where(Event.kind.in_(kinds), Event.on_date <= day).order_by(Event.id)
    events = session.scalars(rows.where(or_(Event.award_id.in_(awards), Event.fund_id.in_(funds)))).all()
    return {row: max([row.due_on, *(_begun(row, events))]) for row in held}


def _begun(row: Late, events: Sequence[Event]) -> list[date]:
    """Give the day of the last step that put it on hold, where one did."""
    if row.held_why:
        words = held_words(row.amount, row.due_on)
        mine = [one.on_date for one in events if one.award_id == row.award_id and one.narrative.startswith(words)]
    elif (row.condition and row.condition_met_on is None) or row.unmet:
        mine = []
    elif waited := row.late_on or row.unaccepted_on:
        mine = [waited]
    else:
        mine = [one.on_date for one in events if one.fund_id == row.fund_id]
    return mine[-1:]


def find_to_recover(look: Look) -> Iterator[Found]:
    """Find award lines whose recipient has held more than it is awarded for too long."""
    figures = award_figures(look.when)
    gap = outstanding(figures)
    facts = (AwardLine.id, Award.reference, Organisation.name, Fund.name, Fund.reference)
    rows = select(*facts, func.sum(-gap)).select_from(figures)
    rows = rows.join(AwardLine, AwardLine.id == figures.c.award_line_id).join(Award, Award.id == AwardLine.award_id)
    rows = rows.join(Organisation, Organisation.id == Award.organisation_id)
    rows = rows.join(BudgetLine, BudgetLine.id == AwardLine.budget_line_id).join(Fund, Fund.id == BudgetLine.fund_id)
    lines = look.session.execute(rows.where(gap < 0).group_by(*facts).order_by(AwardLine.id)).all()
    ids = [line for line, *_ in lines]
    since = above_zero_since(look.session, look.when, Entry.award_line_id, ids, OWED)
    for line, award, organisation, fund, fund_reference, amount in lines:
        begun = since.get(line, look.day)
        if begun + look.days(Rule.TO_RECOVER) < look.day:
            yield Found(
                rule=Rule.TO_RECOVER, subject=f"owed:{award}:{line}", kind="award", reference=award,
                who=organisation, award=award, detail="holds more than it is awarded", amount=Pence(int(amount)),
                since=begun, due=a_month_on(begun), fund=fund, fund_reference=fund_reference,
            )  # fmt: skip
