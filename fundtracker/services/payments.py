"""Payments: paying an award in whole or part, money coming back, and money that went to the wrong organisation."""

from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fundtracker.domain.kinds import Kind
from fundtracker.domain.money import Pence
from fundtracker.domain.refusals import FundNotOpenError, NotFoundRefusal, NothingToDoError, WrongStateError
from fundtracker.domain.statuses import AwardType, FundStatus
from fundtracker.domain.text import one_line
from fundtracker.services import references, reversals
from fundtracker.services.allocations import positive
from fundtracker.services.awards import AwardDetails, Share, make_award
from fundtracker.services.drafts import Draft
from fundtracker.services.organisations import root_of
from fundtracker.services.posting import Particulars, post
from fundtracker.services.variations import change, check_not_in_error
from fundtracker.store.awards import Award, AwardLine, Payment
from fundtracker.store.books import Entry
from fundtracker.store.organisations import Organisation
from fundtracker.store.runs import RunLine
from fundtracker.store.schedules import Instalment


def pay(
    session: Session,
    *,
    line: AwardLine,
    amount: Pence,
    particulars: Particulars,
    invoice_number: str = "",
    voucher: str = "",
    instalment: Instalment | None = None,
    run_line: RunLine | None = None,
) -> Payment:
    """
    Record money sent for an award line, in whole or part, in pence: for an instalment, and in a run, where given.

    Raises MoreThanAwardedError beyond what is still to pay, and FundNotOpenError while the fund is suspended.
    """
    positive(amount)
    if particulars.batch is None:
        check_fund_pays(line)
    check_not_in_error(line.award)
    payment = Payment(invoice_number=invoice_number, voucher=voucher)
    payment.instalment_id = instalment.id if instalment else None
    payment.run_line_id = run_line.id if run_line else None
    return post_payment(session, line, amount, particulars, payment)


def check_fund_pays(line: AwardLine) -> None:
    """Refuse to pay from a fund while it is suspended."""
    fund = line.budget_line.fund
    if fund.status is FundStatus.SUSPENDED:
        raise FundNotOpenError(f"{fund.name} is suspended, so nothing is paid from it. Reopen the fund first.")


def post_payment(
    session: Session, line: AwardLine, amount: Pence, particulars: Particulars, payment: Payment
) -> Payment:
    """Post a payment that is filled in but for its reference and its line."""
    payment.reference, payment.award_line = references.next_payment(session, line.award), line
    payment.invoice_number, payment.voucher = one_line(payment.invoice_number), one_line(payment.voucher)
    session.add(payment)
    session.flush()
    draft = Draft(
        kind=Kind.PAYMENT,
        line=line.budget_line,
        amount=amount,
        award_line=line,
        payment_id=payment.id,
        reference=payment.voucher or payment.invoice_number,
    )
    post(session, particulars, draft)
    return payment


def refund(
    session: Session,
    *,
    line: AwardLine,
    amount: Pence,
    lowers_award: bool,
    particulars: Particulars,
    reference: str = "",
) -> list[Entry]:
    """
    Record money that a recipient sent back, in pence, and bring the award down by it or leave it to be paid again.

    Raises MoreThanPaidError where more would come back than was paid.
    """
    positive(amount)
    return post(session, particulars, *refund_drafts(line, amount, lowers_award=lowers_award, reference=reference))


def refund_drafts(line: AwardLine, amount: Pence, *, lowers_award: bool, reference: str = "") -> list[Draft]:
    """
    Draft what a refund of so many pence records: the fall of the award, where it comes down, then the refund.

    Money paid in error that comes back after it was written off always lowers what was: nobody is paid it again.
    """
    back = Draft(kind=Kind.REFUND, line=line.budget_line, amount=amount, award_line=line, reference=reference)
    lowers = lowers_award or line.award.type is AwardType.PAID_IN_ERROR
    # What is owed already lowered the award when it became owed; only the rest lowers it now.
    fall = min(max(0, amount - line.to_recover), line.awarded) if lowers else 0
    return [change(line, Kind.VARIATION, -fall), back] if fall else [back]


def move_payment(session: Session, *, payment: Payment, holder: Organisation, particulars: Particulars) -> Award:
    """
    Move a payment made to the wrong organisation: reverse it, and post it to whoever has the money.

    It stands on an award of £0.00, paid in error, and shows as to recover until it comes back. Raises NothingToDoError
    where the holder is the payee, and WrongStateError where the payment has been reversed.
    """
    entry = live_entry(session, payment)
    line = payment.award_line
    if root_of(holder) is root_of(line.award.organisation):
        raise NothingToDoError("Choose the organisation that has the money: this one was meant to.", field="holder")
    reversals.reverse_entry(session, entry=entry, particulars=particulars)
    details = AwardDetails(
        recipient=holder,
        shares=(Share(line=line.budget_line, amount=None),),
        type=AwardType.PAID_IN_ERROR,
        purpose=f"Paid in error: {payment.reference} was meant for {line.award.organisation.name}",
    )
    award = make_award(session, details=details, particulars=particulars)
    post_payment(session, award.lines[0], entry.amount, particulars, sent_again(payment))
    return award


def move_to_award(session: Session, *, payment: Payment, line: AwardLine, particulars: Particulars) -> Payment:
    """
    Move a payment that was recorded on the wrong award or fund to the award line it was for, of the same payee.

    It is reversed, and posted there with its own day as the original date. Raises NothingToDoError for the line it is
    on, WrongStateError for another payee's or where it has been reversed, and what paying that line raises.
    """
    entry = live_entry(session, payment)
    if line is payment.award_line:
        raise NothingToDoError(f"{payment.reference} is on {line.award.reference} already.", field="award")
    if root_of(line.award.organisation) is not root_of(payment.award_line.award.organisation):
        raise WrongStateError(
            f"{line.award.reference} is another organisation’s. Say that the payment went to the wrong organisation.",
            field="award",
        )
    reversals.reverse_entry(session, entry=entry, particulars=particulars)
    check_not_in_error(line.award)
    check_fund_pays(line)
    dated = replace(particulars, original_date=entry.original_date or entry.on_date)
    return post_payment(session, line, entry.amount, dated, sent_again(payment))


def sent_again(payment: Payment) -> Payment:
    """Give a payment like another, for where the same money is found to have gone."""
    return Payment(
        invoice_number=payment.invoice_number,
        voucher=payment.voucher,
        run_line_id=payment.run_line_id,
        confirmed_on=payment.confirmed_on,
    )


def live_entry(session: Session, payment: Payment) -> Entry:
    """Give the entry that made a payment; raises WrongStateError where it has been reversed."""
    made = select(Entry).where(Entry.payment_id == payment.id, Entry.reverses.is_(None)).order_by(Entry.number.desc())
    entry = session.scalars(made).first()
    if entry is None or reversals.reversal_of(session, entry) is not None:
        raise WrongStateError(f"Payment {payment.reference} has been reversed already.")
    return entry


def find_payment(session: Session, reference: str) -> Payment:
    """Give the payment with a reference, in any case; raises NotFoundRefusal."""
    payment = session.scalar(select(Payment).where(func.lower(Payment.reference) == reference.strip().lower()))
    if payment is None:
        raise NotFoundRefusal(f"There is no payment with the reference {one_line(reference)}.")
    return payment
