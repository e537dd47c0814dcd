"""Confirmed: a payment sent in a run is known to be paid once the finance system's own line is matched with it."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from fundtracker.domain.kinds import EventKind
from fundtracker.domain.roles import Actor
from fundtracker.domain.years import today
from fundtracker.services.confirming import confirm_payment
from fundtracker.services.events import note_event
from fundtracker.services.posting import Particulars
from fundtracker.services.reconciling.rows import LineRow, OurRow
from fundtracker.store.awards import Payment
from fundtracker.store.books import Entry
from fundtracker.store.events import Event
from fundtracker.store.reconciling import Matching


def confirm_sent(session: Session, lines: Sequence[LineRow], ours: Sequence[OurRow], *, by: Actor) -> None:
    """Mark the payments of a match that wait for the bank as paid, by the reference and the day of its one line."""
    line = lines[0] if len(lines) == 1 else None
    if line is None or not line.reference or line.on is None:
        return
    numbers = [row.id for row in ours if row.on is not None and row.on <= line.on and row.reverses is None]
    for payment in session.scalars(_of_runs(numbers).where(Payment.confirmed_on.is_(None))).all():
        confirm_payment(session, payment=payment, voucher=line.reference, on=line.on, by=by)


def unconfirm(session: Session, made: Matching, *, by: Actor) -> None:
    """Let the payments that were known to be paid by a match alone wait for the bank again, now that it is undone."""
    line = made.lines[0].line if len(made.lines) == 1 else None
    if line is None or not line.reference:
        return
    told = _of_runs([part.entry_number for part in made.entries])
    told = told.where(Payment.voucher == line.reference, Payment.confirmed_on == line.on_date)
    for payment in session.scalars(told).all():
        if _confirmed_since(session, payment, made.made_at):
            payment.voucher, payment.confirmed_on = "", None
            says = f"{payment.reference}: not known to be paid any more. Match {made.id} is undone."
            note_event(session, EventKind.PAYMENT_CONFIRMED, payment.award_line.award, Particulars(on=today(), by=by),
                       says=says)  # fmt: skip


def _of_runs(entries: Collection[int]) -> Select[Payment]:
    sent = select(Payment).join(Entry, Entry.payment_id == Payment.id)
    return sent.where(Entry.number.in_(entries), Payment.run_line_id.is_not(None))


def _confirmed_since(session: Session, payment: Payment, moment: datetime) -> bool:
    """Say whether a payment was confirmed with a match, and not by a person before it."""
    confirmed = select(func.max(Event.recorded_at)).where(
        Event.kind == EventKind.PAYMENT_CONFIRMED, Event.award_id == payment.award_line.award_id,
        Event.narrative.startswith(f"{payment.reference}, ", autoescape=True),
    )  # fmt: skip
    last = session.scalar(confirmed)
    return last is not None and last >= moment
