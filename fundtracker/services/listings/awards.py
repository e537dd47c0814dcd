"""The list of awards: asked for, awarded, paid and to pay side by side, gifts in kind among them."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import CTE, ColumnElement, Subquery, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import AwardStatus, AwardType, Doubt
from fundtracker.services.counts import COUNTED_TYPES
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
from fundtracker.services.listings.owed import award_sums, pence_sum
from fundtracker.services.listings.paging import KEPT, Asking, Listed, Order, Part, asking, show
from fundtracker.services.listings.payees import Payee, merged, payee_of
from fundtracker.services.terms import offered
from fundtracker.store.applications import Application
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.store.terms import Agreement

NEWEST = Part(order=Order("decided", descending=True))
OFFERED = "offered"  # a status to filter by: the agreement is offered and not accepted
_Own = aliased(Fund, name="own_fund")


@dataclass(slots=True)
class AwardRow:
    """One award with its sums in pence over the lines asked for; `awarded` is None where it is not stated."""

    id: int
    reference: str
    organisation: str
    payee_id: int
    several: bool
    benefits: str
    purpose: str
    fund: str | None
    fund_reference: str | None
    funds: int
    decided: date
    status: AwardStatus
    type: AwardType
    application: str | None
    decision: str
    asked_for: Pence | None
    awarded: Pence | None
    paid: Pence
    to_pay: Pence
    to_recover: Pence
    proposed: Pence | None
    estimated_value: Pence | None
    without_value: int
    counted: bool
    date_doubt: Doubt
    amount_doubt: Doubt


@dataclass(frozen=True, kw_only=True)
class AwardTotals:
    """The sums of every award that the filters let through, in pence, and what they leave out."""

    count: int
    awards: int
    organisations: int
    gifts: int
    asked_for: Pence
    asked: int
    awarded: Pence
    paid: Pence
    to_pay: Pence
    to_recover: Pence
    without_value: int

    @property
    def others(self) -> int:
        """Count what is neither a counted award nor a gift: withdrawn, waiting for funding or paid in error."""
        return self.count - self.awards - self.gifts


def list_awards(session: Session, when: AsAt, filters: Filters, part: Part = NEWEST) -> Listed[AwardRow, AwardTotals]:
    """Give the awards made by a day, with the totals of all that the filters let through."""
    asked = _asking(when, filters, part.order)
    return show(session, asked, part, row=AwardRow, totals=AwardTotals)


@lru_cache(maxsize=KEPT)
def _asking(when: AsAt, filters: Filters, order: Order) -> Asking:
    listed = _listed(when, filters)
    everything = select(func.count(Award.id))
    return asking(listed, order, sums=_totals(listed), everything=everything)


def _listed(when: AsAt, filters: Filters) -> CTE:
    lines, tree = _lines(when, filters), merged()
    rows = (
        select(*_facts(), *_sums(lines, when))
        .select_from(Award)
        .outerjoin(tree, tree.c.id == Award.organisation_id)
        .outerjoin(Payee, Payee.id == payee_of(tree, Award.organisation_id))
        .outerjoin(lines, lines.c.award_id == Award.id)
        .outerjoin(_Own, _Own.id == Award.fund_id)
        .outerjoin(Application, Application.id == Award.application_id)
    )
    return rows.where(Award.awarded_on <= when.day, *_wanted(lines, filters, tree)).cte("awards")


def _lines(when: AsAt, filters: Filters) -> Subquery:
    figures = award_figures(when)
    names = [
        func.min(Fund.name).label("fund"),
        func.min(Fund.reference).label("fund_reference"),
        func.count(Fund.id.distinct()).label("funds"),
    ]
    rows = (
        select(AwardLine.award_id, *award_sums(figures), *names)
        .join(BudgetLine, BudgetLine.id == AwardLine.budget_line_id)
        .join(Fund, Fund.id == BudgetLine.fund_id)
        .outerjoin(figures, figures.c.award_line_id == AwardLine.id)
    )
    return rows.where(*on_lines(filters)).group_by(AwardLine.award_id).subquery("lines")


def _facts() -> list[Any]:
    return [
        Award.id, Award.reference, Payee.name.label("organisation"), Payee.id.label("payee_id"),
        Payee.stands_for_several.label("several"), Award.benefits, Award.purpose, Award.awarded_on.label("decided"),
        Award.status, Award.type, Application.reference.label("application"),
        Award.decision_reference.label("decision"), Award.asked_for, Award.estimated_value, Award.date_doubt,
        Award.amount_doubt,
    ]  # fmt: skip


def _sums(lines: Subquery, when: AsAt) -> list[ColumnElement[Any]]:
    columns = lines.c
    stands = or_(Award.withdrawn_on.is_(None), Award.withdrawn_on > when.day)
    counted = and_(Award.type.in_(COUNTED_TYPES), or_(columns.awarded > 0, and_(columns.without_value > 0, stands)))
    nought = [func.coalesce(columns[name], 0, type_=columns[name].type).label(name) for name in _NEVER_NONE]
    names = [func.coalesce(columns.fund, _Own.name).label("fund")]
    names.append(func.coalesce(columns.fund_reference, _Own.reference).label("fund_reference"))
    return [columns.awarded, columns.proposed, *nought, *names, func.coalesce(counted, False).label("counted")]


_NEVER_NONE = ("paid", "to_pay", "to_recover", "without_value", "funds")


def _wanted(lines: Subquery, filters: Filters, tree: CTE) -> Conditions:
    words = (Award.reference, Award.benefits, Award.purpose, Award.decision_reference)
    amounts = (Award.asked_for, lines.c.awarded, lines.c.paid)
    wanted = containing(filters, *words, organisations=tree, amounts=amounts)
    wanted += [*between(lines.c.awarded, filters), *in_year(Award.awarded_on, filters.decided)]
    wanted += [*owing(lines.c, filters), *of_payee(filters)]
    if filters.fund or filters.year is not None:
        # A gift has no line: it goes by its own fund and its own date.
        own: Conditions = [Award.type == AwardType.IN_KIND, *in_year(Award.awarded_on, filters.year)]
        own += [_Own.reference == filters.fund] if filters.fund else []
        wanted.append(or_(lines.c.award_id.is_not(None), and_(*own)))
    if filters.status == OFFERED:
        wanted.append(Award.status == AwardStatus.AWARDED)
        wanted.append(offered().where(Agreement.award_id == Award.id).exists())
    elif filters.status:
        wanted.append(Award.status == AwardStatus(filters.status))
    if filters.type:
        wanted.append(Award.type == AwardType(filters.type))
    return wanted


def _totals(listed: CTE) -> list[ColumnElement[Any]]:
    columns = listed.c
    paid_to = and_(columns.counted, ~columns.several)
    money = ("asked_for", "awarded", "paid", "to_pay", "to_recover")
    return [
        func.count(case((columns.counted, 1))).label("awards"),
        func.count(case((paid_to, columns.payee_id)).distinct()).label("organisations"),
        func.count(case((and_(columns.type == AwardType.IN_KIND, columns.status != AwardStatus.WITHDRAWN), 1))).label(
            "gifts"
        ),
        func.count(columns.asked_for).label("asked"),
        *(pence_sum(columns[name]).label(name) for name in money),
        func.coalesce(func.sum(columns.without_value), 0).label("without_value"),
    ]
