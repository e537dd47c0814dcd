"""The operations on a fund's money that differ only in their words, their fields and the verb that records them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from fundtracker.domain.money import ZERO
from fundtracker.services import allocations, funders
from fundtracker.services.posting import Particulars
from fundtracker.store.books import Entry
from fundtracker.store.funds import BudgetLine
from fundtracker.web.funds import move_forms as forms
from fundtracker.web.funds.stops import Needs
from fundtracker.web.funds.sums import ALLOWED, AUTHORITY, CASH, Measures

Verb = Callable[[Session, BudgetLine, Any, Particulars], Entry]


@dataclass(frozen=True, kw_only=True)
class Words:
    """How the pages of one operation speak of it, and the figures that it is read by."""

    title: str
    says: str
    amount: str
    button: str
    measures: Measures = AUTHORITY
    needs: Needs = Needs.NOTHING


@dataclass(frozen=True, kw_only=True)
class Move(Words):
    """One operation that is recorded at once: its address, its form and its verb."""

    endpoint: str
    tail: str
    form: type[forms.MoveForm]
    verb: Verb


def _plain(verb: Callable[..., Entry]) -> Verb:
    def record(session: Session, line: BudgetLine, form: Any, particulars: Particulars) -> Entry:
        return verb(session, line=line, amount=form.amount.data or ZERO, particulars=particulars)

    return record


def _receive(session: Session, line: BudgetLine, form: Any, particulars: Particulars) -> Entry:
    answers = {"amount": form.amount.data or ZERO, "reference": form.reference.data}
    return funders.record_receipt(session, line=line, particulars=particulars, **answers)


def _give_back(session: Session, line: BudgetLine, form: Any, particulars: Particulars) -> Entry:
    answers = {"amount": form.amount.data or ZERO, "reference": form.reference.data}
    lowers = form.lowers.data == forms.LOWERS
    return funders.return_to_funder(session, line=line, particulars=particulars, lowers_allocation=lowers, **answers)


ALLOCATION = Move(
    endpoint="allocate",
    tail="allocation",
    title="Allocate to this fund",
    says="The first authority to spend from this fund.",
    amount="Amount to allocate",
    form=forms.DecidedForm,
    verb=_plain(allocations.allocate),
    button="Allocate {}",
    needs=Needs.NOT_CLOSED,
)
UPLIFT = Move(
    endpoint="allocate",
    tail="allocation",
    title="Add to the allocation",
    says="An uplift: more authority to spend. Awards stay as they are.",
    amount="Amount to add",
    form=forms.DecidedForm,
    verb=_plain(allocations.uplift),
    button="Add {}",
    needs=Needs.NOT_CLOSED,
)
REDUCTION = Move(
    endpoint="reduce",
    tail="reduction",
    title="Reduce the allocation",
    says="Less authority to spend, by our own choice. What is awarded already cannot be taken. "
    "Where the funder takes money away, record a funder’s cut.",
    amount="Amount to take away",
    form=forms.DecidedForm,
    verb=_plain(allocations.reduce),
    needs=Needs.LEFT,
    button="Take {} away",
)
CUT = Move(
    endpoint="record_cut",
    tail="cut",
    title="Record a funder’s cut",
    says="Less money, by the funder’s choice. It is recorded even below what is awarded: "
    "the fund is then over-allocated, and says by how much.",
    amount="Amount cut",
    form=forms.CutForm,
    verb=_plain(allocations.record_cut),
    button="Record the cut of {}",
)
ALLOWANCE = Words(
    title="Set the allowance",
    says="How far awards may go over the allocation, on somebody’s decision. It adds nothing to what is left.",
    amount="New allowance",
    button="Set the allowance to {}",
    measures=ALLOWED,
)
RECEIPT = Move(
    endpoint="record_receipt",
    tail="receipt",
    title="Record a receipt from the funder",
    says="Cash that the funder has sent. It moves no allocation: that is decided apart from the cash.",
    amount="Amount received",
    form=forms.ReceiptForm,
    verb=_receive,
    button="Record the receipt of {}",
    measures=CASH,
)
RETURN = Move(
    endpoint="return_to_funder",
    tail="return",
    title="Return money to the funder",
    says="Cash sent back to the funder.",
    amount="Amount returned",
    form=forms.ReturnForm,
    verb=_give_back,
    needs=Needs.HELD,
    button="Record the return of {}",
    measures=(*AUTHORITY, *CASH),
)
# One page serves both of the first two: which it is, the fund says.
MOVES = (ALLOCATION, REDUCTION, CUT, RECEIPT, RETURN)
