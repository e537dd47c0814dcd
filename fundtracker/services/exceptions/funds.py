"""Rules about funds: more awarded than allocated, money left where it cannot be awarded, and time nearly up."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from fundtracker.domain.balances import Balance
from fundtracker.domain.kinds import EventKind, Kind
from fundtracker.domain.money import Pence, pounds, share
from fundtracker.domain.statuses import FundStatus, SpendType
from fundtracker.domain.years import long_date
from fundtracker.services.attention import left_behind
from fundtracker.services.exceptions.found import Found, Look, a_month_on, per_cent_of
from fundtracker.services.exceptions.rules import Rule
from fundtracker.services.exceptions.since import OVER, above_zero_since
from fundtracker.services.figures import AsAt, counted, line_figures
from fundtracker.store.books import Entry
from fundtracker.store.events import Event
from fundtracker.store.funds import BudgetLine, Fund, line_label

_STOPPED = {FundStatus.CLOSED: EventKind.FUND_CLOSED, FundStatus.SUSPENDED: EventKind.FUND_SUSPENDED}


class Over(NamedTuple):
    """A budget line with more awarded than allocated, in pence."""

    line_id: int
    fund: str
    fund_reference: str
    year: int
    spend_type: SpendType
    lot: str
    over: int
    allowed: int


def find_over(look: Look) -> Iterator[Found]:
    """Find budget lines with more awarded than allocated: by a funder’s cut, beyond what is allowed, or within it."""
    lines = _over(look)
    ids = [line.line_id for line in lines]
    since = above_zero_since(look.session, look.when, Entry.budget_line_id, ids, OVER)
    cuts = _cuts(look.session, look.when, ids)
    for line in lines:
        rule, says = _which(line, cuts.get(line.line_id))
        begun, label = since.get(line.line_id, look.day), line_label(line.year, line.spend_type, line.lot)
        yield Found(
            rule=rule, subject=f"line:{line.fund_reference}:{label}", kind="fund", reference=line.fund_reference,
            who=f"{line.fund}, {label}", detail=says, amount=Pence(line.over), since=begun, due=a_month_on(begun),
            fund=line.fund, fund_reference=line.fund_reference,
        )  # fmt: skip


def _over(look: Look) -> list[Over]:
    sums = line_figures(look.when).c
    over = sums.awarded - sums.allocated
    facts = (Fund.name, Fund.reference, BudgetLine.year, BudgetLine.spend_type, BudgetLine.lot)
    rows = select(BudgetLine.id, *facts, over, sums.over_allowed).join(Fund, Fund.id == BudgetLine.fund_id)
    rows = rows.join(sums.budget_line_id.table, sums.budget_line_id == BudgetLine.id).where(over > 0)
    return [Over(*row) for row in look.session.execute(rows.order_by(BudgetLine.id))]


def _which(line: Over, cut: tuple[date, int] | None) -> tuple[Rule, str]:
    if cut:
        return Rule.CUT, f"the funder cut {pounds(-cut[1])}, the last of it on {long_date(cut[0])}"
    if line.over > line.allowed:
        allowed = f"only {pounds(line.allowed)} over it is allowed" if line.allowed else "nothing over it is allowed"
        return Rule.OVER_ALLOWANCE, f"more is awarded than is allocated, and {allowed}"
    return Rule.OVER_ALLOCATED, f"more is awarded than is allocated, within the {pounds(line.allowed)} allowed"


def _cuts(session: Session, when: AsAt, lines: list[int]) -> dict[int, tuple[date, int]]:
    """Give the day of the last funder's cut that stands, and the pence of all that do, by budget line."""
    undo = aliased(Entry)
    undone = (undo.reverses == Entry.number) & (undo.on_date <= when.day) & (undo.number <= when.last_entry)
    rows = select(Entry.budget_line_id, func.max(Entry.on_date), func.sum(Entry.amount)).outerjoin(undo, undone)
    standing = (Entry.kind == Kind.FUNDERS_CUT, Entry.reverses.is_(None), undo.number.is_(None))
    rows = rows.where(Entry.budget_line_id.in_(lines), *standing, *counted(when)).group_by(Entry.budget_line_id)
    found = session.execute(rows) if lines else ()
    return {line: (day, int(amount)) for line, day, amount in found}


def find_stopped(look: Look) -> Iterator[Found]:
    """Find closed funds with money that nobody moved, and suspended ones with money to award."""
    left = left_behind(look.session, look.when)
    rows = select(Fund).where(Fund.status.in_(_STOPPED)).order_by(Fund.id)
    funds, days = look.session.scalars(rows).all(), _stopped_on(look)
    last = _last_moved(look)
    for fund in funds:
        closed = fund.status is FundStatus.CLOSED
        remaining = left.get(fund.id, 0) if closed else look.balances.get(fund.id, Balance()).remaining
        if remaining > 0:
            begun = days.get((fund.id, _STOPPED[fund.status])) or last.get(fund.id, look.day)
            yield Found(
                rule=Rule.CLOSED if closed else Rule.SUSPENDED, subject=f"fund:{fund.reference}", kind="fund",
                reference=fund.reference, who=fund.name,
                detail=f"{fund.status.value} with money left",
                amount=Pence(remaining), since=begun, due=a_month_on(begun), fund=fund.name,
                fund_reference=fund.reference,
            )  # fmt: skip


def _stopped_on(look: Look) -> dict[tuple[int, EventKind], date]:
    """Give the day on which each fund was last closed or suspended."""
    rows = select(Event.fund_id, Event.kind, func.max(Event.on_date)).where(Event.kind.in_(_STOPPED.values()))
    found = look.session.execute(rows.where(Event.on_date <= look.day).group_by(Event.fund_id, Event.kind))
    return {(fund, kind): day for fund, kind, day in found if fund is not None}


def _last_moved(look: Look) -> dict[int, date]:
    """Give the day of each stopped fund's newest entry: what came in a workbook came without the day it stopped."""
    rows = select(BudgetLine.fund_id, func.max(Entry.on_date)).join(Entry, Entry.number == BudgetLine.last_entry)
    rows = rows.join(Fund, Fund.id == BudgetLine.fund_id).where(Fund.status.in_(_STOPPED), Entry.on_date <= look.day)
    return dict(look.session.execute(rows.group_by(BudgetLine.fund_id)).all())


def find_spend_by(look: Look) -> Iterator[Found]:
    """Find funds whose last day is near or past, with too little of their money paid."""
    near = look.day + look.days(Rule.SPEND_BY)
    rows = select(Fund).where(Fund.status != FundStatus.CLOSED, Fund.spend_by <= near).order_by(Fund.id)
    for fund in look.session.scalars(rows):
        balance = look.balances.get(fund.id, Balance())
        unspent = max(0, balance.remaining) + balance.to_pay
        enough = per_cent_of(balance.allocated, look.percent(Rule.SPEND_BY))
        if fund.spend_by and unspent and balance.net_paid < enough:
            yield Found(
                rule=Rule.SPEND_BY, subject=f"fund:{fund.reference}", kind="fund", reference=fund.reference,
                who=fund.name,
                detail=f"to be spent by {long_date(fund.spend_by)}, and "
                f"{share(balance.net_paid, balance.allocated)} of it is paid",
                amount=Pence(unspent), since=fund.spend_by - look.days(Rule.SPEND_BY), due=fund.spend_by,
                fund=fund.name, fund_reference=fund.reference, holds=f"unspent:{fund.id}",
            )  # fmt: skip
