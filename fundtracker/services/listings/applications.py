"""The list of applications: what was asked for beside what it became."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import CTE, ColumnElement, Subquery, case, func, not_, select
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import ApplicationStatus
from fundtracker.services.figures import AsAt, award_figures
from fundtracker.services.interests import reader, touched
from fundtracker.services.listings.filters import Conditions, Filters, between, containing, in_days, in_year, of_payee
from fundtracker.services.listings.owed import award_sums, pence_sum
from fundtracker.services.listings.paging import KEPT, Asking, Listed, Order, Part, asking, show
from fundtracker.services.listings.payees import Payee, merged, payee_of
from fundtracker.store.applications import Application
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.funds import Fund

NEWEST = Part(order=Order("received", descending=True))
OLDEST = Part(order=Order("received"))


@dataclass(slots=True)
class ApplicationRow:
    """One application with what was awarded and paid on it in pence; None is not stated, or nothing awarded."""

    id: int
    reference: str
    organisation: str
    payee_id: int
    benefits: str
    purpose: str
    fund: str
    fund_reference: str
    received: date
    status: ApplicationStatus
    decided: date | None
    decision: str
    asked_for: Pence | None
    awarded: Pence | None
    paid: Pence


@dataclass(frozen=True, kw_only=True)
class ApplicationTotals:
    """The sums of every application that the filters let through, in pence, and how many state an amount."""

    count: int
    organisations: int
    waiting: int
    asked_for: Pence
    asked: int
    awarded: Pence
    paid: Pence


def list_applications(
    session: Session, when: AsAt, filters: Filters, part: Part = NEWEST
) -> Listed[ApplicationRow, ApplicationTotals]:
    """
    Give the applications received by a day, with the totals of all that the filters let through.

    Those that an interest of the reader's touches are left out.
    """
    asked = _asking(when, filters, part.order, reader(session))
    return show(session, asked, part, row=ApplicationRow, totals=ApplicationTotals)


@lru_cache(maxsize=KEPT)
def _asking(when: AsAt, filters: Filters, order: Order, person_id: int | None) -> Asking:
    listed = _listed(when, filters, person_id)
    everything = select(func.count(Application.id))
    return asking(listed, order, sums=_totals(listed), everything=everything)


def _listed(when: AsAt, filters: Filters, person_id: int | None) -> CTE:
    became, tree = _became(when), merged()
    rows = (
        select(*_facts(), became.c.awarded, func.coalesce(became.c.paid, 0, type_=became.c.paid.type).label("paid"))
        .select_from(Application)
        .outerjoin(tree, tree.c.id == Application.organisation_id)
        .outerjoin(Payee, Payee.id == payee_of(tree, Application.organisation_id))
        .join(Fund, Fund.id == Application.fund_id)
        .outerjoin(became, became.c.application_id == Application.id)
    )
    rows = rows.where(Application.received_on <= when.day, *_wanted(filters, became, tree))
    if person_id is not None:
        rows = rows.where(not_(touched(person_id, tree, payee_of(tree, Application.organisation_id))))
    return rows.cte("applications")


def _became(when: AsAt) -> Subquery:
    figures = award_figures(when)
    rows = select(Award.application_id, *award_sums(figures)).join(AwardLine, AwardLine.award_id == Award.id)
    rows = rows.outerjoin(figures, figures.c.award_line_id == AwardLine.id)
    return rows.where(Award.application_id.is_not(None)).group_by(Award.application_id).subquery("became")


def _facts() -> list[Any]:
    return [
        Application.id, Application.reference, Payee.name.label("organisation"), Payee.id.label("payee_id"),
        Application.benefits, Application.purpose, Fund.name.label("fund"), Fund.reference.label("fund_reference"),
        Application.received_on.label("received"), Application.status, Application.decided_on.label("decided"),
        Application.decision_reference.label("decision"), Application.asked_for,
    ]  # fmt: skip


def _wanted(filters: Filters, became: Subquery, tree: CTE) -> Conditions:
    words = (Application.reference, Application.benefits, Application.purpose, Application.decision_reference)
    amounts = (Application.asked_for, became.c.awarded, became.c.paid)
    wanted = containing(filters, *words, organisations=tree, amounts=amounts)
    wanted += [*between(Application.asked_for, filters), *in_year(Application.received_on, filters.year)]
    wanted += [*in_days(Application.received_on, filters), *of_payee(filters)]
    if filters.fund:
        wanted.append(Fund.reference == filters.fund)
    if filters.status:
        wanted.append(Application.status == ApplicationStatus(filters.status))
    return wanted


def _totals(listed: CTE) -> list[ColumnElement[Any]]:
    columns = listed.c
    return [
        func.count(columns.payee_id.distinct()).label("organisations"),
        func.count(case((columns.status == ApplicationStatus.RECEIVED, 1))).label("waiting"),
        func.count(columns.asked_for).label("asked"),
        *(pence_sum(columns[name]).label(name) for name in ("asked_for", "awarded", "paid")),
    ]
