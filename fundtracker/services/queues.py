"""Queues: what waits for somebody's answer: applications by fund, and awards without money."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import ApplicationStatus, AwardStatus, Basis
from fundtracker.services.figures import AsAt, Rows
from fundtracker.services.listings.owed import pence_sum
from fundtracker.services.listings.payees import Payee, merged, payee_of
from fundtracker.store.applications import Application
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.funds import BudgetLine, Fund


@dataclass(frozen=True)
class Waiting:
    """The applications to one fund that wait for a decision: what they ask for in pence, and since when."""

    count: int
    asked_for: Pence
    unstated: int
    since: date


@dataclass(frozen=True)
class Unsettled:
    """An award line with no money yet: subject to funding, with what is proposed in pence, or with no value stated."""

    award: str
    organisation: str
    fund: str
    basis: Basis
    proposed: Pence | None
    awarded_on: date


def waiting_by_fund(session: Session, when: AsAt) -> dict[int, Waiting]:
    """Sum up the applications that wait for a decision, by fund."""
    return {fund_id: Waiting(*waiting) for fund_id, *waiting in session.connection().execute(_waiting(when.day))}


@lru_cache
def _waiting(day: date) -> Rows:
    asked = Application.asked_for
    sums = (func.count(), pence_sum(asked), func.count() - func.count(asked), func.min(Application.received_on))
    rows = select(Application.fund_id, *sums).group_by(Application.fund_id)
    return rows.where(Application.status == ApplicationStatus.RECEIVED, Application.received_on <= day)


def list_unsettled(session: Session, limit: int) -> tuple[int, list[Unsettled]]:
    """Count the award lines that wait for money or a value, and give the oldest."""
    return count_unsettled(session), [Unsettled(*facts) for facts in session.execute(_oldest(limit))]


def count_unsettled(session: Session) -> int:
    """Count the award lines that wait for money or a value."""
    waiting: int = session.connection().execute(_UNSETTLED).scalar_one()
    return waiting


@lru_cache
def _oldest(limit: int) -> Rows:
    tree = merged()
    facts = (Award.reference, Payee.name, Fund.name, AwardLine.basis, AwardLine.proposed, Award.awarded_on)
    rows = _unsettled(select(*facts)).join(BudgetLine, BudgetLine.id == AwardLine.budget_line_id)
    rows = rows.join(Fund, Fund.id == BudgetLine.fund_id)
    rows = rows.outerjoin(tree, tree.c.id == Award.organisation_id).outerjoin(
        Payee, Payee.id == payee_of(tree, Award.organisation_id)
    )
    return rows.order_by(Award.awarded_on, AwardLine.id).limit(limit)


def _unsettled(rows: Select[*tuple[object, ...]]) -> Rows:
    lines = rows.select_from(AwardLine).join(Award, Award.id == AwardLine.award_id)
    return lines.where(AwardLine.basis != Basis.FIRM, AwardLine.last_entry == 0, Award.status == AwardStatus.AWARDED)


_UNSETTLED = _unsettled(select(func.count()))
