"""Posting: the one function that writes entries, each guarded in words before the database guards it again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from fundtracker.domain.kinds import Kind
from fundtracker.domain.money import Pence
from fundtracker.domain.refusals import ClosedPeriodError, DecisionMissingError
from fundtracker.domain.roles import Actor
from fundtracker.domain.statuses import AwardStatus, Doubt
from fundtracker.domain.text import one_line
from fundtracker.domain.years import long_date, now
from fundtracker.services import guards, replanning
from fundtracker.services.days import check_day
from fundtracker.services.drafts import Draft
from fundtracker.services.running_sums import RunningSums
from fundtracker.store.base import Base
from fundtracker.store.books import Book, Entry
from fundtracker.store.imports import Batch

# One statement an entry: the triggers move the sums between one and the next.
_INSERT = insert(Base.metadata.tables["entry"])


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


Operation = tuple[Particulars, Sequence[Draft]]
"""What one verb posts: what its entries share, and the entries in their order."""


def post(session: Session, particulars: Particulars, *drafts: Draft) -> list[Entry]:
    """
    Post entries in order, in the caller's transaction, and give them back numbered.

    Raises the refusal of the first guard that one of them meets; the caller's transaction then records nothing.
    """
    return [session.get_one(Entry, number) for number in post_each(session, [(particulars, drafts)])]


def post_each(session: Session, operations: Sequence[Operation]) -> range:
    """Post several operations, one after another, as `post` does each, and give the numbers of their entries."""
    session.flush()
    closed_to = session.scalar(select(Book.closed_to))
    drafts = [draft for _, some in operations for draft in some]
    numbers = _take_numbers(session, len(drafts))
    sums, number = RunningSums(session), numbers.start
    for particulars, some in operations:
        check_day(particulars.on)
        _check_open(closed_to, particulars.on, "on")
        _check_decision(particulars, some)
        guards.check_together(some)
        posting = number
        for draft in some:
            _post_one(session, particulars, draft, (number, posting), sums)
            number += 1
    _take_up_again(drafts)
    _plan_again(session, operations)
    return numbers


def _plan_again(session: Session, operations: Sequence[Operation]) -> None:
    lines = {draft.award_line.id for _, drafts in operations for draft in drafts if draft.award_line}
    planned = replanning.with_a_schedule(session, lines)
    for particulars, drafts in operations:
        if any(draft.award_line and draft.award_line.id in planned for draft in drafts):
            replanning.plan_again(session, drafts, particulars)


def check_date(session: Session, on: date, *, field: str = "on") -> None:
    """Refuse a date of money after today or in a closed period."""
    check_day(on, field=field)
    _check_open(session.scalar(select(Book.closed_to)), on, field)


def _check_open(closed_to: date | None, on: date, field: str) -> None:
    if closed_to is not None and on <= closed_to:
        raise ClosedPeriodError(
            f"The books are closed to {long_date(closed_to)}. Date this after then, and give {long_date(on)} "
            "as the original date.",
            field=field,
        )


def _check_decision(particulars: Particulars, drafts: Sequence[Draft]) -> None:
    asked = [d for d in drafts if d.kind.needs_decision and d.reverses is None]
    if asked and particulars.batch is None and not one_line(particulars.decision):
        raise DecisionMissingError(
            f"Enter the decision reference: {_the(asked[0].kind)} needs the decision that allows it.", field="decision"
        )


def _the(kind: Kind) -> str:
    return f"{'an' if kind.value[0] in 'aeiou' else 'a'} {kind.value}"


def take_book(session: Session) -> int:
    """Take the book's row, as every posting does first, and give the number of its last entry."""
    return _take_numbers(session, 0).start - 1


def _take_numbers(session: Session, count: int) -> range:
    taken = update(Book).values(last_entry=Book.last_entry + count).returning(Book.last_entry)
    last = session.execute(taken, execution_options={"synchronize_session": False}).scalar_one()
    return range(last - count + 1, last + 1)


def _post_one(
    session: Session, particulars: Particulars, draft: Draft, numbers: tuple[int, int], sums: RunningSums
) -> None:
    session.flush()
    guards.check(session, draft, particulars.on, sums)
    remaining = sums.remaining_after(draft)
    session.connection().execute(_INSERT, _entry(particulars, draft, numbers, remaining))
    sums.move(draft, numbers[0], remaining)


def _take_up_again(drafts: Sequence[Draft]) -> None:
    """Let an award stand as awarded again that was completed, once something is to pay or to recover on it."""
    for line in filter(None, (draft.award_line for draft in drafts)):
        if line.award.status is AwardStatus.COMPLETED and (line.to_pay or line.to_recover):
            line.award.status = AwardStatus.AWARDED


def _entry(particulars: Particulars, draft: Draft, numbers: tuple[int, int], remaining: Pence) -> dict[str, object]:
    number, posting = numbers
    return {
        "number": number,
        "kind": draft.kind,
        "amount": Pence(draft.amount),
        "on_date": particulars.on,
        "original_date": particulars.original_date,
        "fund_id": draft.line.fund_id,
        "budget_line_id": draft.line.id,
        "award_line_id": draft.award_line.id if draft.award_line else None,
        "payment_id": draft.payment_id,
        "posting": posting,
        "reverses": draft.reverses,
        "replaces": draft.replaces,
        "decision_reference": one_line(particulars.decision),
        "reference": one_line(draft.reference),
        "narrative": one_line(particulars.narrative),
        "date_doubt": particulars.date_doubt,
        "amount_doubt": particulars.amount_doubt,
        "batch_id": particulars.batch.id if particulars.batch else None,
        "posted_at": now(),
        "posted_by": particulars.by.name,
        "posted_by_id": particulars.by.person_id,
        "fund_remaining_after": remaining,
    }
