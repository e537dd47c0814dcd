"""Moves: one step of a return, a condition or an agreement, noted on its award, and taken back in the same way."""

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.kinds import EventKind
from fundtracker.domain.refusals import DateRefusedError, NotFoundRefusal, ReasonMissingError, WrongStateError
from fundtracker.domain.terms import AGREEMENT_MOVES, CONDITION_MOVES, RETURN_MOVES, TAKE_OFF, AgreementStatus, Move
from fundtracker.domain.text import one_line
from fundtracker.domain.years import long_date, now
from fundtracker.services.days import check_day
from fundtracker.services.events import note_event
from fundtracker.services.posting import Particulars
from fundtracker.store.returns import MonitoringReturn
from fundtracker.store.terms import Agreement, AwardCondition

LARGEST_ID = 2**63 - 1
Term = MonitoringReturn | AwardCondition | Agreement
T = TypeVar("T", MonitoringReturn, AwardCondition, Agreement)

_KINDS: Mapping[type[Term], EventKind] = {
    MonitoringReturn: EventKind.MONITORING_RETURN,
    AwardCondition: EventKind.CONDITION,
    Agreement: EventKind.AGREEMENT,
}
_MOVES: Mapping[type[Term], Mapping[str, Move]] = {
    MonitoringReturn: RETURN_MOVES,
    AwardCondition: CONDITION_MOVES,
    Agreement: AGREEMENT_MOVES,
}
_CALLED: Mapping[type[Term], str] = {
    MonitoringReturn: "monitoring return",
    AwardCondition: "condition",
    Agreement: "agreement",
}


def moves_of(term: Term) -> dict[str, Move]:
    """Give the steps that a term can take from where it is, by name; none for one that was taken off."""
    if term.undone_at is not None:
        return {}
    return {name: move for name, move in _MOVES[type(term)].items() if term.status in move.of}


def take_step(session: Session, *, term: Term, step: str, particulars: Particulars) -> Move:
    """
    Take a step with a term on the date of the particulars, for the reason in its narrative, and give it.

    Raises WrongStateError where it cannot be taken from where the term is, ReasonMissingError where it needs words,
    and DateRefusedError for a day after today or before the last step.
    """
    move = moves_of(term).get(step)
    if move is None:
        state = "taken off" if term.undone_at is not None else term.status.value
        raise WrongStateError(f"This {_CALLED[type(term)]} is {state}, so that cannot be done with it. Open it again.")
    _check(term, move, particulars)
    said = one_line(particulars.narrative)
    if step == TAKE_OFF:
        term.undone_at, term.undone_by, term.undone_why = now(), particulars.by.name, said
        term.undone_by_id = particulars.by.person_id
    else:
        _go(term, move, particulars.on)
        term.settled_on, term.note = particulars.on, said
        term.settled_by, term.settled_by_id = particulars.by.name, particulars.by.person_id
    note_event(session, _KINDS[type(term)], term.award, particulars, says=f"{named(term)}: {move.done}.")
    return move


def _check(term: Term, move: Move, particulars: Particulars) -> None:
    check_day(particulars.on)
    if move.asks and not one_line(particulars.narrative):
        raise ReasonMissingError(move.asks, field="narrative")
    if isinstance(term, Agreement) and move.to is AgreementStatus.LAPSED:
        _check_lapsed(term, particulars.on)
    since = term.settled_on or (term.offered_on if isinstance(term, Agreement) else None)
    if since is not None and particulars.on < since:
        raise DateRefusedError(f"The step before it is dated {long_date(since)}. Enter that day or a later one.",
                               field="on")  # fmt: skip


def _check_lapsed(offer: Agreement, on: date) -> None:
    if offer.accept_by is not None and on <= offer.accept_by:
        raise DateRefusedError(f"It can be accepted until {long_date(offer.accept_by)}. It lapses after that day.",
                               field="on")  # fmt: skip


def _go(term: Term, move: Move, on: date) -> None:
    """Move a term on; a return that is taken back goes back by one step only."""
    if isinstance(term, MonitoringReturn):
        states = type(term.status)
        if move.to is states.RECEIVED:
            term.received_on = on
        elif move.to is None and term.status is states.RECEIVED:
            term.received_on = None
        term.status = states(move.to or (states.RECEIVED if term.received_on else states.SCHEDULED))
    elif move.to is not None:
        term.status = type(term.status)(move.to)
        if isinstance(term, Agreement) and term.status is type(term.status).OFFERED:
            term.signed_by = ""


def named(term: Term) -> str:
    """Name a term as a history does."""
    if isinstance(term, MonitoringReturn):
        return f"{term.about} due on {long_date(term.due_on)}"
    if isinstance(term, AwardCondition):
        return term.says
    return f"Offer of {long_date(term.offered_on)}"


def find_term(session: Session, kind: type[T], number: int) -> T:
    """Give the return, condition or agreement of a number; raises NotFoundRefusal."""
    found = session.get(kind, number) if 0 < number <= LARGEST_ID else None
    if found is None:
        raise NotFoundRefusal(f"This {_CALLED[kind]} is not in the books.")
    return found


def terms_of(session: Session, kind: type[T], award: int) -> list[T]:
    """Give the returns, conditions or agreements of an award that were not taken off, in the order of their days."""
    day = {MonitoringReturn: MonitoringReturn.due_on, AwardCondition: AwardCondition.id, Agreement: Agreement.id}[kind]
    mine = select(kind).where(kind.award_id == award, kind.undone_at.is_(None))
    return list(session.scalars(mine.order_by(day, kind.id)))
