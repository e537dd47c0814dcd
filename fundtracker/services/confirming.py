"""Confirming: what the bank did with a payment that was sent: paid, with its voucher and day, or failed."""

from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, ScalarSelect, and_, case, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from fundtracker.domain.kinds import EventKind, Kind
from fundtracker.domain.money import pounds
from fundtracker.domain.refusals import NothingToDoError, ReasonMissingError, WrongStateError
from fundtracker.domain.roles import Actor
from fundtracker.domain.text import one_line
from fundtracker.domain.years import long_date
from fundtracker.services.days import check_day
from fundtracker.services.events import note_event
from fundtracker.services.payments import live_entry
from fundtracker.services.posting import Particulars
from fundtracker.services.reversals import reverse_entry
from fundtracker.store.awards import Payment
from fundtracker.store.books import Entry
from fundtracker.store.reconciling import MatchingEntry
from fundtracker.store.runs import PaymentRun, RunLine


class PaymentState(StrEnum):
    """How far a payment has come; one that was recorded when it had been made is paid from then on."""

    SENT = "sent"
    PAID = "paid"
    FAILED = "failed"
    REVERSED = "reversed"
    RECONCILED = "reconciled"


def confirm_payment(session: Session, *, payment: Payment, voucher: str, on: date, by: Actor) -> None:
    """
    Note that the bank paid a payment: its BACS or voucher reference, and the day.

    The day does not move the payment to another year: its entry keeps the day on which it was sent. Raises
    WrongStateError where it was reversed, or confirmed already with another reference or day.
    """
    check_day(on)
    entry = live_entry(session, payment)
    reference = one_line(voucher)
    if not reference:
        raise NothingToDoError("Enter the BACS or voucher reference", field="voucher")
    if on < entry.on_date:
        raise WrongStateError(
            f"{payment.reference} was sent on {long_date(entry.on_date)}. It was not paid before then.", field="on"
        )
    if payment.voucher and payment.voucher != reference and (payment.confirmed_on or payment.run_line_id is None):
        raise WrongStateError(f"{payment.reference} has the reference {payment.voucher} already.", field="voucher")
    if (payment.voucher, payment.confirmed_on) == (reference, on):
        return
    payment.voucher, payment.confirmed_on = reference, on
    says = f"{payment.reference}, {pounds(entry.amount)}: paid on {long_date(on)}, {reference}."
    note_event(session, EventKind.PAYMENT_CONFIRMED, payment.award_line.award, Particulars(on=on, by=by), says=says)


def fail_payment(session: Session, *, payment: Payment, particulars: Particulars) -> list[Entry]:
    """
    Reverse a payment that the bank returned, for the reason in the narrative; it is to pay again.

    Raises ReasonMissingError, and WrongStateError where it has been reversed.
    """
    if not one_line(particulars.narrative):
        raise ReasonMissingError("Enter why it failed, as the bank says it", field="narrative")
    entry = live_entry(session, payment)
    payment.confirmed_on = None
    return reverse_entry(session, entry=entry, particulars=particulars)


def state_of(session: Session, payment: Payment) -> PaymentState:
    """Say how far a payment has come."""
    return PaymentState(session.scalars(select(payment_state()).where(Payment.id == payment.id)).one())


def run_of(session: Session, payment: Payment) -> PaymentRun | None:
    """Give the run that a payment was sent in, where it was."""
    line = session.get(RunLine, payment.run_line_id) if payment.run_line_id else None
    return line.run if line else None


def payment_state() -> ColumnElement[str]:
    """
    Give how far a payment has come, for a statement that reads payments.

    It is what its newest entry that is no reversal says: one corrected has several.
    """
    made = aliased(Entry)
    whole = select(func.max(made.number)).where(made.payment_id == Payment.id, made.reverses.is_(None))
    return _state(whole.correlate(Payment).scalar_subquery())


def entry_state() -> ColumnElement[str]:
    """Give how far what an entry paid has come, for a statement that reads payments' entries; else nothing."""
    return case((or_(Entry.kind != Kind.PAYMENT, Entry.reverses.is_not(None)), ""), else_=_state(Entry.number))


def known_by() -> ColumnElement[str]:
    """Give the reference that finance knows an entry by: its payment's from the bank, or else the entry's own."""
    return func.coalesce(func.nullif(Payment.voucher, ""), Entry.reference)


def _state(number: ColumnElement[int] | InstrumentedAttribute[int] | ScalarSelect[int]) -> ColumnElement[str]:
    """Say it by an entry's number: one of a run that was reversed before the bank had paid it has failed."""
    undone, matched = aliased(Entry), aliased(MatchingEntry)
    gone = exists().where(undone.reverses == number)
    agreed = exists().where(matched.entry_number == number, matched.live)
    waits = and_(Payment.run_line_id.is_not(None), Payment.confirmed_on.is_(None))
    return case(
        (and_(gone, waits), PaymentState.FAILED.value),
        (gone, PaymentState.REVERSED.value),
        (agreed, PaymentState.RECONCILED.value),
        (waits, PaymentState.SENT.value),
        else_=PaymentState.PAID.value,
    )
