"""Posting: the one function that writes entries, each guarded in words before the database guards it again."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from fundtracker.domain.kinds import Kind, Measure
from fundtracker.domain.money import Pence
from fundtracker.domain.refusals import ClosedPeriodError, DecisionMissingError
from fundtracker.domain.roles import Actor
from fundtracker.domain.statuses import AwardStatus, Doubt
from fundtracker.domain.text import one_line
from fundtracker.domain.years import long_date, now
from fundtracker.services import guards, replanning
from fundtracker.services.days import check_day
from fundtracker.services.drafts import Draft
from fundtracker.store.books import Book, Entry
from fundtracker.store.funds import BudgetLine
from fundtracker.store.imports import Batch


@dataclass(frozen=True, kw_only=True)
class Particulars:
    """
    What every entry of one operation shares: its date, who did it, why and on what authority.

    With a `batch` it is brought in from a workbook: it was decided elsewhere and needs no decision reference.
    """

    on: date
    by: Actor
    narrative: str = ""
    decision: str = ""
    original_date: date | None = None
    batch: Batch | None = None
    date_doubt: Doubt = Doubt.NONE
    amount_doubt: Doubt = Doubt.NONE


def post(session: Session, particulars: Particulars, *drafts: Draft) -> list[Entry]:
    """
    Post entries in order, in the caller's transaction, and give them back numbered.

    Raises the refusal of the first guard that one of them meets; the caller's transaction then records nothing.
    """
    check_date(session, particulars.on)
    _check_decision(particulars, drafts)
    guards.check_together(drafts)
    first = _take_numbers(session, len(drafts))
    entries = [_post_one(session, particulars, draft, first + i, first) for i, draft in enumerate(drafts)]
    _take_up_again(drafts)
    replanning.plan_again(session, drafts, particulars)
    return entries


def check_date(session: Session, on: date, *, field: str = "on") -> None:
    """Refuse a date of money after today or in a closed period."""
    check_day(on, field=field)
    closed_to = session.scalar(select(Book.closed_to))
    if closed_to is not None and on <= closed_to:
        raise ClosedPeriodError(
            f"The books are closed to {long_date(closed_to)}. Date this after then, and give {long_date(on)} "
            "as the original date.",
            field=field,
        )


def _check_decision(particulars: Particulars, drafts: tuple[Draft, ...]) -> None:
    asked = [d for d in drafts if d.kind.needs_decision and d.reverses is None]
    if asked and particulars.batch is None and not one_line(particulars.decision):
        raise DecisionMissingError(
            f"Enter the decision reference: {_the(asked[0].kind)} needs the decision that allows it.", field="decision"
        )


def _the(kind: Kind) -> str:
    return f"{'an' if kind.value[0] in 'aeiou' else 'a'} {kind.value}"


def _take_numbers(session: Session, count: int) -> int:
    taken = update(Book).values(last_entry=Book.last_entry + count).returning(Book.last_entry)
    last = session.execute(taken, execution_options={"synchronize_session": False}).scalar_one()
    return last - count + 1


def _post_one(session: Session, particulars: Particulars, draft: Draft, number: int, posting: int) -> Entry:
    session.flush()
    guards.check(session, draft, particulars.on)
    entry = _entry(session, particulars, draft, number, posting)
    session.add(entry)
    session.flush()
    session.expire(draft.line)  # the trigger has moved the kept sums
    if draft.award_line:
        session.expire(draft.award_line)
    return entry


def _take_up_again(drafts: tuple[Draft, ...]) -> None:
    """Let an award stand as awarded again that was completed, once something is to pay or to recover on it."""
    for line in filter(None, (draft.award_line for draft in drafts)):
        if line.award.status is AwardStatus.COMPLETED and (line.to_pay or line.to_recover):
            line.award.status = AwardStatus.AWARDED


def _entry(session: Session, particulars: Particulars, draft: Draft, number: int, posting: int) -> Entry:
    return Entry(
        number=number,
        kind=draft.kind,
        amount=Pence(draft.amount),
        on_date=particulars.on,
        original_date=particulars.original_date,
        fund_id=draft.line.fund_id,
        budget_line_id=draft.line.id,
        award_line_id=draft.award_line.id if draft.award_line else None,
        payment_id=draft.payment_id,
        posting=posting,
        reverses=draft.reverses,
        replaces=draft.replaces,
        decision_reference=one_line(particulars.decision),
        reference=one_line(draft.reference),
        narrative=one_line(particulars.narrative),
        date_doubt=particulars.date_doubt,
        amount_doubt=particulars.amount_doubt,
        batch_id=particulars.batch.id if particulars.batch else None,
        posted_at=now(),
        posted_by=particulars.by.name,
        posted_by_id=particulars.by.person_id,
        fund_remaining_after=_remaining_after(session, draft),
    )


def _remaining_after(session: Session, draft: Draft) -> Pence:
    """Work out the fund's remaining after this entry, in a statement of its own after the lock."""
    kept = func.sum(BudgetLine.allocated - BudgetLine.awarded)
    before = int(session.scalar(select(kept).where(BudgetLine.fund_id == draft.line.fund_id)) or 0)
    change = {Measure.ALLOCATED: draft.amount, Measure.AWARDED: -draft.amount}.get(draft.kind.measure, 0)
    return Pence(before + change)
