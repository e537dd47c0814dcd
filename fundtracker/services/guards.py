"""Guards: what each entry may not do, decided in code with the sentence that a person reads."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fundtracker.domain.kinds import AWARDED_KINDS, Kind, Measure
from fundtracker.domain.money import pounds
from fundtracker.domain.refusals import (
    AlreadyAwardedError,
    BelowZeroError,
    DateRefusedError,
    MoreThanAwardedError,
    MoreThanReceivedError,
    NotEnoughLeftError,
    WrongStateError,
)
from fundtracker.domain.statuses import AwardStatus, AwardType
from fundtracker.domain.years import long_date
from fundtracker.services import timelines
from fundtracker.services.drafts import Draft
from fundtracker.services.effects import line_balance
from fundtracker.services.running_sums import RunningSums
from fundtracker.store.awards import AwardLine
from fundtracker.store.books import Entry
from fundtracker.store.funds import BudgetLine


def check(session: Session, draft: Draft, on: date, sums: RunningSums | None = None) -> None:
    """
    Refuse an entry that a guard forbids, in the order in which a person would put things right.

    `sums` are those of the posting that it is part of, where it is posted with others.
    """
    match draft.kind.measure:
        case Measure.AWARDED:
            _awarded(draft)
            _written_off(draft)
            _not_before_allocation(draft, on, sums or RunningSums(session))
            _not_before_award(session, draft, on)
        case Measure.ALLOCATED:
            _allocated(draft)
        case Measure.OVER_ALLOWED:
            _allowance(draft)
        case Measure.PAID:
            _paid(session, draft, on)
        case Measure.RECEIVED | Measure.RETURNED:
            _funder(session, draft)
        case Measure.RECOVERED:
            pass  # the award line's own dates and sums say it all, below
    timelines.check(session, draft, on)


def check_together(drafts: Sequence[Draft]) -> None:
    """Refuse entries that together leave something to pay on money paid in error: nothing is ever paid on it."""
    for line in dict.fromkeys(draft.award_line for draft in drafts if draft.award_line):
        after = line_balance(line, drafts)
        if line.award.type is AwardType.PAID_IN_ERROR and after.awarded > 0 and after.to_pay > line.to_pay:
            raise WrongStateError(
                f"{line.award.reference} records money paid in error, and {pounds(line.awarded)} of it is written off. "
                "Undo the write-off first.",
                field="amount",
            )


def line_name(line: BudgetLine) -> str:
    """Name a budget line as its fund's pages do: the fund alone where it has only one line."""
    if len(line.fund.lines) == 1:
        return line.fund.name
    return f"{line.fund.name} {line.label}"


def _awarded(draft: Draft) -> None:
    if draft.amount <= 0 or draft.kind is Kind.WRITE_OFF or draft.amount <= draft.allowed_rise:
        return
    left = draft.line.allocated + draft.line.over_allowed - draft.line.awarded
    if draft.amount > left:
        allowed = f" with its allowance of {pounds(draft.line.over_allowed)}" if draft.line.over_allowed else ""
        raise NotEnoughLeftError(
            f"There is {pounds(left)} left in {line_name(draft.line)}{allowed}. This needs {pounds(draft.amount)}, "
            f"{pounds(draft.amount - left)} more. Enter less, or add to the allocation first.",
            field="amount",
        )


def _written_off(draft: Draft) -> None:
    if draft.kind is not Kind.WRITE_OFF or draft.award_line is None or draft.amount <= draft.award_line.to_recover:
        return
    owed = pounds(draft.award_line.to_recover)
    raise BelowZeroError(
        f"{draft.award_line.award.reference} has {owed} to recover. Enter {owed} or less.", field="amount"
    )


def _not_before_allocation(draft: Draft, on: date, sums: RunningSums) -> None:
    if draft.kind is not Kind.AWARD or draft.amount < 0:
        return
    first = sums.first_allocated(draft.line)
    if first is not None and on < first:
        raise DateRefusedError(
            f"{line_name(draft.line)} was allocated on {long_date(first)}. An award from it cannot be dated earlier.",
            field="on",
        )


def _not_before_award(session: Session, draft: Draft, on: date) -> None:
    line = draft.award_line
    if draft.kind is Kind.AWARD or draft.reverses is not None or line is None:
        return
    first = _first_award(session, line)
    if first is not None and on < first:
        raise DateRefusedError(
            f"{line.award.reference} was awarded on {long_date(first)}. A change to it cannot be dated earlier.",
            field="on",
        )


def _allocated(draft: Draft) -> None:
    if draft.amount >= 0:
        return
    line, after = draft.line, draft.line.allocated + draft.amount
    # A funder's cut is always accepted, and so is what only makes room for its replacement.
    free = draft.kind is Kind.FUNDERS_CUT or -draft.amount <= draft.allowed_rise
    if after < line.awarded and not free:
        raise AlreadyAwardedError(
            f"{pounds(line.awarded)} of {line_name(line)} is awarded already, and {pounds(max(0, line.remaining))} is "
            f"left. {pounds(-draft.amount)} cannot be taken from it. Enter less, or reduce awards first.",
            field="amount",
        )
    if after < 0:
        raise BelowZeroError(
            f"{line_name(line)} has {pounds(line.allocated)} allocated, so {pounds(-draft.amount)} cannot be taken "
            "from it. Enter less.",
            field="amount",
        )


def _allowance(draft: Draft) -> None:
    after = draft.line.over_allowed + draft.amount
    if after < 0:
        raise BelowZeroError(
            f"The allowance on {line_name(draft.line)} is {pounds(draft.line.over_allowed)}. It cannot be lowered "
            f"by {pounds(-draft.amount)}.",
            field="amount",
        )


def _paid(session: Session, draft: Draft, on: date) -> None:
    line = draft.award_line
    if draft.amount <= draft.allowed_rise or line is None or line.award.type is AwardType.PAID_IN_ERROR:
        return
    net = line.paid - line.recovered
    if net + draft.amount > line.awarded:
        raise MoreThanAwardedError(
            f"{line.award.reference} has {pounds(line.to_pay)} still to pay of {pounds(line.awarded)} awarded. "
            f"A payment of {pounds(draft.amount)} is {pounds(draft.amount - max(0, line.awarded - net))} too much. "
            f"{_what_can_be_paid(line)}",
            field="amount",
        )
    first = _first_award(session, line)
    if first is not None and on < first:
        raise DateRefusedError(
            f"{line.award.reference} was awarded on {long_date(first)}. A payment cannot be dated before then.",
            field="on",
        )


def _what_can_be_paid(line: AwardLine) -> str:
    if line.award.status is AwardStatus.WITHDRAWN:
        return "It is withdrawn, so nothing more is paid on it." if not line.to_pay else "Enter less."
    return "Enter less, or vary the award first." if line.to_pay else "Vary the award first."


def _first_award(session: Session, line: AwardLine) -> date | None:
    awarded = Entry.kind.in_(AWARDED_KINDS)
    days = select(Entry.on_date).where(Entry.award_line_id == line.id, awarded).order_by(Entry.on_date)
    return session.scalar(days.limit(1))


def _funder(session: Session, draft: Draft) -> None:
    sums = select(func.sum(BudgetLine.received), func.sum(BudgetLine.returned))
    received, returned = session.execute(sums.where(BudgetLine.fund_id == draft.line.fund_id)).one()
    held = int(received or 0) - int(returned or 0)
    lowers_by = -draft.amount if draft.kind is Kind.RECEIPT else draft.amount
    if lowers_by > held:
        raise MoreThanReceivedError(
            f"{pounds(held)} of what {draft.line.fund.funder} sent for {draft.line.fund.name} has not gone back. "
            f"{pounds(lowers_by)} is {pounds(lowers_by - held)} too much. Enter less.",
            field="amount",
        )
