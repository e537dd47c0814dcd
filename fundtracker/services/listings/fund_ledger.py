"""A page of one fund's ledger: by entry number, as in its workbook, one signed amount an entry, and what is left."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Integer, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from fundtracker.domain.kinds import Kind, Measure
from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import Doubt
from fundtracker.services.figures import AsAt, Rows, counted, measure_sum
from fundtracker.services.listings.paging import PER_PAGE, last_page
from fundtracker.services.listings.payees import Payee, merged, payee_of
from fundtracker.store.awards import Award, AwardLine, Payment
from fundtracker.store.base import BigId
from fundtracker.store.books import Entry
from fundtracker.store.funds import Fund

_Undo = aliased(Entry, name="undo")
_MOVES = {Measure.ALLOCATED: 1, Measure.AWARDED: -1}  # what is left to award


@dataclass(slots=True, kw_only=True)
class LedgerRow:
    """One entry with its signed pence, whom and what it was for, and what it reverses or was reversed by."""

    number: int
    on_date: date
    original_date: date | None
    kind: Kind
    amount: Pence
    budget_line_id: int
    reverses: int | None
    reversed_by: int | None
    replaces: int | None
    decision: str
    voucher: str
    narrative: str
    date_doubt: Doubt
    amount_doubt: Doubt
    organisation: str | None
    benefits: str | None
    award: str | None
    payment: str | None
    left_after: Pence

    @property
    def measure(self) -> Measure:
        """Name the column that the amount stands in."""
        return self.kind.measure


@dataclass(frozen=True, kw_only=True)
class Forward:
    """What the entries before a page come to, in pence."""

    entries: int
    allocated: Pence
    awarded: Pence
    paid: Pence

    @property
    def left(self) -> Pence:
        """Give what was left to award before the page."""
        return Pence(self.allocated - self.awarded)


@dataclass(frozen=True, kw_only=True)
class LedgerPage:
    """One page of a ledger, with what is brought forward to it."""

    rows: list[LedgerRow]
    forward: Forward
    entries: int
    page: int
    last: int


@dataclass(frozen=True)
class _Asking:
    """The statements of a fund's ledger: how many entries, what those before a page come to, and a page."""

    count: Rows
    forward: Rows
    page: Rows


def ledger_page(session: Session, when: AsAt, fund: Fund, page: int | None = None) -> LedgerPage:
    """Give a page of a fund's ledger as at a day, the last one unless told otherwise, in three queries."""
    asked = _asking(when)
    entries = session.execute(asked.count, {"fund": fund.id}).scalar_one()
    last = last_page(entries)
    number = last if page is None else min(max(page, 1), last)
    before = (number - 1) * PER_PAGE
    forward = _forward(session, asked, fund, before)
    found = session.execute(asked.page, {"fund": fund.id, "before": before})
    names = found.keys()
    rows = _run(forward.left, [dict(zip(names, row, strict=True)) for row in found])
    return LedgerPage(rows=rows, forward=forward, entries=entries, page=number, last=last)


@lru_cache
def _asking(when: AsAt) -> _Asking:
    mine = (Entry.fund_id == bindparam("fund", type_=BigId), *counted(when))
    before = bindparam("before", type_=Integer)
    earlier = select(Entry.number).where(*mine).order_by(Entry.number).limit(before).subquery()
    sums = [measure_sum(measure) for measure in (Measure.ALLOCATED, Measure.AWARDED, Measure.PAID)]
    return _Asking(
        count=select(func.count()).select_from(Entry).where(*mine),
        forward=select(*sums).join(earlier, earlier.c.number == Entry.number),
        page=_rows().where(*mine).order_by(Entry.number).limit(PER_PAGE).offset(before),
    )


def page_of_entry(session: Session, when: AsAt, fund: Fund, number: int) -> int | None:
    """Give the page of a fund's ledger that an entry stands on; None where it is not the fund's, or not yet."""
    mine = (Entry.fund_id == fund.id, *counted(when))
    if session.scalar(select(Entry.number).where(*mine, Entry.number == number)) is None:
        return None
    up_to = select(func.count()).select_from(Entry).where(*mine, Entry.number <= number)
    return last_page(session.execute(up_to).scalar_one())


def _forward(session: Session, asked: _Asking, fund: Fund, before: int) -> Forward:
    row = session.execute(asked.forward, {"fund": fund.id, "before": before}).one()
    allocated, awarded, paid = (Pence(int(amount)) for amount in row)
    return Forward(entries=before, allocated=allocated, awarded=awarded, paid=paid)


def _rows() -> Rows:
    tree = merged()
    facts = [
        Entry.number, Entry.on_date, Entry.original_date, Entry.kind, Entry.amount, Entry.budget_line_id,
        Entry.reverses, _Undo.number.label("reversed_by"), Entry.replaces, Entry.decision_reference.label("decision"),
        Entry.reference.label("voucher"), Entry.narrative, Entry.date_doubt, Entry.amount_doubt,
        Payee.name.label("organisation"), Award.benefits, Award.reference.label("award"),
        Payment.reference.label("payment"),
    ]  # fmt: skip
    return (
        select(*facts)
        .select_from(Entry)
        .outerjoin(_Undo, _Undo.reverses == Entry.number)
        .outerjoin(AwardLine, AwardLine.id == Entry.award_line_id)
        .outerjoin(Award, Award.id == AwardLine.award_id)
        .outerjoin(tree, tree.c.id == Award.organisation_id)
        .outerjoin(Payee, Payee.id == payee_of(tree, Award.organisation_id))
        .outerjoin(Payment, Payment.id == Entry.payment_id)
    )


def _run(left: Pence, found: list[dict[str, Any]]) -> list[LedgerRow]:
    rows = []
    for facts in found:
        left = Pence(left + _MOVES.get(facts["kind"].measure, 0) * facts["amount"])
        rows.append(LedgerRow(**facts, left_after=left))
    return rows
