"""The list of monitoring returns across funds: the overdue first, then what waits for an officer."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import CTE, ColumnElement, String, and_, case, func, literal, select
from sqlalchemy import cast as sql_cast
from sqlalchemy.orm import Session

from fundtracker.domain.terms import ReturnStatus
from fundtracker.domain.years import today
from fundtracker.services.listings.filters import Conditions, Filters, containing, in_days, of_payee
from fundtracker.services.listings.paging import KEPT, Asking, Listed, Order, Part, asking, show
from fundtracker.services.listings.payees import Payee, merged, payee_of
from fundtracker.services.terms import STANDS, overdue
from fundtracker.store.awards import Award
from fundtracker.store.funds import Fund
from fundtracker.store.returns import MonitoringReturn

FIRST = Part(order=Order("place"))
OVERDUE, WAITING = "overdue", "to look at"  # what `status` may be besides the states themselves
STATES = (OVERDUE, WAITING, *(status.value for status in ReturnStatus))
_TO_LOOK_AT = (ReturnStatus.RECEIVED, ReturnStatus.QUERIED)


@dataclass(slots=True)
class ReturnRow:
    """One return as the list shows it; `state` is overdue where it is."""

    id: int
    about: str
    due_on: date
    state: str
    accepted_first: bool
    received_on: date | None
    settled_on: date | None
    settled_by: str
    note: str
    award: str
    recipient: str
    payee_id: int
    fund: str | None
    fund_reference: str | None

    @property
    def late(self) -> int:
        """Give by how many days it is overdue today, none where it is not."""
        return (today() - self.due_on).days if self.state == OVERDUE else 0


@dataclass(frozen=True, kw_only=True)
class ReturnTotals:
    """How many returns the filters let through, and how many of them stand where."""

    count: int
    overdue: int
    to_come: int
    to_look_at: int
    settled: int


def list_returns(session: Session, filters: Filters, part: Part = FIRST) -> Listed[ReturnRow, ReturnTotals]:
    """Give the returns that the filters let through, with how many stand where."""
    return show(session, _asking(filters, part.order, today()), part, row=ReturnRow, totals=ReturnTotals)


@lru_cache(maxsize=KEPT)
def _asking(filters: Filters, order: Order, day: date) -> Asking:
    listed = _listed(filters, day)
    everything = select(func.count(MonitoringReturn.id)).where(STANDS)
    return asking(listed, order, sums=_totals(listed), everything=everything)


def _listed(filters: Filters, day: date) -> CTE:
    tree, one = merged(), MonitoringReturn
    # What is overdue stands first, then what waits for an officer, then what is to come, then what is done with.
    turn = case((overdue(day), "1"), (one.status.in_(_TO_LOOK_AT), "2"), (one.status == ReturnStatus.SCHEDULED, "3"),
                else_="4")  # fmt: skip
    place = turn + sql_cast(one.due_on, String)
    state = case((overdue(day), literal(OVERDUE)), else_=sql_cast(one.status, String))
    facts = (
        one.id, one.about, one.due_on, state.label("state"),
        one.accepted_first, one.received_on, one.settled_on, one.settled_by, one.note, Award.reference.label("award"),
        Payee.name.label("recipient"), Payee.id.label("payee_id"), Fund.name.label("fund"),
        Fund.reference.label("fund_reference"), place.label("place"),
    )  # fmt: skip
    rows = (
        select(*facts)
        .join(Award, Award.id == one.award_id)
        .outerjoin(Fund, Fund.id == Award.fund_id)
        .outerjoin(tree, tree.c.id == Award.organisation_id)
        .outerjoin(Payee, Payee.id == payee_of(tree, Award.organisation_id))
    )
    return rows.where(STANDS, *_wanted(filters, day, tree)).cte("returns")


def _wanted(filters: Filters, day: date, tree: CTE) -> Conditions:
    words = (Award.reference, MonitoringReturn.about, Fund.name, MonitoringReturn.note)
    wanted = [*in_days(MonitoringReturn.due_on, filters), *of_payee(filters)]
    wanted += containing(filters, *words, organisations=tree)
    if filters.fund:
        wanted.append(Fund.reference == filters.fund)
    if filters.status == OVERDUE:
        wanted.append(overdue(day))
    elif filters.status == WAITING:
        wanted.append(MonitoringReturn.status.in_(_TO_LOOK_AT))
    elif filters.status:
        not_late = ~overdue(day) if filters.status == ReturnStatus.SCHEDULED else literal(value=True)
        wanted.append(and_(MonitoringReturn.status == ReturnStatus(filters.status), not_late))
    return wanted


def _totals(listed: CTE) -> list[ColumnElement[Any]]:
    state = listed.c.state
    parts = {
        "overdue": state == OVERDUE,
        "to_come": state == ReturnStatus.SCHEDULED.value,
        "to_look_at": state.in_([status.value for status in _TO_LOOK_AT]),
        "settled": state.in_([ReturnStatus.ACCEPTED.value, ReturnStatus.WAIVED.value]),
    }
    return [func.count(case((wanted, 1))).label(name) for name, wanted in parts.items()]
