"""Payments already made, recorded together: all of them or none."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from fundtracker.domain.kinds import Kind
from fundtracker.domain.refusals import NotFoundRefusal, NothingToDoError, Refusal
from fundtracker.services.doubts import check_sure
from fundtracker.services.dues import Due, RunRefusedError, refusal_of
from fundtracker.services.payments import pay
from fundtracker.services.posting import Particulars, check_date
from fundtracker.services.reversals import LARGEST_NUMBER
from fundtracker.store.awards import Award, AwardLine, Payment
from fundtracker.store.books import Entry
from fundtracker.store.funds import BudgetLine

LARGEST_RUN = 500


def pay_together(
    session: Session, *, run: Sequence[Due], particulars: Particulars, voucher: str = "", sure: bool = False
) -> list[Payment]:
    """
    Record several payments of one day under one voucher, in the caller's transaction.

    Raises RunRefusedError with the refusal of every payment that has one, DoubtfulPaymentError unless somebody is
    sure, and NothingToDoError for an empty run.
    """
    if not run:
        raise NothingToDoError("Tick at least one payment")
    check_date(session, particulars.on)
    refused: dict[str, Refusal] = {
        due.key: refusal for due in run if (refusal := refusal_of(session, due, particulars.on))
    }
    if refused:
        raise RunRefusedError(refused)
    check_sure(session, run, particulars.on, sure=sure)
    return [
        pay(session, line=due.line, amount=due.amount, particulars=particulars, invoice_number=due.invoice_number,
            voucher=voucher, instalment=due.instalment)
        for due in run
    ]  # fmt: skip


def pay_due(session: Session, *, due: Due, particulars: Particulars, voucher: str = "", sure: bool = False) -> Payment:
    """Record one payment that was made; raises what refuses it, and DoubtfulPaymentError unless somebody is sure."""
    check_date(session, particulars.on)
    refused = refusal_of(session, due, particulars.on)
    if refused is not None:
        raise refused
    check_sure(session, [due], particulars.on, sure=sure)
    return pay(
        session, line=due.line, amount=due.amount, particulars=particulars, invoice_number=due.invoice_number,
        voucher=voucher, instalment=due.instalment,
    )  # fmt: skip


def entries_of(session: Session, run: Sequence[Payment]) -> tuple[int, int]:
    """Give the first and the last entry number of payments recorded together."""
    made = select(func.min(Entry.number), func.max(Entry.number))
    first, last = session.execute(made.where(Entry.payment_id.in_([payment.id for payment in run]))).one()
    return int(first or 0), int(last or 0)


def payments_between(session: Session, first: int, last: int) -> list[tuple[Payment, Entry]]:
    """Give the payments of the entries from one number to another; raises NotFoundRefusal where there are none."""
    numbers = Entry.number.between(min(first, LARGEST_NUMBER), min(last, LARGEST_NUMBER))
    made = select(Payment, Entry).join(Entry, Entry.payment_id == Payment.id).where(Entry.kind == Kind.PAYMENT)
    run = made.where(numbers, Entry.reverses.is_(None)).order_by(Entry.number)
    whole = joinedload(Payment.award_line).joinedload(AwardLine.award).joinedload(Award.organisation)
    fund = joinedload(Payment.award_line).joinedload(AwardLine.budget_line).joinedload(BudgetLine.fund)
    found = session.execute(run.options(whole, fund).limit(LARGEST_RUN)).all()
    if not found:
        raise NotFoundRefusal(f"There are no payments from entry #{first} to #{last}.")
    return [(payment, entry) for payment, entry in found]
