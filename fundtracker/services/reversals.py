"""Reversals: undoing an entry in full by another of the same kind and the opposite sign, and posting it again."""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.kinds import Kind, Measure
from fundtracker.domain.money import Pence
from fundtracker.domain.refusals import NotFoundRefusal, NotReversibleError
from fundtracker.domain.statuses import ApplicationStatus, AwardStatus
from fundtracker.services.allocations import positive
from fundtracker.services.drafts import Draft
from fundtracker.services.posting import Particulars, post
from fundtracker.store.awards import AwardLine
from fundtracker.store.books import Entry
from fundtracker.store.funds import BudgetLine

# Both legs of these are reversed together.
_LEGS = (Kind.TRANSFER_OUT, Kind.TRANSFER_IN, Kind.CARRY_FORWARD_OUT, Kind.CARRY_FORWARD_IN)


def find_entry(session: Session, number: int) -> Entry:
    """Give the entry of a number; raises NotFoundRefusal."""
    entry = session.get(Entry, number)
    if entry is None:
        raise NotFoundRefusal(f"There is no entry #{number}.")
    return entry


def reversal_of(session: Session, entry: Entry) -> Entry | None:
    """Give the entry that reverses another, if one does."""
    return session.scalar(select(Entry).where(Entry.reverses == entry.number))


def reverse_entry(session: Session, *, entry: Entry, particulars: Particulars) -> list[Entry]:
    """
    Undo an entry in full, and the other leg with it where it is a transfer or carry forward.

    Raises NotReversibleError for a reversal or an entry reversed already, and the guard's refusal where
    something later depends on it.
    """
    entries = legs_of(session, entry)
    for each in entries:
        _check_reversible(session, each)
    posted = post(session, particulars, *(_opposite(session, each) for each in entries))
    for each in entries:
        _put_back_states(session, each)
    return posted


def replace_entry(session: Session, *, entry: Entry, amount: Pence, particulars: Particulars) -> list[Entry]:
    """
    Reverse an entry and post it again with another amount of pence, guarded on the difference only.

    An entry that lowers a sum is given as the pence it takes away. Raises NotReversibleError for one leg of a pair.
    """
    _check_reversible(session, entry)
    positive(amount)
    if entry.kind in _LEGS:
        raise NotReversibleError("A transfer has two legs. Reverse it, and record it again with the right amount.")
    signed = amount if entry.amount > 0 else -amount
    again = replace(_copy(session, entry, signed), replaces=entry.number)
    first, second = _in_order(_opposite(session, entry), again)
    return post(session, particulars, first, replace(second, allowed_rise=abs(first.amount)))


def _in_order(undo: Draft, again: Draft) -> tuple[Draft, Draft]:
    """Put that half of a replacement first which makes room for the other."""
    rise, fall = (undo, again) if undo.amount > 0 else (again, undo)
    line = fall.award_line
    match fall.kind.measure:
        case Measure.AWARDED if line:
            fall_first = line.awarded + fall.amount >= 0
        case Measure.PAID if line:
            fall_first = line.paid + fall.amount >= line.recovered
        case measure:
            fall_first = measure in (Measure.RECOVERED, Measure.RETURNED)
    return (fall, rise) if fall_first else (rise, fall)


def legs_of(session: Session, entry: Entry) -> list[Entry]:
    """Give what is reversed with an entry: itself, or both legs of its pair with the receiving one first."""
    if entry.kind not in _LEGS:
        return [entry]
    pair = select(Entry).where(Entry.posting == entry.posting, Entry.kind.in_(_LEGS))
    return list(session.scalars(pair.order_by(Entry.number.desc())))


def _check_reversible(session: Session, entry: Entry) -> None:
    if entry.reverses is not None:
        raise NotReversibleError(
            f"Entry #{entry.number} is itself a reversal, of #{entry.reverses}. Record what is right as a new entry."
        )
    if (done := reversal_of(session, entry)) is not None:
        raise NotReversibleError(f"Entry #{entry.number} is reversed already, by entry #{done.number}.")


def _opposite(session: Session, entry: Entry) -> Draft:
    return replace(_copy(session, entry, -entry.amount), reverses=entry.number)


def _copy(session: Session, entry: Entry, amount: int) -> Draft:
    return Draft(
        kind=entry.kind,
        line=session.get_one(BudgetLine, entry.budget_line_id),
        amount=amount,
        award_line=session.get_one(AwardLine, entry.award_line_id) if entry.award_line_id else None,
        payment_id=entry.payment_id,
        reference=entry.reference,
    )


def _put_back_states(session: Session, entry: Entry) -> None:
    """Let the award stand, or the application wait, as it did before the entry that is now undone."""
    if entry.award_line_id is None:
        return
    award = session.get_one(AwardLine, entry.award_line_id).award
    if entry.kind is Kind.WITHDRAWAL:
        award.status = AwardStatus.AWARDED
        award.withdrawn_on = None
    if entry.kind is Kind.AWARD and award.application and not any(line.awarded for line in award.lines):
        award.application.status = ApplicationStatus.RECEIVED
        award.application.decided_on = None
        award.application.decision_reference = award.application.reasons = ""
        award.application.decided_by = ""
