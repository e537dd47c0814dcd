"""Payments: paying an award in whole or part, money coming back, and money that went to the wrong organisation."""

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


def pay(
    session: Session,
    *,
    line: AwardLine,
    amount: Pence,
    particulars: Particulars,
    invoice_number: str = "",
    voucher: str = "",
) -> Payment:
    """
    Record money sent for an award line, in whole or part, in pence.

    Raises MoreThanAwardedError beyond what is still to pay, and FundNotOpenError while the fund is suspended.
    """
    positive(amount)
    if particulars.batch is None:
        check_fund_pays(line)
    check_not_in_error(line.award)
    return _post_payment(session, line, amount, particulars, invoice_number=invoice_number, voucher=voucher)


def check_fund_pays(line: AwardLine) -> None:
    """Refuse to pay from a fund while it is suspended."""
    fund = line.budget_line.fund
    if fund.status is FundStatus.SUSPENDED:
        raise FundNotOpenError(f"{fund.name} is suspended, so nothing is paid from it. Reopen the fund first.")


def _post_payment(
    session: Session, line: AwardLine, amount: Pence, particulars: Particulars, *, invoice_number: str, voucher: str
) -> Payment:
    payment = _payment(session, line, invoice_number, voucher)
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


def _payment(session: Session, line: AwardLine, invoice_number: str, voucher: str) -> Payment:
    payment = Payment(
        reference=references.next_payment(session, line.award),
        award_line=line,
        invoice_number=one_line(invoice_number),
        voucher=one_line(voucher),
    )
    session.add(payment)
    session.flush()
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
    numbers = {"invoice_number": payment.invoice_number, "voucher": payment.voucher}
    _post_payment(session, award.lines[0], entry.amount, particulars, **numbers)
    return award


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
