"""Confirmed: a payment sent in a run is known to be paid once the finance system's own line is matched with it."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.roles import Actor
from fundtracker.services.confirming import confirm_payment
from fundtracker.services.reconciling.rows import LineRow, OurRow
from fundtracker.store.awards import Payment
from fundtracker.store.books import Entry


def confirm_sent(session: Session, lines: Sequence[LineRow], ours: Sequence[OurRow], *, by: Actor) -> None:
    """Mark the payments of a match that wait for the bank as paid, by the reference and the day of its one line."""
    line = lines[0] if len(lines) == 1 else None
    if line is None or not line.reference or line.on is None:
        return
    numbers = [row.id for row in ours if row.on is not None and row.on <= line.on and row.reverses is None]
    waiting = select(Payment).join(Entry, Entry.payment_id == Payment.id).where(Entry.number.in_(numbers))
    waiting = waiting.where(Payment.run_line_id.is_not(None), Payment.confirmed_on.is_(None))
    for payment in session.scalars(waiting).all():
        confirm_payment(session, payment=payment, voucher=line.reference, on=line.on, by=by)
