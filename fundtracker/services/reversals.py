"""Reversals: undoing an entry in full by another of the same kind and the opposite sign, and posting it again."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from fundtracker.domain.kinds import Kind, Measure
from fundtracker.domain.money import Pence
from fundtracker.domain.refusals import NotFoundRefusal, NotReversibleError
from fundtracker.domain.statuses import ApplicationStatus, AwardStatus
from fundtracker.services import histories
from fundtracker.services.allocations import positive
from fundtracker.services.applications import how_answered, wait_again
from fundtracker.services.drafts import Draft
from fundtracker.services.posting import Particulars, post
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.books import Entry
from fundtracker.store.funds import BudgetLine

# Both legs of these are reversed together.
LEGS = (Kind.TRANSFER_OUT, Kind.TRANSFER_IN, Kind.CARRY_FORWARD_OUT, Kind.CARRY_FORWARD_IN)
LARGEST_NUMBER = 2**63 - 1
_Undo = aliased(Entry)
standing = Entry.reverses.is_(None) & ~exists().where(_Undo.reverses == Entry.number)


def find_entry(session: Session, number: int) -> Entry:
    """Give the entry of a number; raises NotFoundRefusal."""
    entry = session.get(Entry, number) if number <= LARGEST_NUMBER else None
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
        check_reversible(session, each)
    posted = post(session, particulars, *opposites(session, entries))
    for each in entries:
        _put_back_states(session, each)
    return posted


def reverse_posting(session: Session, *, entry: Entry, particulars: Particulars) -> list[Entry]:
    """
    Undo what one operation recorded with an entry and that still stands, the last first.

    A refund goes with the fall of its award, and an award with its other lines. Raises what reverse_entry raises.
    """
    check_reversible(session, entry)
    posted = []
    for each in recorded_with(session, entry):
        if reversal_of(session, each) is None:
            posted += reverse_entry(session, entry=each, particulars=particulars)
    return posted


def replace_entry(session: Session, *, entry: Entry, amount: Pence, particulars: Particulars) -> list[Entry]:
    """
    Reverse an entry and post it again with another amount of pence, guarded on the difference only.

    An entry that lowers a sum is given as the pence it takes away. Raises NotReversibleError for one leg of a pair.
    """
    check_replaceable(session, entry)
    positive(amount)
    posted = post(session, particulars, *replacement(session, entry, amount))
    if entry.kind is Kind.AWARD and entry.award_line_id is not None:
        answer_again(session, session.get_one(AwardLine, entry.award_line_id).award)
    return posted


def replacement(session: Session, entry: Entry, amount: Pence) -> tuple[Draft, Draft]:
    """Draft the two entries that put another amount of pence in an entry's place, in the order in which they post."""
    signed = amount if entry.amount > 0 else -amount
    again = replace(_copy(session, entry, signed), replaces=entry.number)
    first, second = _in_order(_opposite(session, entry), again)
    return first, replace(second, allowed_rise=abs(first.amount))


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
    if entry.kind not in LEGS:
        return [entry]
    pair = select(Entry).where(Entry.posting == entry.posting, Entry.kind.in_(LEGS))
    return list(session.scalars(pair.order_by(Entry.number.desc())))


def recorded_with(session: Session, entry: Entry) -> list[Entry]:
    """Give what one operation recorded and still stands, an entry itself among it, the last first."""
    together = select(Entry).where(Entry.posting == entry.posting, standing).order_by(Entry.number.desc())
    return list(session.scalars(together))


def check_reversible(session: Session, entry: Entry) -> None:
    """Refuse to reverse a reversal, or an entry twice."""
    if entry.reverses is not None:
        raise NotReversibleError(
            f"Entry #{entry.number} is itself a reversal, of #{entry.reverses}. Record what is right as a new entry."
        )
    if (done := reversal_of(session, entry)) is not None:
        raise NotReversibleError(f"Entry #{entry.number} is reversed already, by entry #{done.number}.")


def check_replaceable(session: Session, entry: Entry) -> None:
    """Refuse to replace what cannot be reversed, or one leg of a pair."""
    check_reversible(session, entry)
    if entry.kind in LEGS:
        raise NotReversibleError("A transfer has two legs. Reverse it, and record it again with the right amount.")


def opposites(session: Session, entries: Sequence[Entry]) -> list[Draft]:
    """Draft the entries that undo others."""
    return [_opposite(session, entry) for entry in entries]


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
    if entry.kind is Kind.AWARD and award.application:
        if any(line.awarded for line in award.lines):
            answer_again(session, award)
        else:
            wait_again(award.application)


def answer_again(session: Session, award: Award) -> None:
    """Say of an application whether what was awarded on it, variations aside, is all that was asked for."""
    application = award.application
    if application and application.status in (ApplicationStatus.IN_FULL, ApplicationStatus.IN_PART):
        awarded = sum(entry.amount for entry in histories.entries_of(session, award) if entry.kind is Kind.AWARD)
        application.status = how_answered(application, awarded)
