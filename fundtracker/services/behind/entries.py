"""The entries that make a posted figure, each with the signed pence that it counts with."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, or_, select, type_coerce

from fundtracker.domain.asks import Figure
from fundtracker.domain.kinds import ALLOCATED_KINDS, AWARDED_KINDS, Kind
from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import Doubt
from fundtracker.services.behind.asked import OF_FUNDS, Asked
from fundtracker.services.behind.cutting import OBJECTIVE, ON_AWARDS, Rows, on_awards, on_lines, to_payees
from fundtracker.services.figures import counted
from fundtracker.services.listings.filters import Conditions
from fundtracker.services.listings.payees import Payee, merged
from fundtracker.store.awards import Award, AwardLine, Payment
from fundtracker.store.base import PenceColumn
from fundtracker.store.books import Entry
from fundtracker.store.funds import BudgetLine, Fund

# Which kinds a figure adds up, and which it takes off.
ADDED: dict[Figure, tuple[Kind, ...]] = {
    Figure.ORIGINAL: (Kind.ALLOCATION,),
    Figure.ALLOCATED: ALLOCATED_KINDS,
    Figure.AWARDED: AWARDED_KINDS,
    Figure.REMAINING: ALLOCATED_KINDS,
    Figure.PAID: (Kind.PAYMENT,),
    Figure.RECOVERED: (Kind.REFUND,),
    Figure.NET_PAID: (Kind.PAYMENT,),
    Figure.RECEIVED: (Kind.RECEIPT,),
    Figure.RETURNED: (Kind.RETURN,),
}
TAKEN_OFF: dict[Figure, tuple[Kind, ...]] = {Figure.REMAINING: AWARDED_KINDS, Figure.NET_PAID: (Kind.REFUND,)}


@dataclass(slots=True, kw_only=True)
class EntryRow:
    """One entry, with the pence that it adds to the figure, below zero where it takes off."""

    key: int
    on_date: date
    kind: Kind
    reverses: int | None
    fund: str
    fund_reference: str
    year: int
    organisation: str | None
    payee_id: int | None
    benefits: str | None
    award: str | None
    payment: str | None
    reference: str
    decision: str
    narrative: str
    amount: Pence
    date_doubt: Doubt
    amount_doubt: Doubt


def entries_behind(asked: Asked, *, bare: bool = False) -> Rows:
    """Choose the entries that make a figure, each once; bare, no more is read of them than adding them up needs."""
    sign, wanted = _signed(asked)
    amount = type_coerce(case((sign, Entry.amount), else_=-Entry.amount), PenceColumn)
    rows: Rows = select(*(_BARE if bare else _facts()), amount.label("amount")).select_from(Entry)
    if asked.cuts or not bare:
        rows = rows.join(Fund, Fund.id == Entry.fund_id).join(BudgetLine, BudgetLine.id == Entry.budget_line_id)
    if asked.values(*ON_AWARDS) or not bare:
        rows = rows.outerjoin(AwardLine, AwardLine.id == Entry.award_line_id)
        rows = to_payees(rows.outerjoin(Award, Award.id == AwardLine.award_id), merged())
    if not bare:
        rows = rows.outerjoin(Payment, Payment.id == Entry.payment_id)
    since = asked.values("since")
    wanted += [Entry.on_date >= since["since"]] if since else []
    return rows.where(*counted(asked.when), *on_lines(asked), *wanted)


_BARE = (Entry.number, Entry.kind, Entry.on_date, Entry.reverses, Entry.amount_doubt)


def _facts() -> list[Any]:
    return [
        Entry.number.label("key"), Entry.on_date, Entry.kind, Entry.reverses, Fund.name.label("fund"),
        Fund.reference.label("fund_reference"), BudgetLine.year, Payee.name.label("organisation"),
        Payee.id.label("payee_id"), Award.benefits, Award.reference.label("award"), Payment.reference.label("payment"),
        Entry.reference, Entry.decision_reference.label("decision"), Entry.narrative, Entry.date_doubt,
        Entry.amount_doubt,
    ]  # fmt: skip


def _signed(asked: Asked) -> tuple[ColumnElement[bool], Conditions]:
    """Say which entries add, the others taking off, and which entries there are."""
    figure = asked.figure
    if figure not in OF_FUNDS:
        return Entry.kind.in_(ADDED[figure]), [_of(figure), *on_awards(asked)]
    objective = asked.cut("objective")
    if objective is None:
        return Entry.kind.in_(ADDED[figure]), [_of(figure)]
    ours = Fund.objective_id.is_not_distinct_from(objective.value)
    if figure is not Figure.ALLOCATED:
        return Entry.kind.in_(ADDED[figure]), [_of(figure), ours]
    return _moved_between(ours, OBJECTIVE.is_not_distinct_from(objective.value))


def _of(figure: Figure) -> ColumnElement[bool]:
    return Entry.kind.in_((*ADDED[figure], *TAKEN_OFF.get(figure, ())))


def _moved_between(ours: ColumnElement[bool], meant: ColumnElement[bool]) -> tuple[ColumnElement[bool], Conditions]:
    """
    Say how an award for another objective than its fund's moves what is allocated from that one to this.

    So what is allocated to an objective is what is awarded for it and what its funds have left, and all objectives
    add up to what is allocated.
    """
    allocated, awarded = Entry.kind.in_(ALLOCATED_KINDS), Entry.kind.in_(AWARDED_KINDS)
    moved = and_(awarded, or_(and_(ours, ~meant), and_(~ours, meant)))
    return or_(allocated, meant), [or_(and_(allocated, ours), moved)]
