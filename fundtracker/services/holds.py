"""Holds: the condition that an instalment waits for, and one held back by hand and let go again."""

from datetime import date

from sqlalchemy.orm import Session

from fundtracker.domain.kinds import EventKind
from fundtracker.domain.money import Pence, pounds
from fundtracker.domain.refusals import NotFoundRefusal, NothingToDoError, WrongStateError
from fundtracker.domain.text import one_line
from fundtracker.domain.years import long_date
from fundtracker.services.days import check_day
from fundtracker.services.events import note_event
from fundtracker.services.posting import Particulars
from fundtracker.store.schedules import Instalment

LARGEST_ID = 2**63 - 1


def meet_condition(session: Session, *, instalment: Instalment, particulars: Particulars) -> None:
    """Note the day on which an instalment's condition was met; raises WrongStateError where it has none to meet."""
    if not instalment.condition:
        raise WrongStateError("This instalment has no condition.")
    if instalment.condition_met_on is not None:
        raise WrongStateError(f"The condition was met on {long_date(instalment.condition_met_on)} already.")
    check_day(particulars.on)
    instalment.condition_met_on = particulars.on
    says = f"{_named(instalment)}: {instalment.condition}."
    note_event(session, EventKind.CONDITION_MET, instalment.award_line.award, particulars, says=says)


def hold(session: Session, *, instalment: Instalment, particulars: Particulars) -> None:
    """Hold an instalment back by hand, for the reason in the narrative; raises NothingToDoError without one."""
    why = one_line(particulars.narrative)
    if not why:
        raise NothingToDoError("Enter why it is held", field="narrative")
    if instalment.held_why:
        raise WrongStateError(f"It is held already: {instalment.held_why}.")
    instalment.held_why = why
    says = held_words(instalment.amount, instalment.due_on)
    note_event(session, EventKind.INSTALMENT_HELD, instalment.award_line.award, particulars, says=says)


def release(session: Session, *, instalment: Instalment, particulars: Particulars) -> None:
    """Let an instalment go that was held by hand."""
    if not instalment.held_why:
        raise WrongStateError("It is not held by hand.")
    instalment.held_why = ""
    says = f"{_named(instalment)} released."
    note_event(session, EventKind.INSTALMENT_HELD, instalment.award_line.award, particulars, says=says)


def find_instalment(session: Session, number: int) -> Instalment:
    """Give the instalment of a number; raises NotFoundRefusal."""
    found = session.get(Instalment, number) if number <= LARGEST_ID else None
    if found is None:
        raise NotFoundRefusal("This instalment is not in the books. The schedule may have been planned anew.")
    return found


def held_words(amount: Pence, due_on: date) -> str:
    """Give the words with which an instalment put on hold is noted, in pence, so that its day can be found again."""
    return f"{pounds(amount)} due on {long_date(due_on)} held:"


def _named(instalment: Instalment) -> str:
    return f"{pounds(instalment.amount)} due on {long_date(instalment.due_on)}"
