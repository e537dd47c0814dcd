"""The list of organisations: what each asked for, was awarded and was paid, merged ones as one."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, Subquery, and_, case, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import AwardType
from fundtracker.services.bringing.gone import gone
from fundtracker.services.figures import AsAt, award_figures
from fundtracker.services.listings.filters import (
    Conditions,
    Filters,
    between,
    containing,
    in_year,
    of_payee,
    on_lines,
    owing,
)
from fundtracker.services.listings.owed import award_sums, pence_sum, stated_sum
from fundtracker.services.listings.paging import KEPT, Asking, Listed, Order, Part, asking, show
from fundtracker.services.listings.payees import Payee, merged, payee_of
from fundtracker.store.applications import Application
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.store.office import Area
from fundtracker.store.organisations import Organisation

BY_NAME = Part(order=Order("organisation"))


@dataclass(slots=True)
class OrganisationRow:
    """One organisation with its sums in pence; None is nothing asked for or awarded, or not stated."""

    id: int
    organisation: str
    type: str
    area: str | None
    several: bool
    applications: int
    unstated: int
    awards: int
    asked_for: Pence | None
    awarded: Pence | None
    paid: Pence
    to_pay: Pence
    to_recover: Pence
    without_value: int


@dataclass(frozen=True, kw_only=True)
class OrganisationTotals:
    """The sums of every organisation that the filters let through, in pence."""

    count: int
    several: int
    applications: int
    awards: int
    asked_for: Pence | None
    unstated: int
    awarded: Pence
    paid: Pence
    to_pay: Pence
    to_recover: Pence
    without_value: int


def list_organisations(
    session: Session, when: AsAt, filters: Filters, part: Part = BY_NAME
) -> Listed[OrganisationRow, OrganisationTotals]:
    """Give organisations with their sums as at a day, with the totals of all that the filters let through."""
    asked = _asking(when, filters, part.order)
    return show(session, asked, part, row=OrganisationRow, totals=OrganisationTotals)


@lru_cache(maxsize=KEPT)
def _asking(when: AsAt, filters: Filters, order: Order) -> Asking:
    listed = _listed(when, filters)
    stand = (Organisation.merged_into_id.is_(None), Organisation.id.not_in(gone()))
    everything = select(func.count(Organisation.id)).where(*stand)
    return asking(listed, order, sums=_totals(listed), everything=everything)


def _listed(when: AsAt, filters: Filters) -> CTE:
    tree = merged()
    given, asked = _given(when, filters, tree), _asked(when, filters, tree)
    nought = [
        func.coalesce(column, 0, type_=column.type).label(column.name)
        for column in (given.c.awards, given.c.paid, given.c.to_pay, given.c.to_recover, given.c.without_value)
    ]
    facts = [Payee.id, Payee.name.label("organisation"), Payee.type, Area.name.label("area")]
    facts += [Payee.stands_for_several.label("several"), func.coalesce(asked.c.applications, 0).label("applications")]
    facts.append(func.coalesce(asked.c.unstated, 0).label("unstated"))
    rows = (
        select(*facts, asked.c.asked_for, given.c.awarded, *nought)
        .select_from(Payee)
        .outerjoin(Area, Area.id == Payee.area_id)
        .outerjoin(given, given.c.payee_id == Payee.id)
        .outerjoin(asked, asked.c.payee_id == Payee.id)
    )
    stand = (Payee.merged_into_id.is_(None), Payee.id.not_in(gone()))
    return rows.where(*stand, *_wanted(given, asked, filters, tree)).cte("organisations")


def _given(when: AsAt, filters: Filters, tree: CTE) -> Subquery:
    figures = award_figures(when)
    number = func.count(case((Award.type != AwardType.PAID_IN_ERROR, Award.id)).distinct()).label("awards")
    payee = payee_of(tree, Award.organisation_id)
    rows = (
        select(payee.label("payee_id"), *award_sums(figures), number)
        .select_from(AwardLine)
        .join(Award, Award.id == AwardLine.award_id)
        .join(BudgetLine, BudgetLine.id == AwardLine.budget_line_id)
        .join(Fund, Fund.id == BudgetLine.fund_id)
        .outerjoin(tree, tree.c.id == Award.organisation_id)
        .outerjoin(figures, figures.c.award_line_id == AwardLine.id)
    )
    rows = rows.where(Award.awarded_on <= when.day, *on_lines(filters))
    return rows.group_by(payee).subquery("given")


def _asked(when: AsAt, filters: Filters, tree: CTE) -> Subquery:
    each = union_all(_in_applications(when, filters), _in_awards(when, filters)).subquery("each_asked")
    columns = each.c
    payee = payee_of(tree, columns.organisation_id)
    rows = select(
        payee.label("payee_id"),
        func.sum(columns.applications).label("applications"),
        func.sum(columns.unstated).label("unstated"),
        stated_sum(columns.asked_for).label("asked_for"),
    ).select_from(each)
    rows = rows.outerjoin(tree, tree.c.id == columns.organisation_id)
    return rows.group_by(payee).subquery("asked")


def _in_applications(when: AsAt, filters: Filters) -> Select[*tuple[Any, ...]]:
    unstated = case((Application.asked_for.is_(None), 1), else_=0).label("unstated")
    rows = select(Application.organisation_id, literal(1).label("applications"), unstated, Application.asked_for).join(
        Fund, Fund.id == Application.fund_id
    )
    wanted = [Application.received_on <= when.day, *in_year(Application.received_on, filters.year)]
    if filters.fund:
        wanted.append(Fund.reference == filters.fund)
    return rows.where(*wanted)


def _in_awards(when: AsAt, filters: Filters) -> Select[*tuple[Any, ...]]:
    """Choose what awards say was asked for, where no application is on record."""
    lines = select(AwardLine.award_id).join(BudgetLine, BudgetLine.id == AwardLine.budget_line_id)
    lines = lines.join(Fund, Fund.id == BudgetLine.fund_id).where(*on_lines(filters))
    alone = (Award.application_id.is_(None), Award.asked_for.is_not(None), Award.awarded_on <= when.day)
    return select(Award.organisation_id, literal(0), literal(0), Award.asked_for).where(*alone, Award.id.in_(lines))


def _wanted(given: Subquery, asked: Subquery, filters: Filters, tree: CTE) -> Conditions:
    wanted = containing(filters, Payee.name, Payee.charity_number, Payee.company_number, organisations=tree)
    wanted += [*between(given.c.awarded, filters), *owing(given.c, filters), *of_payee(filters)]
    if filters.fund or filters.year is not None:
        wanted.append(or_(given.c.payee_id.is_not(None), asked.c.payee_id.is_not(None)))
    return wanted


def _totals(listed: CTE) -> list[ColumnElement[Any]]:
    columns = listed.c
    counts = [
        func.coalesce(func.sum(columns[n]), 0).label(n) for n in ("applications", "unstated", "awards", "without_value")
    ]
    return [
        func.count(case((and_(columns.several), 1))).label("several"),
        *counts,
        stated_sum(columns.asked_for).label("asked_for"),
        *(pence_sum(columns[name]).label(name) for name in ("awarded", "paid", "to_pay", "to_recover")),
    ]
