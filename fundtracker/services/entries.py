"""Entries: one entry of the books with everything that it belongs to, and its kind in the words of a page."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from fundtracker.domain.kinds import Measure
from fundtracker.services.reversals import find_entry
from fundtracker.store.awards import AwardLine, Payment
from fundtracker.store.books import Entry
from fundtracker.store.funds import BudgetLine
from fundtracker.store.imports import Batch

MEASURED = {
    Measure.ALLOCATED: "allocated",
    Measure.OVER_ALLOWED: "the allowance",
    Measure.AWARDED: "awarded",
    Measure.PAID: "paid",
    Measure.RECOVERED: "refunded",
    Measure.RECEIVED: "received",
    Measure.RETURNED: "returned to the funder",
}


@dataclass(frozen=True, kw_only=True)
class Told:
    """An entry, where it stands, what undid or replaced it, and what was recorded with it."""

    entry: Entry
    line: BudgetLine
    award_line: AwardLine | None
    payment: Payment | None
    batch: Batch | None
    reversed_by: Entry | None
    replaced_by: Entry | None
    together: Sequence[Entry]


def tell(session: Session, number: int) -> Told:
    """Tell all about the entry of a number; raises NotFoundRefusal."""
    entry = find_entry(session, number)
    others = session.scalars(select(Entry).where(or_(Entry.reverses == number, Entry.replaces == number))).all()
    together = select(Entry).where(Entry.posting == entry.posting, Entry.number != number)
    return Told(
        entry=entry,
        line=session.get_one(BudgetLine, entry.budget_line_id),
        award_line=session.get_one(AwardLine, entry.award_line_id) if entry.award_line_id else None,
        payment=session.get_one(Payment, entry.payment_id) if entry.payment_id else None,
        batch=session.get_one(Batch, entry.batch_id) if entry.batch_id else None,
        reversed_by=next((other for other in others if other.reverses == number), None),
        replaced_by=next((other for other in others if other.replaces == number), None),
        together=session.scalars(together.order_by(Entry.number)).all(),
    )


def name_of(entry: Entry) -> str:
    """Name an entry by what it does: `payment`, or `reversal of the payment`."""
    return f"reversal of the {entry.kind.value}" if entry.reverses is not None else entry.kind.value


def does(entry: Entry) -> str:
    """Say which sum an entry moves, and which way: `taken off what is paid`."""
    measure = MEASURED[entry.kind.measure]
    sum_of = measure if entry.kind.measure is Measure.OVER_ALLOWED else f"what is {measure}"
    return f"{'taken off' if entry.amount < 0 else 'added to'} {sum_of}"
