"""Explaining: why a line or a payment stands alone, in a note with an owner, and taking it back."""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fundtracker.domain.refusals import NotFoundRefusal
from fundtracker.domain.roles import Actor
from fundtracker.domain.statuses import Explanation, PeriodStep
from fundtracker.domain.text import clean, one_line
from fundtracker.domain.years import long_date, now
from fundtracker.services.reconciling.items import Side
from fundtracker.services.reconciling.refusals import DealtWithError, NoteMissingError, PeriodClosedError
from fundtracker.services.reconciling.rows import Row, entries_named, lines_named
from fundtracker.store.books import Book
from fundtracker.store.periods import PeriodRecord
from fundtracker.store.reconciling import Explained

_EITHER = (Explanation.TIMING, Explanation.NOT_OURS, Explanation.WRONG_CODE, Explanation.QUERY)
REASONS = {
    Side.LINE: (*_EITHER, Explanation.NEVER_RECORDED),
    Side.OURS: (*_EITHER, Explanation.RECORDED_TWICE),
}


def explain(
    session: Session, *, side: Side, number: int, reason: Explanation, note: str, owner: str, by: Actor
) -> Explained:
    """
    Explain a line, by id, or an entry of ours, by number, that has nothing on the other side.

    An explanation that it has ends. Raises NoteMissingError without a note and an owner, DealtWithError where it is
    matched, and NotFoundRefusal.
    """
    found: Sequence[Row] = (lines_named if side is Side.LINE else entries_named)(session, [number])
    if not found:
        raise NotFoundRefusal(f"There is no such {side.value} to explain.")
    (row,) = found
    if row.matching is not None:
        raise DealtWithError("This is matched already, and nothing was recorded. Undo the match first.")
    if reason not in REASONS[side]:
        raise NoteMissingError(f"“{reason.value}” is no reason for a {side.value}. Choose another.", field="reason")
    needed(note, owner)
    end_explanations(session, [row], by=by, why="explained again")
    made = Explained(
        finance_line_id=number if side is Side.LINE else None, entry_number=number if side is Side.OURS else None,
        reason=reason, note=clean(note), owner=one_line(owner), live=True, made_at=now(), made_by=by.name,
        made_by_id=by.person_id,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def needed(note: str, owner: str) -> None:
    """Refuse a reason that nobody could follow up."""
    if not clean(note):
        raise NoteMissingError("Say why in a note.", field="note")
    if not one_line(owner):
        raise NoteMissingError("Say who sees it put right.", field="owner")


def end_explanations(session: Session, *rows: Iterable[Row], by: Actor, why: str) -> None:
    """End the explanations of some rows that are dealt with otherwise now."""
    for key in [row.explained for some in rows for row in some if row.explained is not None]:
        _end(session.get_one(Explained, key), by, why)
    session.flush()


def undo_explanation(session: Session, *, number: int, by: Actor, why: str = "") -> Explained:
    """Take an explanation back; raises PeriodClosedError for one that a closed period counted."""
    made = session.get(Explained, number)
    if made is None:
        raise NotFoundRefusal("There is no such explanation.")
    if not made.live:
        raise DealtWithError(f"This explanation was ended by {made.undone_by or 'another step'} already.")
    closed_to = session.scalar(select(Book.closed_to))
    day = made.line.on_date if made.line else made.entry.on_date if made.entry else None
    if closed_to and day and day <= closed_to and _counted(session, made):
        raise PeriodClosedError(
            f"The books are closed to {long_date(closed_to)} with this explanation. Match it, explain it again, or "
            "reopen the period."
        )
    _end(made, by, why)
    session.flush()
    return made


def _counted(session: Session, made: Explained) -> bool:
    closed = select(func.max(PeriodRecord.made_at)).where(PeriodRecord.step == PeriodStep.CLOSED)
    at = session.scalar(closed)
    return at is not None and made.made_at <= at


def _end(made: Explained, by: Actor, why: str) -> None:
    made.live = False
    made.undone_at, made.undone_by, made.undone_by_id, made.undone_why = now(), by.name, by.person_id, one_line(why)
