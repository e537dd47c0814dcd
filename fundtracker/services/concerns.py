"""Concerns: funds over-allocated, money to recover, and money left where time or the fund's state stands in its way."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from fundtracker.domain.kinds import Kind
from fundtracker.domain.money import Pence, pounds
from fundtracker.domain.statuses import FundStatus
from fundtracker.services.attention import left_behind
from fundtracker.services.figures import counted
from fundtracker.services.summaries import FundFacts, FundSummary, Summary
from fundtracker.store.books import Entry

SOON = timedelta(days=90)  # a quarter is the least in which a new award can be agreed, signed and paid


class Why(StrEnum):
    """What is wrong."""

    OVER_ALLOCATED = "over-allocated"
    TO_RECOVER = "to recover"
    CLOSED = "closed with money left"
    SUSPENDED = "suspended with money left"
    SPEND_BY = "spend by"


@dataclass(frozen=True)
class Concern:
    """One thing wrong with one fund, the pence at risk, and the day of the funder's cut, or to spend by."""

    why: Why
    row: FundSummary
    amount: Pence
    on: date | None = None
    days: int = 0

    @property
    def fund(self) -> FundFacts:
        """Give the fund."""
        return self.row.fund


def flag(concern: Concern) -> str:
    """Say what is wrong beside its fund, in a few words."""
    amount, days = pounds(concern.amount), concern.days
    said = {
        Why.OVER_ALLOCATED: f"Over-allocated by {amount}",
        Why.TO_RECOVER: f"{amount} to recover",
        Why.CLOSED: f"Closed with {amount} left",
        Why.SUSPENDED: f"Suspended with {amount} left",
        Why.SPEND_BY: f"{amount} to spend in {days:,} {'day' if days == 1 else 'days'}",
    }
    late = concern.why is Why.SPEND_BY and days < 0
    return f"{amount} not spent, {-days:,} {'day' if days == -1 else 'days'} late" if late else said[concern.why]


def list_concerns(session: Session, summary: Summary) -> list[Concern]:
    """List what is wrong with the funds of a summary, most money first; `days` are to go, and below zero late."""
    cuts, behind = _cut_days(session, summary), left_behind(session, summary.when)
    found = [one for row in summary.funds for one in (*_money(row, cuts, behind), *_time(row, summary.when.day))]
    return sorted(found, key=lambda one: (-one.amount, one.fund.name))


def _money(row: FundSummary, cuts: dict[int, date], behind: dict[int, Pence]) -> Iterator[Concern]:
    fund, balance = row.fund, row.balance
    if balance.over:
        yield Concern(Why.OVER_ALLOCATED, row, balance.over, cuts.get(fund.id))
    if balance.to_recover:
        yield Concern(Why.TO_RECOVER, row, balance.to_recover)
    if fund.id in behind:
        yield Concern(Why.CLOSED, row, behind[fund.id])
    if fund.status is FundStatus.SUSPENDED and balance.remaining > 0:
        yield Concern(Why.SUSPENDED, row, balance.remaining)


def _time(row: FundSummary, day: date) -> Iterator[Concern]:
    fund, balance = row.fund, row.balance
    unspent = Pence(max(0, balance.remaining) + balance.to_pay)
    if fund.status is FundStatus.OPEN and fund.spend_by and unspent and fund.spend_by <= day + SOON:
        yield Concern(Why.SPEND_BY, row, unspent, fund.spend_by, (fund.spend_by - day).days)


def _cut_days(session: Session, summary: Summary) -> dict[int, date]:
    """Give the day of the last funder's cut that stands, by fund."""
    undo = aliased(Entry)
    cuts = select(Entry.fund_id, func.max(Entry.on_date)).outerjoin(undo, undo.reverses == Entry.number)
    standing = (Entry.kind == Kind.FUNDERS_CUT, Entry.reverses.is_(None), undo.number.is_(None))
    return dict(session.execute(cuts.where(*standing, *counted(summary.when)).group_by(Entry.fund_id)).all())
