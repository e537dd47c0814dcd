"""One fund, with its ledger and everything that stands on it."""

from typing import Any

from flask import render_template, request
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fundtracker.domain.balances import Balance
from fundtracker.domain.statuses import ApplicationStatus, FundStatus
from fundtracker.services.approvals.waiting import waiting_on
from fundtracker.services.attention import left_behind, why_over
from fundtracker.services.counts import count_some
from fundtracker.services.events import events_of
from fundtracker.services.figures import AsAt, as_at, fund_balances
from fundtracker.services.funds import find_fund
from fundtracker.services.listings import applications, awards, bids, payments
from fundtracker.services.listings.filters import Filters
from fundtracker.services.listings.fund_ledger import Place, ledger_page
from fundtracker.services.listings.fund_lines import line_balances
from fundtracker.services.listings.paging import Part
from fundtracker.services.next_year import follower
from fundtracker.services.owing import both_sides
from fundtracker.store.applications import Application
from fundtracker.store.funds import Fund
from fundtracker.web.blueprints import funds as pages
from fundtracker.web.choices import AWARD_TYPES, SOURCES
from fundtracker.web.db import reading
from fundtracker.web.funds.actions import fund_actions
from fundtracker.web.lists.asked import asked_day
from fundtracker.web.lists.payments import what
from fundtracker.web.records import links_beside

NEWEST_ROWS = 10


@pages.get("/funds/<path:ref>", endpoint="show")
def show(ref: str) -> str:
    """Show one fund: its sums, its ledger, and its applications, awards and payments."""
    session = reading()
    fund = find_fund(session, ref)
    asked, problem = asked_day()
    when = as_at(session, asked)
    return render_template(
        "funds/show.html",
        fund=fund,
        asked=asked,
        problem=problem,
        when=when,
        whose=SOURCES[fund.source],
        ledger=ledger_page(session, when, fund, _place()),
        types=AWARD_TYPES,
        what=what,
        events=events_of(session, fund),
        beside=links_beside(session, fund),
        follower=follower(session, fund),
        approvals=[] if asked else waiting_on(session, fund),
        sides=None if asked else both_sides(session, when, fund, by_day=False)[0].sums,
        **_sums(session, when, fund),
        **_lists(session, when, fund),
    )


def _place() -> Place:
    """Read which page of the ledger is asked for, by what it comes before or after or by an entry on it."""
    return Place(before=_whole("before"), after=_whole("after"), entry=_whole("entry"))


def _whole(name: str) -> int | None:
    typed = request.args.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < len("10000000000000000") else None


def _sums(session: Session, when: AsAt, fund: Fund) -> dict[str, Any]:
    balance = fund_balances(session, when, [fund.id]).get(fund.id, Balance())
    return {
        "balance": balance,
        "actions": fund_actions(fund, balance),
        "left_behind": left_behind(session, when).get(fund.id) if fund.status is FundStatus.CLOSED else None,
        "why_over": why_over(session, when, fund) if balance.over else None,
        "counts": count_some(session, when, [fund.id]),
        "lines": line_balances(session, when, fund) if len(fund.lines) > 1 else [],
        "line_names": {line.id: line.label for line in fund.lines} if len(fund.lines) > 1 else {},
    }


def _lists(session: Session, when: AsAt, fund: Fund) -> dict[str, Any]:
    mine = Filters(fund=fund.reference)
    paid, more = payments.newest_payments(session, when, fund, NEWEST_ROWS)
    waiting = Filters(fund=fund.reference, status=ApplicationStatus.RECEIVED.value)
    oldest = Part(order=applications.OLDEST.order, size=NEWEST_ROWS)
    return {
        "waiting": applications.list_applications(session, when, waiting, oldest),
        "asked_of_fund": session.scalar(select(func.count()).where(Application.fund_id == fund.id)),
        "awards": awards.list_awards(session, when, mine, Part(order=awards.NEWEST.order, size=NEWEST_ROWS)),
        "payments": paid,
        "more_payments": more,
        "bids": bids.list_bids(session, mine, Part(order=bids.NEWEST.order, size=NEWEST_ROWS)),
    }
