"""A page of one fund's ledger: by entry number, as in its workbook, one signed amount an entry, and what is left."""

from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate

from sqlalchemy import ColumnElement, Subquery, func, select
from sqlalchemy.orm import Session, aliased

from fundtracker.domain.kinds import Kind, Measure
from fundtracker.domain.money import ZERO, Pence
from fundtracker.domain.statuses import Doubt
from fundtracker.services.figures import AsAt, Rows, counted, measure_sum
from fundtracker.services.listings.paging import PER_PAGE, last_page
from fundtracker.services.listings.payees import Payee, merged
from fundtracker.store.awards import Award, AwardLine, Payment
from fundtracker.store.books import Entry
from fundtracker.store.funds import Fund

_Undo = aliased(Entry, name="undo")


@dataclass(frozen=True, kw_only=True)
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
    left_after: Pence = ZERO

    @property
    def measure(self) -> Measure:
        """Name the column that the amount stands in."""
        return self.kind.measure

    @property
    def move(self) -> int:
        """Give by how many pence what is left to award moves."""
        return {Measure.ALLOCATED: self.amount, Measure.AWARDED: -self.amount}.get(self.measure, 0)


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


def ledger_page(session: Session, when: AsAt, fund: Fund, page: int | None = None) -> LedgerPage:
    """Give a page of a fund's ledger as at a day, the last one unless told otherwise, in three queries."""
    mine = (Entry.fund_id == fund.id, *counted(when))
    entries = session.execute(select(func.count()).select_from(Entry).where(*mine)).scalar_one()
    last = last_page(entries)
    number = last if page is None else min(max(page, 1), last)
    before = (number - 1) * PER_PAGE
    forward = _forward(session, mine, before)
    found = session.execute(_rows().where(*mine).order_by(Entry.number).limit(PER_PAGE).offset(before)).mappings()
    rows = _run(forward.left, [LedgerRow(**row) for row in found])
    return LedgerPage(rows=rows, forward=forward, entries=entries, page=number, last=last)


def page_of_entry(session: Session, when: AsAt, fund: Fund, number: int) -> int | None:
    """Give the page of a fund's ledger that an entry stands on; None where it is not the fund's, or not yet."""
    mine = (Entry.fund_id == fund.id, *counted(when))
    if session.scalar(select(Entry.number).where(*mine, Entry.number == number)) is None:
        return None
    up_to = select(func.count()).select_from(Entry).where(*mine, Entry.number <= number)
    return last_page(session.execute(up_to).scalar_one())


def _forward(session: Session, mine: tuple[ColumnElement[bool], ...], before: int) -> Forward:
    earlier: Subquery = select(Entry.number).where(*mine).order_by(Entry.number).limit(before).subquery()
    sums = [measure_sum(measure) for measure in (Measure.ALLOCATED, Measure.AWARDED, Measure.PAID)]
    row = session.execute(select(*sums).join(earlier, earlier.c.number == Entry.number)).one()
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
        .outerjoin(Payee, Payee.id == tree.c.payee_id)
        .outerjoin(Payment, Payment.id == Entry.payment_id)
    )


def _run(left: Pence, found: list[LedgerRow]) -> list[LedgerRow]:
    after = accumulate((row.move for row in found), initial=int(left))
    next(after)
    return [replace(row, left_after=Pence(sum_)) for row, sum_ in zip(found, after, strict=True)]
