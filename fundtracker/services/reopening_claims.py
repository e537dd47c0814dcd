"""Reopening a claim: its decision is taken back while nothing that was paid depends on it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.kinds import EventKind
from fundtracker.domain.money import Pence, pounds
from fundtracker.domain.refusals import DateRefusedError, ReasonMissingError, WrongStateError
from fundtracker.domain.statuses import ClaimStatus
from fundtracker.domain.text import one_line
from fundtracker.services.claims import certified, is_held
from fundtracker.services.days import check_day
from fundtracker.services.events import note_event
from fundtracker.services.instalments import Slot, slots_of
from fundtracker.services.posting import Particulars
from fundtracker.services.replanning import take_away
from fundtracker.store.schedules import Claim, Instalment


def reopen_claim(session: Session, *, claim: Claim, particulars: Particulars) -> None:
    """
    Take back what was certified of a claim, or its rejection, for the reason in the narrative; it waits again.

    What was certified goes back to what the schedule has next. Raises ReasonMissingError, WrongStateError where it
    waits already or is paid or on its way, and DateRefusedError.
    """
    _check(session, claim, particulars)
    was = f"{claim.status.value}, {pounds(certified(claim))}" if certified(claim) else claim.status.value
    for row in session.scalars(select(Instalment).where(Instalment.claim_id == claim.id)).all():
        _give_back(session, claim, row)
    for item in claim.items:
        item.certified, item.reason = None, ""
    claim.status, claim.decided_on, claim.decided_by, claim.decided_by_id = ClaimStatus.RECEIVED, None, "", None
    says = f"{claim.reference} waits for a decision again. It was {was}."
    note_event(session, EventKind.CLAIM_DECIDED, claim.award_line.award, particulars, says=says)


def in_the_way(session: Session, claim: Claim) -> str:
    """Say why the decision on a claim cannot be taken back; nothing where it can."""
    if claim.status is ClaimStatus.RECEIVED:
        return f"{claim.reference} waits for a decision already."
    for slot in slots_of(session, [claim.award_line]):
        if slot.claim_id != claim.id:
            continue
        if slot.in_run:
            return f"{pounds(slot.in_run)} of {claim.reference} is in a payment run. Stop the run first."
        if slot.placed:
            said = f"{pounds(slot.placed)} of {claim.reference} is paid, so what was certified stays."
            return f"{said} Where the payment was wrong, undo it first."
    return ""


def _check(session: Session, claim: Claim, particulars: Particulars) -> None:
    if not one_line(particulars.narrative):
        raise ReasonMissingError("Enter why the decision is taken back", field="narrative")
    check_day(particulars.on)
    if why := in_the_way(session, claim):
        raise WrongStateError(why)
    if claim.decided_on and particulars.on < claim.decided_on:
        raise DateRefusedError("A decision is not taken back before it is made. Enter a later date.", field="on")


def _give_back(session: Session, claim: Claim, row: Instalment) -> None:
    """Put an instalment's pence with the next that is free to be paid; without one it stays, and is no claim's."""
    free = [slot for slot in slots_of(session, [claim.award_line]) if _is_free(slot)]
    if not free:
        row.claim_id = None
        return
    next_one = session.get_one(Instalment, free[0].instalment_id)
    amount = row.amount
    take_away(session, row)
    next_one.amount = Pence(next_one.amount + amount)
    session.flush()


def _is_free(slot: Slot) -> bool:
    return slot.claim_id is None and slot.ready > 0 and not is_held(slot)
