"""Steps: what can be done to an award from where it stands, and why the rest cannot."""

from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.kinds import Kind
from fundtracker.domain.money import pounds
from fundtracker.domain.statuses import AwardStatus, AwardType
from fundtracker.services.effects import award_balance
from fundtracker.services.reversals import standing
from fundtracker.services.variations import withdrawing_entry
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.books import Entry


class Step(StrEnum):
    """One thing that is done to an award after it is recorded."""

    VARY = "vary"
    SETTLE = "settle"
    WITHDRAW = "withdraw"
    WRITE_OFF = "write off"
    COMPLETE = "complete"
    REOPEN = "reopen"


def barred(session: Session, award: Award) -> dict[Step, str]:
    """Give the steps that an award cannot take, each with the reason; those that it can are left out."""
    undone = is_undone(session, award)
    reasons = {
        Step.VARY: _without_value(award, undone) or _ended(award),
        Step.SETTLE: _ended(award) or _settled(award),
        Step.WITHDRAW: _ended(award) or (_undone(award) if undone else ""),
        Step.WRITE_OFF: ""
        if any(line.to_recover for line in award.lines)
        else f"{award.reference} has nothing to recover, so there is nothing to write off.",
        Step.COMPLETE: _open(award) or (_undone(award) if undone else ""),
        Step.REOPEN: _stands(session, award),
    }
    return {step: why for step, why in reasons.items() if why}


def payable(award: Award) -> list[AwardLine]:
    """Give the lines of an award on which something is still to pay."""
    if award.type is AwardType.PAID_IN_ERROR or award.status is AwardStatus.COMPLETED:
        return []
    return [line for line in award.lines if line.to_pay]


def is_undone(session: Session, award: Award) -> bool:
    """Say whether everything that an award gave has been reversed, so that nothing of it stands."""
    if any(line.awarded or line.paid or not line.last_entry for line in award.lines):
        return False
    lines = [line.id for line in award.lines]
    gave = (Entry.award_line_id.in_(lines), Entry.kind == Kind.AWARD, Entry.reverses.is_(None))
    stands = session.scalars(select(standing).where(*gave)).all()
    return bool(stands) and not any(stands)


def _undone(award: Award) -> str:
    return f"What {award.reference} awarded has been reversed, so nothing of it is left. Record a new award instead."


def _ended(award: Award) -> str:
    if award.type is AwardType.PAID_IN_ERROR:
        return f"{award.reference} records money paid in error. Record its refund, or write it off."
    return f"{award.reference} is withdrawn already." if award.status is AwardStatus.WITHDRAWN else ""


def _without_value(award: Award, undone: bool) -> str:
    if award.type is AwardType.IN_KIND:
        return f"{award.reference} was given in kind: it has no value to change."
    if undone:
        return _undone(award)
    return "" if any(line.last_entry for line in award.lines) else f"{award.reference} has no value yet. Give it one."


def _settled(award: Award) -> str:
    if award.type is AwardType.IN_KIND:
        return f"{award.reference} was given in kind: it takes no value."
    if all(line.last_entry for line in award.lines):
        return f"{award.reference} has its value already. Vary it instead."
    return ""


def _open(award: Award) -> str:
    if award.status is not AwardStatus.AWARDED:
        return f"{award.reference} is {award.status.value} already."
    if award.type is AwardType.IN_KIND:
        return f"{award.reference} was given in kind: nothing of it is left to do."
    sums = award_balance(award)
    left = {"to pay": sums.to_pay, "to recover": sums.to_recover}
    parts = [f"{pounds(amount)} {what}" for what, amount in left.items() if amount]
    parts += ["a value to be stated"] if any(not line.last_entry for line in award.lines) else []
    return f"{award.reference} still has {' and '.join(parts)}. See to that first." if parts else ""


def _stands(session: Session, award: Award) -> str:
    if award.status is AwardStatus.AWARDED:
        return f"{award.reference} stands as awarded already."
    entry = withdrawing_entry(session, award) if award.status is AwardStatus.WITHDRAWN else None
    if entry is not None:
        return f"{award.reference} was withdrawn by entry #{entry.number}. Undo that entry, and the award stands again."
    return ""
