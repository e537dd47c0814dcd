"""Expected from funders: instalments due to the office and claims in arrears, until the money comes."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from fundtracker.domain.kinds import EventKind
from fundtracker.domain.money import Pence, pounds
from fundtracker.domain.refusals import DateRefusedError, NotFoundRefusal, WrongStateError
from fundtracker.domain.refusals_year_end import DatesInOrderError, NotExternalError, ReasonNeededError
from fundtracker.domain.spending import fill_in_order
from fundtracker.domain.statuses import ExpectedKind, Source
from fundtracker.domain.text import clean, one_line
from fundtracker.domain.years import long_date, now
from fundtracker.services.allocations import positive
from fundtracker.services.days import check_day
from fundtracker.services.events import note_event
from fundtracker.services.figures import AsAt, line_figures
from fundtracker.services.posting import Particulars
from fundtracker.store.expected import ExpectedReceipt
from fundtracker.store.funds import BudgetLine, Fund


@dataclass(frozen=True, kw_only=True)
class ExpectedDetails:
    """What a funder is to pay for a budget line: how much in pence, how, by when, and for what period."""

    line: BudgetLine
    kind: ExpectedKind
    amount: Pence
    due_on: date
    period_from: date | None = None
    period_to: date | None = None
    submitted_on: date | None = None
    reference: str = ""
    notes: str = ""


@dataclass(frozen=True)
class Expectation:
    """One expected receipt, and how much of it has come, in pence: receipts of its line fill the oldest first."""

    row: ExpectedReceipt
    received: Pence
    day: date

    @property
    def outstanding(self) -> Pence:
        """Give what has still to come."""
        return Pence(self.row.amount - self.received)

    @property
    def overdue(self) -> bool:
        """Say whether its day has passed and not all of it has come."""
        return self.outstanding > 0 and self.row.due_on < self.day

    @property
    def dropped(self) -> bool:
        """Say whether it was dropped by its day."""
        return self.row.dropped_on is not None and self.row.dropped_on <= self.day

    @property
    def state(self) -> str:
        """Say where it has got to."""
        if self.dropped:
            return "dropped"
        if not self.outstanding:
            return "received"
        if self.overdue:
            return "overdue"
        unsent = self.row.kind is ExpectedKind.CLAIM and self.row.submitted_on is None
        return "to be claimed" if unsent else "received in part" if self.received else "expected"


def expect_receipt(session: Session, *, details: ExpectedDetails, particulars: Particulars) -> ExpectedReceipt:
    """
    Note money that a funder is to send, in pence; it moves nothing until a receipt is recorded.

    Raises NotExternalError for money that no funder sends, and DatesInOrderError for a period that ends first.
    """
    positive(details.amount)
    fund = details.line.fund
    if fund.source is not Source.EXTERNAL:
        raise NotExternalError(f"{fund.name} is the Commissioner’s own money: no funder is expected to send any.")
    _check_dates(details)
    row = ExpectedReceipt(
        budget_line=details.line, kind=details.kind, amount=details.amount, due_on=details.due_on,
        period_from=details.period_from, period_to=details.period_to, submitted_on=details.submitted_on,
        reference=one_line(details.reference), notes=clean(details.notes), made_at=now(),
        made_by=particulars.by.name, made_by_id=particulars.by.person_id,
    )  # fmt: skip
    session.add(row)
    says = f"{pounds(details.amount)} by {long_date(details.due_on)}, {details.kind.value}."
    note_event(session, EventKind.RECEIPT_EXPECTED, fund, particulars, says=says)
    return row


def _check_dates(details: ExpectedDetails) -> None:
    begins, ends = details.period_from, details.period_to
    if begins is not None and ends is not None and ends < begins:
        raise DatesInOrderError(
            f"The period ends on {long_date(ends)}, before it begins. Enter a later day.", field="period_to"
        )
    if details.submitted_on is not None:
        check_day(details.submitted_on, field="submitted_on")


def submit_claim(session: Session, *, row: ExpectedReceipt, particulars: Particulars) -> None:
    """Note that a claim was sent to the funder; raises WrongStateError for what is no claim, or was sent or dropped."""
    if row.kind is not ExpectedKind.CLAIM:
        raise WrongStateError("This is an instalment: the funder pays it without a claim.")
    if row.dropped_on is not None or row.submitted_on is not None:
        done = "dropped" if row.dropped_on else "sent"
        day = row.dropped_on or row.submitted_on or particulars.on
        raise WrongStateError(f"This claim was {done} on {long_date(day)}.")
    check_day(particulars.on)
    row.submitted_on = particulars.on
    says = f"Claim of {pounds(row.amount)} sent to {row.budget_line.fund.funder}."
    note_event(session, EventKind.RECEIPT_EXPECTED, row.budget_line.fund, particulars, says=says)


def drop_expected(session: Session, *, row: ExpectedReceipt, particulars: Particulars) -> None:
    """Expect a receipt no more; raises ReasonNeededError without a reason, WrongStateError where it is dropped."""
    if row.dropped_on is not None:
        raise WrongStateError(f"This was dropped on {long_date(row.dropped_on)}: {row.dropped_why}")
    why = one_line(particulars.narrative)
    if not why:
        raise ReasonNeededError("Enter why this money is not expected any more", field="narrative")
    made_on = row.made_at.date()
    if particulars.on < made_on:
        raise DateRefusedError(f"This was noted on {long_date(made_on)}. It cannot be dropped before then.", field="on")
    check_day(particulars.on)
    row.dropped_on, row.dropped_why = particulars.on, why
    says = f"Not expected any more: {pounds(row.amount)} due {long_date(row.due_on)}."
    note_event(session, EventKind.RECEIPT_EXPECTED, row.budget_line.fund, particulars, says=says)


def find_expected(session: Session, number: int) -> ExpectedReceipt:
    """Give an expected receipt by its number; raises NotFoundRefusal."""
    row = session.get(ExpectedReceipt, number)
    if row is None:
        raise NotFoundRefusal(f"There is no expected receipt with the number {number}.")
    return row


def expectations(session: Session, when: AsAt, fund: Fund | None = None) -> list[Expectation]:
    """
    Give what funders are expected to send, of one fund or of all, the oldest first, dropped ones too.

    As at an earlier day it is what was due or noted by then; what was dropped since still stood.
    """
    rows = select(ExpectedReceipt).join(BudgetLine, BudgetLine.id == ExpectedReceipt.budget_line_id)
    rows = rows if fund is None else rows.where(BudgetLine.fund_id == fund.id)
    rows = rows.options(joinedload(ExpectedReceipt.budget_line).joinedload(BudgetLine.fund))
    known = [
        Expectation(row, Pence(0), when.day)
        for row in session.scalars(rows.order_by(ExpectedReceipt.due_on, ExpectedReceipt.id))
        if row.due_on <= when.day or row.made_at.date() <= when.day
    ]
    return _filled(known, _received(session, when)) if known else []


def _filled(known: Sequence[Expectation], received: dict[int, int]) -> list[Expectation]:
    by_line: dict[int, list[ExpectedReceipt]] = defaultdict(list)
    for one in known:
        if not one.dropped:
            by_line[one.row.budget_line_id].append(one.row)
    filled: dict[int, Pence] = {}
    for line, mine in by_line.items():
        parts = fill_in_order([row.amount for row in mine], received.get(line, 0))
        filled.update(zip((row.id for row in mine), parts, strict=True))
    return [replace(one, received=filled.get(one.row.id, one.received)) for one in known]


def _received(session: Session, when: AsAt) -> dict[int, int]:
    figures = line_figures(when)
    rows = session.execute(select(figures.c.budget_line_id, figures.c.received))
    return {line: int(received) for line, received in rows}
