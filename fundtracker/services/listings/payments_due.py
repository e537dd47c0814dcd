"""The list of payments due: every award line with something still to pay, across funds."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, Subquery, case, func, select, type_coerce
from sqlalchemy.orm import Session, aliased

from fundtracker.domain.kinds import EventKind
from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import AwardStatus, AwardType, Doubt, FundStatus, SpendType
from fundtracker.services.listings.filters import Filters, between, containing, of_payee, on_lines
from fundtracker.services.listings.owed import pence_sum
from fundtracker.services.listings.paging import KEPT, Asking, Listed, Order, Part, asking, show
from fundtracker.services.listings.payees import Payee, merged, payee_of
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.base import PenceColumn
from fundtracker.store.events import Event
from fundtracker.store.funds import BudgetLine, Fund, line_label

OLDEST = Part(order=Order("awarded_on"))
_GAP = AwardLine.awarded - AwardLine.paid + AwardLine.recovered
_Others = aliased(BudgetLine)


@dataclass(slots=True)
class DueRow:
    """One award line, what was paid on it and what is to pay, in pence; `lines` is how many its fund has."""

    id: int
    award: str
    organisation: str
    payee_id: int
    benefits: str
    purpose: str
    fund: str
    fund_id: int
    fund_reference: str
    fund_status: FundStatus
    year: int
    lot: str
    spend_type: SpendType
    lines: int
    awarded_on: date
    date_doubt: Doubt
    awarded: Pence
    paid: Pence
    to_pay: Pence

    @property
    def held(self) -> bool:
        """Say whether nothing is paid from its fund now."""
        return self.fund_status is FundStatus.SUSPENDED

    @property
    def line_label(self) -> str:
        """Name its budget line where its fund is known."""
        return line_label(self.year, self.spend_type, self.lot)


@dataclass(frozen=True, kw_only=True)
class DueTotals:
    """The sums of every row that the filters let through, in pence; `held` is what suspended funds do not pay now."""

    count: int
    organisations: int
    awarded: Pence
    paid: Pence
    to_pay: Pence
    held: Pence


def list_due(session: Session, filters: Filters, part: Part = OLDEST) -> Listed[DueRow, DueTotals]:
    """Give the award lines with something to pay today, with the totals of all that the filters let through."""
    return show(session, _asking(filters, part.order), part, row=DueRow, totals=DueTotals)


def rows_of(session: Session, ids: Collection[int]) -> list[DueRow]:
    """Give the rows of award lines by id, whether anything is to pay on them or not."""
    found = session.execute(_rows(merged()).where(AwardLine.id.in_(ids)).order_by(Award.awarded_on, AwardLine.id))
    return [DueRow(**row) for row in found.mappings()]


def why_held(session: Session) -> dict[int, str]:
    """Give the reason noted when each suspended fund was suspended, by the fund's id."""
    told = select(Event.fund_id, Event.narrative).join(Fund, Fund.id == Event.fund_id).order_by(Event.id)
    suspended = told.where(Event.kind == EventKind.FUND_SUSPENDED, Fund.status == FundStatus.SUSPENDED)
    return {fund_id: narrative for fund_id, narrative in session.execute(suspended) if fund_id is not None}


@lru_cache(maxsize=KEPT)
def _asking(filters: Filters, order: Order) -> Asking:
    listed = _listed(filters)
    everything = select(func.count(AwardLine.id)).join(Award, Award.id == AwardLine.award_id).where(*_due())
    return asking(listed, order, sums=_totals(listed), everything=everything)


def _due() -> list[ColumnElement[bool]]:
    return [_GAP > 0, Award.type != AwardType.PAID_IN_ERROR, Award.status != AwardStatus.COMPLETED]


def _rows(tree: CTE) -> Select[Any]:
    return (
        select(*_facts())
        .select_from(AwardLine)
        .join(Award, Award.id == AwardLine.award_id)
        .join(BudgetLine, BudgetLine.id == AwardLine.budget_line_id)
        .join(Fund, Fund.id == BudgetLine.fund_id)
        .outerjoin(tree, tree.c.id == Award.organisation_id)
        .outerjoin(Payee, Payee.id == payee_of(tree, Award.organisation_id))
    )


def _listed(filters: Filters) -> Subquery:
    tree = merged()
    words = (Award.reference, Award.benefits, Award.purpose)
    wanted = containing(filters, *words, organisations=tree, amounts=(_GAP, AwardLine.awarded))
    wanted += [*on_lines(filters), *of_payee(filters), *between(_GAP, filters)]
    return _rows(tree).where(*_due(), *wanted).subquery("payments_due")


def _facts() -> list[Any]:
    lines = select(func.count(_Others.id)).where(_Others.fund_id == Fund.id).scalar_subquery()
    return [
        AwardLine.id, Award.reference.label("award"), Payee.name.label("organisation"), Payee.id.label("payee_id"),
        Award.benefits, Award.purpose, Fund.name.label("fund"), Fund.id.label("fund_id"),
        Fund.reference.label("fund_reference"), Fund.status.label("fund_status"), BudgetLine.year, BudgetLine.lot,
        BudgetLine.spend_type, lines.label("lines"), Award.awarded_on, Award.date_doubt, AwardLine.awarded,
        type_coerce(AwardLine.paid - AwardLine.recovered, PenceColumn).label("paid"),
        type_coerce(case((_GAP > 0, _GAP), else_=0), PenceColumn).label("to_pay"),
    ]  # fmt: skip


def _totals(listed: Subquery) -> list[ColumnElement[Any]]:
    columns = listed.c
    suspended = columns.fund_status == FundStatus.SUSPENDED
    return [
        func.count(columns.payee_id.distinct()).label("organisations"),
        pence_sum(columns.awarded).label("awarded"),
        pence_sum(columns.paid).label("paid"),
        pence_sum(columns.to_pay).label("to_pay"),
        pence_sum(case((suspended, columns.to_pay))).label("held"),
    ]
