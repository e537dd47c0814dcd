"""Nobody moves money alone: what one person's page has posted is looked at again before it is kept."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from fundtracker.domain.approvals import NotApprovedError
from fundtracker.domain.kinds import Kind, Measure
from fundtracker.services.drafts import Draft
from fundtracker.store.approvals import ApprovalStep
from fundtracker.store.awards import Payment
from fundtracker.store.books import Entry

MOVED = frozenset({Kind.TRANSFER_IN, Kind.TRANSFER_OUT, Kind.CARRY_FORWARD_IN, Kind.CARRY_FORWARD_OUT})
_RISES = frozenset({Measure.AWARDED, Measure.OVER_ALLOWED, Measure.PAID})


def needs_another(drafts: Iterable[Draft]) -> bool:
    """Say whether entries to come need another person's approval, all of one operation together."""
    moved = [(draft.kind, draft.amount, draft.award_line.id if draft.award_line else 0) for draft in drafts]
    return _moves(moved)


def check_not_alone(session: Session, since: int) -> None:
    """
    Refuse to keep entries after number `since` that raise what is awarded, allowed or paid, or move an allocation.

    What was brought in was decided elsewhere, a payment run was authorised by another person, and what an approval
    posted stands in its range. Raises NotApprovedError.
    """
    approved = exists().where(ApprovalStep.first_entry <= Entry.number, ApprovalStep.last_entry >= Entry.number)
    authorised = exists().where(Payment.id == Entry.payment_id, Payment.run_line_id.is_not(None))
    rows = select(Entry.kind, Entry.amount, Entry.award_line_id).where(
        Entry.number > since, Entry.batch_id.is_(None), ~approved, (Entry.amount < 0) | ~authorised
    )
    if _moves([(kind, amount, line or 0) for kind, amount, line in session.execute(rows)]):
        raise NotApprovedError("This moves money, and waits for another person’s approval. Nothing was recorded.")


def _moves(entries: list[tuple[Kind, int, int]]) -> bool:
    """Add up each award line's awarded sum; what is paid is added up over all, for a payment may be moved."""
    sums: dict[tuple[Measure, int], int] = defaultdict(int)
    for kind, amount, line in entries:
        if kind.measure in _RISES:
            sums[kind.measure, line if kind.measure is Measure.AWARDED else 0] += amount
    return any(kind in MOVED for kind, _, _ in entries) or any(total > 0 for total in sums.values())
