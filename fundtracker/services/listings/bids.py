"""The list of bids: money asked of funders, in no balance until won; a national pot is information only."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import CTE, ColumnElement, case, func, select
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import BidStatus, Doubt
from fundtracker.services.listings.filters import Conditions, Filters, between, containing, in_year
from fundtracker.services.listings.owed import pence_sum
from fundtracker.services.listings.paging import KEPT, Asking, Listed, Order, Part, asking, show
from fundtracker.store.bids import Bid
from fundtracker.store.funds import Fund

UNDECIDED = "undecided"  # a status to filter by: nobody has said yes or no
_AWAITING = [status for status in BidStatus if status.awaiting]
_STAGES = {
    "in_development": [BidStatus.IN_DEVELOPMENT],
    "awaiting": _AWAITING,
    "won": [BidStatus.WON, BidStatus.WON_IN_PART],
    "lost": [BidStatus.LOST, BidStatus.WITHDRAWN],
}
NEWEST = Part(order=Order("reference", descending=True))


@dataclass(slots=True)
class BidRow:
    """One bid with what it asks for in pence, None where that is not stated, and the fund that it opened."""

    id: int
    reference: str
    title: str
    funder: str
    status: BidStatus
    submitted: date | None
    date_doubt: Doubt
    outcome_expected: str
    decided: date | None
    sought: Pence | None
    national_pot: Pence | None
    partners: str
    notes: str
    source_note: str
    fund: str | None
    fund_reference: str | None


@dataclass(frozen=True)
class Stage:
    """How many bids stand at a stage, how many of them state an amount, and what those ask for in pence."""

    count: int
    stated: int
    sought: Pence


@dataclass(frozen=True, kw_only=True)
class BidTotals:
    """How many bids the filters let through, how many state an amount, and what they ask for in pence."""

    count: int
    sought: Pence
    stated: int
    in_development: Stage
    awaiting: Stage
    won: Stage
    lost: Stage


def list_bids(session: Session, filters: Filters, part: Part = NEWEST) -> Listed[BidRow, BidTotals]:
    """Give bids, with the totals of all that the filters let through."""
    asked = _asking(filters, part.order)
    return show(session, asked, part, row=BidRow, totals=_add_up)


@lru_cache(maxsize=KEPT)
def _asking(filters: Filters, order: Order) -> Asking:
    listed = _listed(filters)
    everything = select(func.count(Bid.id))
    return asking(listed, order, sums=_totals(listed), everything=everything)


def _listed(filters: Filters) -> CTE:
    facts = [
        Bid.id, Bid.reference, Bid.title, Bid.funder, Bid.status, Bid.submitted_on.label("submitted"), Bid.date_doubt,
        Bid.outcome_expected, Bid.decided_on.label("decided"), Bid.sought, Bid.national_pot, Bid.partners, Bid.notes,
        Bid.source_note, Fund.name.label("fund"), Fund.reference.label("fund_reference"),
    ]  # fmt: skip
    rows = select(*facts).select_from(Bid).outerjoin(Fund, Fund.id == Bid.fund_id)
    return rows.where(*_wanted(filters)).cte("bids")


def _wanted(filters: Filters) -> Conditions:
    wanted = [*between(Bid.sought, filters), *in_year(Bid.submitted_on, filters.year)]
    words = (Bid.reference, Bid.title, Bid.funder, Bid.partners, Bid.notes)
    wanted += containing(filters, *words, amounts=(Bid.sought, Bid.national_pot))
    if filters.fund:
        wanted.append(Fund.reference == filters.fund)
    if filters.status == UNDECIDED:
        wanted.append(Bid.status.in_([BidStatus.IN_DEVELOPMENT, *_AWAITING]))
    elif filters.status:
        wanted.append(Bid.status == BidStatus(filters.status))
    return wanted


def _totals(listed: CTE) -> list[ColumnElement[Any]]:
    columns = listed.c
    sums: list[ColumnElement[Any]] = [
        pence_sum(columns.sought).label("sought"),
        func.count(columns.sought).label("stated"),
    ]
    for name, statuses in _STAGES.items():
        there = columns.status.in_(statuses)
        sums.append(func.count(case((there, 1))).label(f"{name}_count"))
        sums.append(func.count(case((there, columns.sought))).label(f"{name}_stated"))
        sums.append(pence_sum(case((there, columns.sought))).label(f"{name}_sought"))
    return sums


def _add_up(*, count: int, sought: Pence, stated: int, **found: Any) -> BidTotals:
    stages = {name: Stage(*(found[f"{name}_{what}"] for what in ("count", "stated", "sought"))) for name in _STAGES}
    return BidTotals(count=count, sought=sought, stated=stated, **stages)
