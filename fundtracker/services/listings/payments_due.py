"""The list of payments due: every instalment with something still to pay, across funds, the latest overdue first."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, Subquery, and_, case, func, or_, select, type_coerce
from sqlalchemy.orm import Session, aliased

from fundtracker.domain.kinds import EventKind
from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import AwardStatus, AwardType, Doubt, FundStatus, SpendType
from fundtracker.domain.years import long_date, today
from fundtracker.services.instalments import Plan, slots
from fundtracker.services.listings.filters import Filters, between, containing, in_days, of_payee, on_lines
from fundtracker.services.listings.owed import pence_sum
from fundtracker.services.listings.paging import KEPT, Asking, Listed, Order, Part, asking, show
from fundtracker.services.listings.payees import Payee, merged, payee_of
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.base import PenceColumn
from fundtracker.store.events import Event
from fundtracker.store.funds import BudgetLine, Fund, line_label

OLDEST = Part(order=Order("due_on"))
READY, LATE, HELD, UNDER_WAY = "ready", "late", "held", "in a run"  # what `status` may be
_GAP = AwardLine.awarded - AwardLine.paid + AwardLine.recovered
_Others = aliased(BudgetLine)
_OF_SLOT = (*(field.name for field in fields(Plan)), "in_run")


@dataclass(slots=True)
class DueRow(Plan):
    """One instalment, what its award line has had, and what is to pay of it, in pence; `lines` is its fund's."""

    in_run: Pence
    place: int
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
    def key(self) -> str:
        """Give what tells this row from all others: its award line, and its instalment where it has a schedule."""
        return f"{self.line_id}-{self.instalment_id}" if self.instalment_id else str(self.line_id)

    @property
    def ready(self) -> Pence:
        """Give what of it can be put in a run, in pence."""
        return Pence(self.to_pay - self.in_run)

    @property
    def barrier(self) -> str:
        """Say what keeps it from being paid, where anything does, without why its fund is suspended."""
        if self.fund_status is FundStatus.SUSPENDED:
            return "The fund is suspended"
        return self.waits_for

    @property
    def held(self) -> str:
        """Say why it cannot be put in a run, where it cannot."""
        return self.barrier or ("In a payment run" if self.in_run and not self.ready else "")

    @property
    def line_label(self) -> str:
        """Name its budget line where its fund is known."""
        return line_label(self.year, self.spend_type, self.lot)

    @property
    def when(self) -> str:
        """Say when it is due."""
        return long_date(self.due_on)


@dataclass(frozen=True, kw_only=True)
class DueTotals:
    """The sums of every row that the filters let through, in pence: all, due by today, later, held, and in runs."""

    count: int
    organisations: int
    to_pay: Pence
    due: Pence
    later: Pence
    held: Pence
    in_run: Pence


def list_due(session: Session, filters: Filters, part: Part = OLDEST) -> Listed[DueRow, DueTotals]:
    """Give the instalments with something to pay, with the totals of all that the filters let through."""
    return show(session, _asking(filters, part.order, today()), part, row=DueRow, totals=DueTotals)


def rows_of(session: Session, keys: Collection[tuple[int, int | None]]) -> list[DueRow]:
    """Give the rows of instalments by award line and instalment, whether anything is to pay on them or not."""
    wanted = {line for line, _ in keys}
    found = session.execute(_rows(merged(), AwardLine.id.in_(wanted)).order_by("due_on", "place")).mappings()
    rows = [DueRow(**row) for row in found]
    return [row for row in rows if (row.line_id, row.instalment_id) in set(keys)]


def why_held(session: Session) -> Mapping[int, str]:
    """Give the reason noted when each suspended fund was suspended, by the fund's id."""
    told = select(Event.fund_id, Event.narrative).join(Fund, Fund.id == Event.fund_id).order_by(Event.id)
    suspended = told.where(Event.kind == EventKind.FUND_SUSPENDED, Fund.status == FundStatus.SUSPENDED)
    return {fund_id: narrative for fund_id, narrative in session.execute(suspended) if fund_id is not None}


@lru_cache(maxsize=KEPT)
def _asking(filters: Filters, order: Order, day: date) -> Asking:
    listed = _listed(filters, day)
    everything = None
    if filters != Filters():
        whole = slots(*_due())
        everything = select(func.count()).select_from(whole).where(whole.c.left > 0)
    return asking(listed, order, sums=_totals(listed, day), everything=everything, tie="place")


def _due() -> list[ColumnElement[bool]]:
    return [_GAP > 0, Award.type != AwardType.PAID_IN_ERROR, Award.status != AwardStatus.COMPLETED]


def _rows(tree: CTE, *wanted: ColumnElement[bool]) -> Select[Any]:
    slot = slots(*wanted)
    return (
        select(*_facts(slot))
        .select_from(slot)
        .join(AwardLine, AwardLine.id == slot.c.line_id)
        .join(Award, Award.id == AwardLine.award_id)
        .join(BudgetLine, BudgetLine.id == AwardLine.budget_line_id)
        .join(Fund, Fund.id == BudgetLine.fund_id)
        .outerjoin(tree, tree.c.id == Award.organisation_id)
        .outerjoin(Payee, Payee.id == payee_of(tree, Award.organisation_id))
    )


def _listed(filters: Filters, day: date) -> CTE:
    tree = merged()
    words = (Award.reference, Award.benefits, Award.purpose)
    wanted = [*on_lines(filters), *of_payee(filters)]
    wanted += containing(filters, *words, organisations=tree, amounts=(_GAP, AwardLine.awarded))
    rows = _rows(tree, *_due()).where(*wanted).subquery("instalments_due")
    c = rows.c
    narrowed = [c.to_pay > 0, *between(c.to_pay, filters), *in_days(c.due_on, filters), *_in_state(rows, filters, day)]
    return select(rows).where(*narrowed).cte("payments_due")


def _facts(slot: Subquery) -> list[Any]:
    lines = select(func.count(_Others.id)).where(_Others.fund_id == Fund.id).scalar_subquery()
    return [
        *(slot.c[name] for name in _OF_SLOT), (slot.c.line_id * 1000 + slot.c.position).label("place"),
        Award.reference.label("award"), Payee.name.label("organisation"), Payee.id.label("payee_id"), Award.benefits,
        Award.purpose, Fund.name.label("fund"), Fund.id.label("fund_id"), Fund.reference.label("fund_reference"),
        Fund.status.label("fund_status"), BudgetLine.year, BudgetLine.lot, BudgetLine.spend_type, lines.label("lines"),
        Award.awarded_on, Award.date_doubt, slot.c.amount.label("awarded"), slot.c.placed.label("paid"),
        type_coerce(slot.c.left, PenceColumn).label("to_pay"),
    ]  # fmt: skip


def _held(rows: Subquery | CTE) -> ColumnElement[bool]:
    unmet = and_(rows.c.condition != "", rows.c.condition_met_on.is_(None))
    terms = [rows.c[name].is_not(None) for name in ("unmet", "late_on", "unaccepted_on")]
    return or_(rows.c.fund_status == FundStatus.SUSPENDED, rows.c.held_why != "", unmet, *terms)


def _in_state(rows: Subquery, filters: Filters, day: date) -> list[ColumnElement[bool]]:
    can_go = and_(~_held(rows), rows.c.to_pay > rows.c.in_run)
    states = {READY: can_go, LATE: rows.c.due_on < day, HELD: _held(rows), UNDER_WAY: rows.c.in_run > 0}
    return [states[filters.status]] if filters.status else []


def _totals(listed: CTE, day: date) -> list[ColumnElement[Any]]:
    columns = listed.c
    now = columns.due_on <= day
    return [
        func.count(columns.payee_id.distinct()).label("organisations"),
        pence_sum(columns.to_pay).label("to_pay"),
        pence_sum(case((now, columns.to_pay))).label("due"),
        pence_sum(case((~now, columns.to_pay))).label("later"),
        pence_sum(case((_held(listed), columns.to_pay))).label("held"),
        pence_sum(columns.in_run).label("in_run"),
    ]
