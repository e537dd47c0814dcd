"""Funders: money received from one, and money sent back."""

from sqlalchemy.orm import Session

from fundtracker.domain.kinds import Kind
from fundtracker.domain.money import Pence
from fundtracker.services.allocations import positive
from fundtracker.services.drafts import Draft
from fundtracker.services.posting import Particulars, post
from fundtracker.store.books import Entry
from fundtracker.store.funds import BudgetLine


def record_receipt(
    session: Session, *, line: BudgetLine, amount: Pence, particulars: Particulars, reference: str = ""
) -> Entry:
    """Record money that a funder has sent, in pence."""
    positive(amount)
    return post(session, particulars, Draft(kind=Kind.RECEIPT, line=line, amount=amount, reference=reference))[0]


def return_to_funder(
    session: Session,
    *,
    line: BudgetLine,
    amount: Pence,
    particulars: Particulars,
    reference: str = "",
    lowers_allocation: bool = False,
) -> Entry:
    """
    Record money sent back to a funder, in pence, and bring the allocation down by it where it was not lowered before.

    Needs a decision. Raises MoreThanReceivedError, and AlreadyAwardedError where what is lowered is awarded.
    """
    positive(amount)
    back = Draft(kind=Kind.RETURN, line=line, amount=amount, reference=reference)
    lower = [Draft(kind=Kind.REDUCTION, line=line, amount=-amount)] if lowers_allocation else []
    return post(session, particulars, *lower, back)[-1]
