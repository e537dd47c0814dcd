"""Payment runs: several payments recorded together, all of them or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from fundtracker.domain.kinds import Kind
from fundtracker.domain.money import Pence
from fundtracker.domain.refusals import NotFoundRefusal, NothingToDoError, Refusal
from fundtracker.services import guards
from fundtracker.services.allocations import positive
from fundtracker.services.drafts import Draft
from fundtracker.services.payments import check_fund_pays, pay
from fundtracker.services.posting import Particulars, check_date
from fundtracker.services.reversals import LARGEST_NUMBER
from fundtracker.services.variations import check_not_in_error
from fundtracker.store.awards import Award, AwardLine, Payment
from fundtracker.store.books import Entry
from fundtracker.store.funds import BudgetLine

LARGEST_RUN = 500


class RunRefusedError(Refusal):
    """A run of which some payments cannot be recorded, each with its own refusal by the award line's id."""

    def __init__(self, by_line: dict[int, Refusal]) -> None:
        super().__init__("\n".join(refusal.sentence for refusal in by_line.values()))
        self.by_line = by_line


@dataclass(frozen=True, kw_only=True)
class Due:
    """One payment of a run: an award line and the pence paid on it."""

    line: AwardLine
    amount: Pence
    invoice_number: str = ""


def pay_together(session: Session, *, run: Sequence[Due], particulars: Particulars, voucher: str = "") -> list[Payment]:
    """
    Record several payments of one day under one voucher, in the caller's transaction.

    Raises RunRefusedError with the refusal of every payment that has one, and NothingToDoError for an empty run.
    """
    if not run:
        raise NothingToDoError("Tick at least one payment")
    check_date(session, particulars.on)
    refused = {due.line.id: refusal for due in run if (refusal := _refusal(session, due, particulars.on))}
    if refused:
        raise RunRefusedError(refused)
    return [
        pay(session, line=due.line, amount=due.amount, particulars=particulars,
            invoice_number=due.invoice_number, voucher=voucher)
        for due in run
    ]  # fmt: skip


def _refusal(session: Session, due: Due, on: date) -> Refusal | None:
    line = due.line
    try:
        positive(due.amount)
        check_fund_pays(line)
        check_not_in_error(line.award)
        draft = Draft(kind=Kind.PAYMENT, line=line.budget_line, amount=due.amount, award_line=line)
        guards.check(session, draft, on)
    except Refusal as refusal:
        return refusal
    return None


def award_lines(session: Session, ids: Sequence[int]) -> dict[int, AwardLine]:
    """Give award lines by id with all that paying them reads, in one query; those that are not there are left out."""
    whole = (joinedload(AwardLine.award).joinedload(Award.organisation),
             joinedload(AwardLine.budget_line).joinedload(BudgetLine.fund))  # fmt: skip
    found = session.scalars(select(AwardLine).where(AwardLine.id.in_(ids[:LARGEST_RUN])).options(*whole))
    return {line.id: line for line in found}


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
