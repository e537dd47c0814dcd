"""What was applied for in a financial year, and what became of it by a day."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from fundtracker.domain.money import ZERO, Pence
from fundtracker.domain.statuses import ApplicationStatus
from fundtracker.domain.years import FinancialYear, first_day, last_day
from fundtracker.services.figures import AsAt
from fundtracker.services.listings.owed import pence_sum
from fundtracker.store.applications import Application
from fundtracker.store.awards import Award

_STATES = {
    "awarded": (ApplicationStatus.IN_FULL, ApplicationStatus.IN_PART),
    "declined": (ApplicationStatus.DECLINED,),
    "withdrawn": (ApplicationStatus.WITHDRAWN,),
}


@dataclass(frozen=True, kw_only=True)
class Applied:
    """
    Applications received in a year, by what became of them by a day; `received` is the four that follow it.

    `requested` is in pence; `unstated` applications asked for no amount, and `direct` awards say what was asked for
    though no application is on record.
    """

    received: int = 0
    awarded: int = 0
    declined: int = 0
    withdrawn: int = 0
    waiting: int = 0
    requested: Pence = ZERO
    unstated: int = 0
    direct: int = 0

    @property
    def decided(self) -> int:
        """Count those that were awarded or declined."""
        return self.awarded + self.declined

    @property
    def states_any(self) -> bool:
        """Say whether any amount asked for is stated."""
        return self.direct > 0 or self.received > self.unstated


def applied(session: Session, when: AsAt, year: FinancialYear) -> Applied:
    """Tell what became, by a day, of the applications received in a year, in one query."""
    ended = Application.status != ApplicationStatus.RECEIVED
    known = and_(ended, or_(Application.decided_on.is_(None), Application.decided_on <= when.day))
    counts = [func.count(case((and_(known, Application.status.in_(states)), 1))) for states in _STATES.values()]
    of_applications = (func.count(), func.count(Application.asked_for), pence_sum(Application.asked_for), *counts)
    rows = select(*of_applications, *_asked_directly(when, year)).where(*_within(Application.received_on, when, year))
    received, stated, requested, *became, direct, more = session.execute(rows).one()
    return Applied(
        received=received, waiting=received - sum(became), requested=Pence(requested + more),
        unstated=received - stated, direct=direct, **dict(zip(_STATES, became, strict=True)),
    )  # fmt: skip


def _asked_directly(when: AsAt, year: FinancialYear) -> list[ScalarSelect[Any]]:
    """Count the awards that say what was asked for without an application on record, and add that up."""
    mine = (Award.application_id.is_(None), Award.asked_for.is_not(None), *_within(Award.awarded_on, when, year))
    figures = (func.count(Award.id), pence_sum(Award.asked_for))
    return [select(figure).where(*mine).scalar_subquery() for figure in figures]


def _within(day: InstrumentedAttribute[Any], when: AsAt, year: FinancialYear) -> tuple[ColumnElement[bool], ...]:
    return (day >= first_day(year), day <= min(last_day(year), when.day))
