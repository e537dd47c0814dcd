"""Claims: what a recipient says it has spent, cost by cost, and what of it a person certifies to be paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from fundtracker.domain.kinds import EventKind
from fundtracker.domain.money import Pence, pounds
from fundtracker.domain.refusals import (
    DateRefusedError,
    MoreThanAwardedError,
    NotFoundRefusal,
    NothingToDoError,
    ReasonMissingError,
    WrongStateError,
)
from fundtracker.domain.statuses import ClaimStatus
from fundtracker.domain.text import clean, one_line
from fundtracker.services.allocations import positive
from fundtracker.services.days import check_day
from fundtracker.services.events import note_event
from fundtracker.services.instalments import Slot, slots_of
from fundtracker.services.posting import Particulars
from fundtracker.services.references import next_claim
from fundtracker.services.replanning import instalments_of, take_away
from fundtracker.services.schedules import check_plannable, number_rows, open_schedule
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.schedules import Claim, ClaimItem, Instalment


@dataclass(frozen=True, kw_only=True)
class Cost:
    """One cost of a claim: what it was for, the day it was met where that is stated, and its pence."""

    description: str
    amount: Pence
    spent_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class ClaimDetails:
    """What a recipient claims, and for which period where it says so."""

    line: AwardLine
    costs: Sequence[Cost]
    period_from: date | None = None
    period_to: date | None = None
    notes: str = ""


@dataclass(frozen=True)
class Decision:
    """What of one cost is certified, in pence, and why not all of it."""

    certified: Pence
    reason: str = ""


def log_claim(session: Session, *, details: ClaimDetails, particulars: Particulars) -> Claim:
    """
    Log a claim, received on the date of its particulars; nothing is due for it until it is certified.

    Raises NothingToDoError without a cost, and DateRefusedError for a period that ends before it begins.
    """
    line = details.line
    check_plannable(line)
    check_day(particulars.on)
    if not details.costs:
        raise NothingToDoError("Enter at least one cost")
    if details.period_from and details.period_to and details.period_to < details.period_from:
        raise DateRefusedError("The period ends before it begins. Change one of its days.", field="period_to")
    claim = Claim(reference=next_claim(session, line.award), award_line_id=line.id, status=ClaimStatus.RECEIVED,
                  received_on=particulars.on, period_from=details.period_from, period_to=details.period_to,
                  notes=clean(details.notes))  # fmt: skip
    for position, cost in enumerate(details.costs, start=1):
        positive(cost.amount)
        if not one_line(cost.description):
            raise NothingToDoError("Enter what each cost was for")
        claim.items.append(ClaimItem(position=position, description=one_line(cost.description),
                                     spent_on=cost.spent_on, claimed=cost.amount))  # fmt: skip
    session.add(claim)
    session.flush()
    says = f"{claim.reference}: {pounds(claimed(claim))} claimed."
    note_event(session, EventKind.CLAIM_RECEIVED, line.award, particulars, says=says)
    return claim


def decide_claim(
    session: Session, *, claim: Claim, decisions: Sequence[Decision], particulars: Particulars
) -> Instalment | None:
    """
    Certify a claim cost by cost, in whole or part, or reject it by certifying nothing.

    What is certified becomes an instalment due that day, taken from what the schedule has next. Raises
    ReasonMissingError for a cost that is reduced without one, and MoreThanAwardedError beyond what is left to plan.
    """
    if claim.status is not ClaimStatus.RECEIVED:
        raise WrongStateError(f"{claim.reference} is {claim.status.value} already.")
    if particulars.on < claim.received_on:
        raise DateRefusedError("A claim is not decided before it is received. Enter a later date.", field="on")
    check_day(particulars.on)
    for item, decision in zip(claim.items, decisions, strict=True):
        _decide(item, decision)
    total = certified(claim)
    claim.status = ClaimStatus.CERTIFIED if total else ClaimStatus.REJECTED
    claim.decided_on, claim.decided_by, claim.decided_by_id = (
        particulars.on, particulars.by.name, particulars.by.person_id)  # fmt: skip
    instalment = _plan(session, claim, total, particulars.on) if total else None
    what = f"{pounds(total)} of {pounds(claimed(claim))} certified." if total else "rejected."
    note_event(session, EventKind.CLAIM_DECIDED, claim.award_line.award, particulars, says=f"{claim.reference}: {what}")
    return instalment


def _decide(item: ClaimItem, decision: Decision) -> None:
    if not 0 <= decision.certified <= item.claimed:
        raise MoreThanAwardedError(
            f"“{item.description}” claims {pounds(item.claimed)}. Certify that or less.", field=f"certified-{item.id}"
        )
    reason = one_line(decision.reason)
    if decision.certified < item.claimed and not reason:
        raise ReasonMissingError(
            f"Enter why {pounds(item.claimed - decision.certified)} of “{item.description}” is not certified",
            field=f"reason-{item.id}",
        )
    item.certified, item.reason = decision.certified, reason


def _plan(session: Session, claim: Claim, amount: Pence, on: date) -> Instalment:
    line = claim.award_line
    open_schedule(session, line)
    free = [slot for slot in slots_of(session, [line]) if slot.amount > slot.kept and not is_held(slot)]
    room = sum(slot.amount - slot.kept for slot in free)
    if amount > room:
        raise MoreThanAwardedError(
            f"{pounds(amount)} is certified, and {pounds(room)} of {line.award.reference} is free to be paid. Certify "
            "less, vary the award, or see to what is held."
        )
    rows = {row.id: row for row in instalments_of(session, line)}
    left = int(amount)
    for slot in free:
        taken = min(left, slot.amount - slot.kept)
        left -= taken
        _lower(session, rows[slot.instalment_id or 0], taken)
    due = Instalment(award_line_id=line.id, position=0, due_on=on, amount=amount, claim_id=claim.id)
    session.add(due)
    session.flush()
    number_rows(session, line)
    return due


def is_held(slot: Slot) -> bool:
    """Say whether a person or a condition holds an instalment."""
    return bool(slot.held_why or (slot.condition and slot.condition_met_on is None))


def _lower(session: Session, row: Instalment, by: int) -> None:
    if by == row.amount:
        take_away(session, row)
    elif by:
        row.amount = Pence(row.amount - by)
        session.flush()


def claimed(claim: Claim) -> Pence:
    """Add up what a claim asks for, in pence."""
    return Pence(sum(item.claimed for item in claim.items))


def certified(claim: Claim) -> Pence:
    """Add up what of a claim is certified, in pence; nothing before it is decided."""
    return Pence(sum(item.certified or 0 for item in claim.items))


def find_claim(session: Session, reference: str) -> Claim:
    """Give the claim with a reference, in any case; raises NotFoundRefusal."""
    claim = session.scalar(select(Claim).where(func.lower(Claim.reference) == reference.strip().lower()))
    if claim is None:
        raise NotFoundRefusal(f"There is no claim with the reference {one_line(reference)}.")
    return claim


def claims_of(session: Session, lines: Sequence[AwardLine]) -> list[Claim]:
    """Give the claims on award lines, in the order in which they were logged."""
    mine = select(Claim).where(Claim.award_line_id.in_([line.id for line in lines]))
    return list(session.scalars(mine.order_by(Claim.id)))


def list_claims(session: Session) -> list[Claim]:
    """Give every claim, those that wait for a decision first, the oldest of them first."""
    waits = Claim.status == ClaimStatus.RECEIVED
    award = joinedload(Claim.award_line).joinedload(AwardLine.award).joinedload(Award.organisation)
    claims = select(Claim).options(award, selectinload(Claim.items))
    return list(session.scalars(claims.order_by(waits.desc(), Claim.received_on, Claim.id)))
