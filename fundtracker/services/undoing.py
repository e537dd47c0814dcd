"""Undoing: whether an entry can be undone or corrected and, where it cannot, what would have to be undone first."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from fundtracker.domain.kinds import ALLOCATED_KINDS, AWARDED_KINDS, Kind, Measure
from fundtracker.domain.money import Pence, pounds
from fundtracker.domain.refusals import MoreThanPaidError, NotReversibleError, Refusal, WrongStateError
from fundtracker.domain.statuses import AwardStatus
from fundtracker.domain.years import today
from fundtracker.services import guards
from fundtracker.services.reversals import check_replaceable, check_reversible, legs_of, opposites, standing
from fundtracker.store.awards import AwardLine
from fundtracker.store.books import Entry

_NAMED = 5  # of what is in the way, the newest
_USED = {
    Measure.ALLOCATED: "The money has been awarded or moved since.",
    Measure.OVER_ALLOWED: "The allowance has been lowered since.",
    Measure.PAID: "Some of it has been refunded since.",
    Measure.RECEIVED: "Some of it has gone back to the funder since.",
}


@dataclass(frozen=True)
class Obstacle:
    """Why an entry cannot be undone, and the entries of which some would have to be undone first."""

    sentence: str
    entries: Sequence[Entry] = ()


def obstacle(session: Session, entry: Entry) -> Obstacle | None:
    """Say what stands in the way of undoing an entry, if anything does."""
    refusal = why_not(session, entry)
    if refusal is None:
        return None
    first = [] if isinstance(refusal, NotReversibleError | WrongStateError) else in_the_way(session, entry)
    return Obstacle(_used(entry), first) if first else Obstacle(refusal.sentence)


def _used(entry: Entry) -> str:
    if entry.kind.measure is not Measure.AWARDED:
        return _USED.get(entry.kind.measure, "Something recorded later depends on it.")
    if entry.amount > 0:
        return "The award has been lowered since, so less than this is left of it."
    return "The money that it gave back to the fund has been awarded or moved since."


def why_not(session: Session, entry: Entry) -> Refusal | None:
    """Give the refusal that undoing an entry today would meet, if it would; nothing is written."""
    try:
        legs = legs_of(session, entry)
        for leg in legs:
            check_reversible(session, leg)
        drafts = opposites(session, legs)
        guards.check_together(drafts)
        for draft in drafts:
            guards.check(session, draft, today())
    except Refusal as refusal:
        return refusal
    return None


def why_not_correct(session: Session, entry: Entry) -> Refusal | None:
    """Give the refusal that any other amount in an entry's place would meet, if there is one."""
    try:
        check_replaceable(session, entry)
    except Refusal as refusal:
        return refusal
    return None


def check_still_refundable(session: Session, entry: Entry, amount: Pence) -> None:
    """Refuse to correct a payment to so few pence that more of it would have come back than was paid."""
    line = session.get(AwardLine, entry.award_line_id) if entry.kind is Kind.PAYMENT else None
    if line is not None and line.paid - entry.amount + amount < line.recovered:
        least = line.recovered - (line.paid - entry.amount)
        raise MoreThanPaidError(
            f"{pounds(line.recovered)} of what was paid on {line.award.reference} has come back, so this payment was "
            f"{pounds(least)} or more. Enter at least that, or undo the refund first.",
            field="amount",
        )


def in_the_way(session: Session, entry: Entry) -> Sequence[Entry]:
    """Give the newest later entries that still stand and have used what undoing an entry would take away."""
    used = or_(*(_uses(leg) for leg in legs_of(session, entry)))
    later = select(Entry).where(Entry.number > entry.number, standing, used)
    return session.scalars(later.order_by(Entry.number.desc()).limit(_NAMED)).all()


def _uses(entry: Entry) -> ColumnElement[bool]:
    same_line = Entry.budget_line_id == entry.budget_line_id
    same_award = Entry.award_line_id == entry.award_line_id
    same_fund = Entry.fund_id == entry.fund_id
    awarded_less = and_(Entry.kind.in_(AWARDED_KINDS), Entry.amount < 0)
    awarded_more = and_(Entry.kind.in_(AWARDED_KINDS), Entry.amount > 0)
    taken = or_(awarded_more, and_(Entry.kind.in_(ALLOCATED_KINDS), Entry.amount < 0))
    match entry.kind.measure:
        case Measure.AWARDED:
            return same_award & awarded_less if entry.amount > 0 else same_line & taken
        case Measure.ALLOCATED:
            return same_line & taken
        case Measure.OVER_ALLOWED:
            return same_line & (Entry.kind == Kind.ALLOWANCE) & (Entry.amount < 0)
        case Measure.PAID | Measure.RECOVERED:
            return same_award & (Entry.kind == Kind.REFUND)
        case Measure.RECEIVED | Measure.RETURNED:
            return same_fund & (Entry.kind == Kind.RETURN)


def puts_back(session: Session, entries: Sequence[Entry]) -> list[str]:
    """Say which states go back with entries: an award that stands again, an application that waits again."""
    undone: dict[int, int] = {}
    said = []
    for entry in entries:
        line = session.get(AwardLine, entry.award_line_id) if entry.award_line_id else None
        if line is None or entry.kind not in (Kind.AWARD, Kind.WITHDRAWAL):
            continue
        award = line.award
        if entry.kind is Kind.WITHDRAWAL and award.status is AwardStatus.WITHDRAWN:
            said.append(f"Award {award.reference} stands again.")
        undone[line.id] = undone.get(line.id, 0) + entry.amount
        nothing_left = not any(each.awarded - undone.get(each.id, 0) for each in award.lines)
        if entry.kind is Kind.AWARD and award.application and nothing_left:
            said.append(f"Application {award.application.reference} waits for a decision again.")
    return list(dict.fromkeys(said))
