"""Schedules: the instalments in which an award line is paid, made by hand or by rule, and always adding up to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from fundtracker.domain.kinds import EventKind
from fundtracker.domain.money import Pence, pounds
from fundtracker.domain.plans import MOST_INSTALMENTS
from fundtracker.domain.refusals import NothingToDoError, Refusal, WrongStateError
from fundtracker.domain.statuses import AwardType
from fundtracker.domain.text import one_line
from fundtracker.services.allocations import positive
from fundtracker.services.days import check_day
from fundtracker.services.events import note_event
from fundtracker.services.instalments import slots_of
from fundtracker.services.posting import Particulars
from fundtracker.services.replanning import instalments_of, sum_of, take_away
from fundtracker.store.awards import AwardLine
from fundtracker.store.schedules import Instalment

_WORDS = ("condition", "po_number", "cost_centre", "subjective", "project")


class ScheduleRefusedError(Refusal):
    """Instalments that do not add up to what is to be placed."""


@dataclass(frozen=True, kw_only=True)
class Planned:
    """One instalment as it is planned: its day, its pence, and what is said of it."""

    due_on: date
    amount: Pence
    condition: str = ""
    po_number: str = ""
    cost_centre: str = ""
    subjective: str = ""
    project: str = ""


def set_schedule(session: Session, *, line: AwardLine, planned: Sequence[Planned], particulars: Particulars) -> None:
    """
    Plan what is unpaid of an award line anew; what is paid, in a run or certified on a claim stays as it is.

    Raises ScheduleRefusedError unless the instalments add up to what is to be placed, to the penny.
    """
    check_plannable(line)
    check_day(particulars.on)
    _check_not_in_a_run(session, line)
    _check_sum(session, line, planned)
    open_schedule(session, line)
    rows = _cut_to_what_is_kept(session, line)
    spare = [row for row in instalments_of(session, line) if row.id not in rows]
    for plan in sorted(planned, key=lambda each: each.due_on):
        row = spare.pop(0) if spare else Instalment(award_line_id=line.id)
        _plan(row, plan)
        session.add(row)
    for row in spare:
        take_away(session, row)
    session.flush()
    number_rows(session, line)
    said = f"{len(planned)} to come, {pounds(sum(each.amount for each in planned))} in all."
    note_event(session, EventKind.SCHEDULE_CHANGED, line.award, particulars, says=said)


def check_plannable(line: AwardLine) -> None:
    """Refuse to plan what has no value, or records money paid in error."""
    if line.award.type is AwardType.PAID_IN_ERROR:
        raise WrongStateError(f"{line.award.reference} records money paid in error: nothing more is paid on it.")
    if not line.awarded:
        raise WrongStateError(f"{line.award.reference} has nothing awarded here, so there is nothing to plan.")


def to_place(session: Session, line: AwardLine) -> Pence:
    """Give the pence of an award line that can be planned anew: all but what is paid, on its way or certified."""
    return Pence(sum_of(line) - sum(slot.kept for slot in slots_of(session, [line])))


def _check_sum(session: Session, line: AwardLine, planned: Sequence[Planned]) -> None:
    if len(planned) > MOST_INSTALMENTS:
        raise ScheduleRefusedError(f"Plan {MOST_INSTALMENTS} instalments or fewer.")
    for each in planned:
        positive(each.amount)
    placed, whole = sum(each.amount for each in planned), to_place(session, line)
    if not whole and not planned:
        raise NothingToDoError(f"All of {line.award.reference} is paid or on its way: nothing is left to plan.")
    if placed < whole:
        raise ScheduleRefusedError(
            f"{pounds(whole - placed)} of {pounds(whole)} is still to place. Add it to an instalment, or add one."
        )
    if placed > whole:
        raise ScheduleRefusedError(
            f"The instalments add up to {pounds(placed)}, {pounds(placed - whole)} too much. Enter less."
        )


def _check_not_in_a_run(session: Session, line: AwardLine) -> None:
    """Refuse to plan an award that is on its way to be paid without a schedule."""
    if any(slot.in_run and not slot.instalment_id for slot in slots_of(session, [line])):
        raise WrongStateError(f"{line.award.reference} is in a payment run. Send the run or stop it first.")


def open_schedule(session: Session, line: AwardLine) -> None:
    """Write down what counts without a schedule: what was paid, and the rest, each as one instalment."""
    _check_not_in_a_run(session, line)
    if instalments_of(session, line):
        return
    held = line.paid - line.recovered
    for position, amount in enumerate((held, line.awarded - held)):
        if amount > 0:
            due_on = line.award.starts_on or line.award.awarded_on
            session.add(Instalment(award_line_id=line.id, due_on=due_on, amount=Pence(amount), position=position))
    session.flush()


def _cut_to_what_is_kept(session: Session, line: AwardLine) -> set[int]:
    """Bring instalments that are begun down to what is paid or on its way, and give their ids."""
    begun = {slot.instalment_id: slot.kept for slot in slots_of(session, [line]) if slot.instalment_id and slot.kept}
    for row in instalments_of(session, line):
        if row.id in begun:
            row.amount = begun[row.id]
    return set(begun)


def _plan(row: Instalment, plan: Planned) -> None:
    words = {name: one_line(getattr(plan, name)) for name in _WORDS}
    if words["condition"] != row.condition:
        row.condition_met_on = None
    row.due_on, row.amount, row.position = plan.due_on, plan.amount, MOST_INSTALMENTS
    for name, said in words.items():
        setattr(row, name, said)


def number_rows(session: Session, line: AwardLine) -> None:
    """Put a schedule's instalments in the order of their days."""
    rows = sorted(instalments_of(session, line), key=lambda row: (row.due_on, row.position, row.id))
    for position, row in enumerate(rows, start=1):
        row.position = position
    session.flush()
