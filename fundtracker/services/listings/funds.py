"""The list of funds: each with its balance and counts, of one financial year's budget lines where one is chosen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fundtracker.domain.balances import Balance, total
from fundtracker.domain.money import AmountNotUnderstoodError, parse_pounds
from fundtracker.domain.statuses import FundStatus, Source
from fundtracker.services.counts import Counts, count_all, count_some
from fundtracker.services.figures import AsAt
from fundtracker.services.listings.filters import TO_PAY, TO_RECOVER, Conditions, Filters
from fundtracker.services.listings.paging import Listed, Order, Part, last_page
from fundtracker.services.summaries import FundSummary, summarise_funds
from fundtracker.store.funds import BudgetLine, Fund

LEFT, OVER = "left to award", "over-allocated"  # what `owed` may be besides to pay and to recover
_EVERYTHING = select(func.count(Fund.id))
BY_SOURCE = Part(order=Order("source"))
_LARGEST: Mapping[str, Callable[[FundSummary], Any]] = {
    "fund": lambda row: row.fund.name.casefold(),
    "spend_by": lambda row: row.fund.spend_by,
    "allocated": lambda row: row.balance.allocated,
    "awarded": lambda row: row.balance.awarded,
    "remaining": lambda row: row.balance.remaining,
    "paid": lambda row: row.balance.net_paid,
    "to_pay": lambda row: row.balance.to_pay,
}
_OWED: Mapping[str, Callable[[Balance], int]] = {
    LEFT: lambda balance: max(0, balance.remaining),
    OVER: lambda balance: balance.over,
    TO_PAY: lambda balance: balance.to_pay,
    TO_RECOVER: lambda balance: balance.to_recover,
}


@dataclass(frozen=True)
class FundTotals:
    """The sums and counts of every fund that the filters let through, whole and by whose money it is."""

    balance: Balance
    counts: Counts
    by_source: Mapping[Source, Balance]


def list_funds(
    session: Session, when: AsAt, filters: Filters, part: Part = BY_SOURCE
) -> Listed[FundSummary, FundTotals]:
    """Give funds with their sums as at a day, with the totals of all that the filters let through."""
    wanted = _wanted(filters)
    known = summarise_funds(session, when, *wanted, year=filters.year)
    everything = session.scalars(_EVERYTHING).one() if wanted else len(known)
    rows = _in_order([row for row in known if _is_meant(row, filters)], part.order)
    if len(rows) < everything:
        counts = count_some(session, when, (row.fund.id for row in rows), filters.year)
    else:
        counts = count_all(session, when)
    sums = {source: total(row.balance for row in rows if row.fund.source is source) for source in Source}
    last = last_page(len(rows), part.size)
    page = min(part.page or 1, last)
    shown = rows if part.page is None else rows[(page - 1) * part.size : page * part.size]
    totals = FundTotals(total(sums.values()), counts, sums)
    return Listed(rows=shown, totals=totals, count=len(rows), everything=everything, page=page, last=last)


def _wanted(filters: Filters) -> Conditions:
    wanted: Conditions = []
    if filters.source:
        wanted.append(Fund.source == Source(filters.source))
    if filters.status:
        wanted.append(Fund.status == FundStatus(filters.status))
    if filters.year is not None:
        wanted.append(Fund.id.in_(select(BudgetLine.fund_id).where(BudgetLine.year == filters.year)))
    return wanted


def _is_meant(row: FundSummary, filters: Filters) -> bool:
    if filters.owed and not _OWED[filters.owed](row.balance):
        return False
    return not filters.text or _holds(row, filters.text)


def _holds(row: FundSummary, text: str) -> bool:
    names = f"{row.fund.reference}\n{row.fund.name}\n{row.fund.funder}".casefold()
    if all(word in names for word in text.casefold().split()):
        return True
    try:
        sought = parse_pounds(text)
    except AmountNotUnderstoodError:
        return False
    balance = row.balance
    return sought in (balance.original, balance.allocated, balance.awarded, balance.net_paid)


def _in_order(rows: list[FundSummary], order: Order) -> list[FundSummary]:
    if order.key not in _LARGEST:
        return rows
    key = _LARGEST[order.key]
    stated = sorted((row for row in rows if key(row) is not None), key=key, reverse=order.descending)
    return stated + [row for row in rows if key(row) is None]
