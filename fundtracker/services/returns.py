"""Monitoring returns: planned on an award by hand or by rule, so that each has a day by which it is due."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from fundtracker.domain.kinds import EventKind
from fundtracker.domain.refusals import DateRefusedError, NothingToDoError, WrongStateError
from fundtracker.domain.statuses import AwardStatus, AwardType
from fundtracker.domain.terms import MOST_RETURNS, Rhythm, due_days
from fundtracker.domain.text import name_line
from fundtracker.domain.years import long_date, now
from fundtracker.services.events import note_event
from fundtracker.services.moves import terms_of
from fundtracker.services.posting import Particulars
from fundtracker.store.awards import Award
from fundtracker.store.returns import MonitoringReturn


@dataclass(frozen=True, kw_only=True)
class ReturnPlan:
    """What an award's recipient is to return, from which day on, how often, and whether payments wait for it."""

    about: str
    first: date
    rhythm: Rhythm = Rhythm.ONCE
    count: int = 1
    accepted_first: bool = False


def plan_returns(
    session: Session, *, award: Award, plan: ReturnPlan, particulars: Particulars
) -> list[MonitoringReturn]:
    """
    Plan the returns of an award; those that it has stay.

    Raises WrongStateError for an award that asks for none, NothingToDoError without words or where all are planned
    already, and DateRefusedError for a day before the award's.
    """
    check_asks(award)
    about = name_line(plan.about)
    if not about:
        raise NothingToDoError("Enter what is to be returned, like Half-year report", field="about")
    if not 1 <= plan.count <= MOST_RETURNS:
        raise NothingToDoError(f"Enter how many returns, from 1 to {MOST_RETURNS}", field="count")
    if plan.first < award.awarded_on:
        raise DateRefusedError(
            f"{award.reference} was awarded on {long_date(award.awarded_on)}. Enter a later day.", field="first"
        )
    there = {(one.about.casefold(), one.due_on) for one in terms_of(session, MonitoringReturn, award.id)}
    days = [day for day in due_days(plan.first, plan.rhythm, plan.count) if (about.casefold(), day) not in there]
    if not days:
        raise NothingToDoError(f"{about} is on the schedule for that already.", field="first")
    planned = [_planned(award, about, day, plan, particulars) for day in days]
    session.add_all(planned)
    note_event(session, EventKind.MONITORING_RETURN, award, particulars, says=_says(about, days))
    return planned


def check_asks(award: Award) -> None:
    """Refuse to ask anything more of a recipient whose award is withdrawn, or records money paid in error."""
    if why := asks_nothing(award):
        raise WrongStateError(why)


def asks_nothing(award: Award) -> str:
    """Say why nothing more is asked of a recipient; nothing where it may be."""
    if award.type is AwardType.PAID_IN_ERROR:
        return f"{award.reference} records money paid in error: it asks for nothing but the money."
    if award.status is AwardStatus.WITHDRAWN:
        return f"{award.reference} is withdrawn, so nothing more is asked for it."
    return ""


def is_overdue(due_on: date, status: str, day: date) -> bool:
    """Say whether something that was due has not come by a day."""
    return status == "scheduled" and due_on < day


def _planned(award: Award, about: str, day: date, plan: ReturnPlan, particulars: Particulars) -> MonitoringReturn:
    by = particulars.by
    return MonitoringReturn(award_id=award.id, about=about, due_on=day, accepted_first=plan.accepted_first,
                            made_at=now(), made_by=by.name, made_by_id=by.person_id)  # fmt: skip


def _says(about: str, days: list[date]) -> str:
    if len(days) == 1:
        return f"{about} planned, due on {long_date(days[0])}."
    return f"{about} planned {len(days)} times, from {long_date(days[0])} to {long_date(days[-1])}."
