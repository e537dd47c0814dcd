"""Planning again: what an entry on an award line does to its schedule, in the one place that every entry passes."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from fundtracker.domain.kinds import EventKind, Kind
from fundtracker.domain.money import Pence, pounds
from fundtracker.domain.plans import Part, planned_again
from fundtracker.domain.years import long_date
from fundtracker.services.drafts import Draft
from fundtracker.services.events import note_event
from fundtracker.services.instalments import Slot, slots_of
from fundtracker.store.awards import AwardLine, Payment
from fundtracker.store.runs import RunLine
from fundtracker.store.schedules import Instalment

if TYPE_CHECKING:  # posting plans again, and so cannot be imported here
    from fundtracker.services.posting import Particulars


def plan_again(session: Session, drafts: Sequence[Draft], particulars: "Particulars") -> None:
    """
    Let the schedule of each award line add up to what it is awarded, or to what was paid where that is more.

    A fall takes from the last instalments first, a rise goes to the last or to a new one, and an event says so.
    """
    lines = dict.fromkeys(draft.award_line for draft in drafts if draft.award_line)
    refunded = {draft.award_line for draft in drafts if draft.kind is Kind.REFUND}
    for line in lines:
        rows = instalments_of(session, line)
        if rows and sum(row.amount for row in rows) != sum_of(line):
            said = _change(session, line, rows, refunded=line in refunded, particulars=particulars)
            name = "" if len(line.award.lines) == 1 else f"{line.budget_line.long_label}: "
            note_event(session, EventKind.SCHEDULE_CHANGED, line.award, particulars, says=f"{name}{', '.join(said)}.")


def with_a_schedule(session: Session, lines: Collection[int]) -> frozenset[int]:
    """Give those of some award lines, by their ids, that have instalments."""
    if not lines:
        return frozenset()
    return frozenset(session.scalars(select(Instalment.award_line_id).where(Instalment.award_line_id.in_(lines))))


def instalments_of(session: Session, line: AwardLine) -> list[Instalment]:
    """Give the instalments of an award line's schedule, in order; none where it has no schedule."""
    rows = select(Instalment).where(Instalment.award_line_id == line.id)
    return list(session.scalars(rows.order_by(Instalment.position, Instalment.id)))


def sum_of(line: AwardLine) -> Pence:
    """Say what a line's schedule adds up to: what is awarded, or what the recipient holds where that is more."""
    return Pence(max(line.awarded, line.paid - line.recovered))


def take_away(session: Session, row: Instalment) -> None:
    """Take an instalment out of its schedule; payments and runs that named it keep their award line."""
    for table in (Payment, RunLine):
        session.execute(update(table).where(table.instalment_id == row.id).values(instalment_id=None))
    session.delete(row)
    session.flush()


def _change(
    session: Session, line: AwardLine, rows: list[Instalment], *, refunded: bool, particulars: "Particulars"
) -> list[str]:
    slots = {slot.instalment_id: slot for slot in slots_of(session, [line])}
    parts = [_part(slots[row.id], refunded=refunded) for row in rows]
    amounts, rest = planned_again(parts, sum_of(line))
    said = []
    for row, amount in zip(rows, amounts, strict=True):
        if amount != row.amount:
            change = "more" if amount > row.amount else "less"
            said.append(f"{pounds(abs(amount - row.amount))} {change} on {long_date(row.due_on)}")
            _set(session, row, amount)
    if rest:
        day = max(particulars.on, rows[-1].due_on)
        session.add(Instalment(award_line_id=line.id, position=rows[-1].position + 1, due_on=day, amount=Pence(rest)))
        session.flush()
        said.append(f"{pounds(rest)} more, planned for {long_date(day)}")
    return said


def _part(slot: Slot, *, refunded: bool) -> Part:
    return Part(slot.amount, slot.kept, given_back=refunded and slot.placed < slot.own)


def _set(session: Session, row: Instalment, amount: int) -> None:
    if amount:
        row.amount = Pence(amount)
        session.flush()
    else:
        take_away(session, row)
