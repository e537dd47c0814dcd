"""Matching: saying that some lines and some payments are the same money, and taking it back."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence, pounds
from fundtracker.domain.refusals import NotFoundRefusal
from fundtracker.domain.roles import Actor
from fundtracker.domain.text import clean, one_line
from fundtracker.domain.years import long_date, now
from fundtracker.services.reconciling.confirmed import confirm_sent, unconfirm
from fundtracker.services.reconciling.explaining import end_explanations, needed
from fundtracker.services.reconciling.refusals import (
    DealtWithError,
    NotTogetherError,
    PeriodClosedError,
    SumsDifferError,
)
from fundtracker.services.reconciling.rows import LineRow, OurRow, Row, entries_named, lines_named
from fundtracker.store.books import Book
from fundtracker.store.reconciling import Matching, MatchingEntry, MatchingLine

_MOST = 500
_BY_HAND = "matched by a person"


def match(
    session: Session,
    *,
    lines: Sequence[int],
    entries: Sequence[int],
    by: Actor,
    score: int = 0,
    reason: str = "",
    note: str = "",
    owner: str = "",
) -> Matching:
    """
    Match finance lines, by id, with entries of ours, by number; a difference needs a note and an owner.

    An explanation of one of them ends, and a payment that was sent is known to be paid. Raises DealtWithError for one
    that is matched already, SumsDifferError, NotTogetherError and NotFoundRefusal.
    """
    theirs, ours = _found(session, lines, entries)
    _check(session, theirs, ours)
    difference = _difference(theirs, ours, note, owner)
    end_explanations(session, theirs, ours, by=by, why="matched")
    made = Matching(score=score, reason=one_line(reason) or _BY_HAND, difference=difference, note=clean(note),
                    owner=one_line(owner), made_at=now(), made_by=by.name, made_by_id=by.person_id)  # fmt: skip
    made.lines = [MatchingLine(finance_line_id=row.id, live=True) for row in theirs]
    made.entries = [MatchingEntry(entry_number=row.id, live=True) for row in ours]
    session.add(made)
    flush_once(session)
    confirm_sent(session, theirs, ours, by=by)
    return made


def flush_once(session: Session) -> None:
    """Write what is new; raises DealtWithError where another has dealt with one of the items just now."""
    try:
        session.flush()
    except IntegrityError as error:
        if "uq_" not in str(error.orig) and "UNIQUE" not in str(error.orig):
            raise
        raise DealtWithError(
            "Somebody has dealt with one of these just now, and nothing was recorded. Look at where it stands."
        ) from error


def _found(session: Session, lines: Sequence[int], entries: Sequence[int]) -> tuple[list[LineRow], list[OurRow]]:
    lines, entries = list(dict.fromkeys(lines)), list(dict.fromkeys(entries))
    if not lines and not entries:
        raise NotTogetherError("Choose at least one line and one payment.")
    if len(lines) + len(entries) > _MOST:
        raise NotTogetherError(f"Match {_MOST} lines and payments at a time, or fewer.")
    theirs, ours = lines_named(session, lines), entries_named(session, entries)
    if len(theirs) < len(lines) or len(ours) < len(entries):
        raise NotFoundRefusal("One of these lines or payments is no longer there. Look at where it stands.")
    return theirs, ours


def _check(session: Session, theirs: Sequence[LineRow], ours: Sequence[OurRow]) -> None:
    for row in (*theirs, *ours):
        if row.matching is not None:
            raise DealtWithError(f"{say(row)} is matched already, and nothing was recorded. Undo that match first.")
    alone = not theirs or not ours
    if alone and (len(theirs) + len(ours) == 1 or sum(row.amount for row in (*theirs, *ours)) != 0):
        raise NotTogetherError("Lines alone, or payments alone, are matched only where they cancel each other.")
    _check_reversals(ours)
    closed_to = session.scalar(select(Book.closed_to))
    if closed_to and all(_settled(row, closed_to) for row in (*theirs, *ours)):
        raise _closed(closed_to)


def _check_reversals(ours: Sequence[OurRow]) -> None:
    """Refuse to match a payment together with its own reversal: the two are no money."""
    numbers = {row.id for row in ours}
    for row in ours:
        if row.reverses in numbers:
            raise NotTogetherError(f"{say(row)} undoes the payment beside it. Leave both out.")


def _settled(row: Row, closed_to: date) -> bool:
    return row.on is not None and row.on <= closed_to and row.explained is not None


def _closed(to: date) -> PeriodClosedError:
    return PeriodClosedError(
        f"The books are closed to {long_date(to)}, so this stays as it was dealt with. Reopen the period first."
    )


def _difference(theirs: Sequence[LineRow], ours: Sequence[OurRow], note: str, owner: str) -> Pence:
    """Give lines less payments, in pence; raises SumsDifferError where there is one that nobody explains."""
    difference = Pence(sum(row.amount for row in theirs) - sum(row.amount for row in ours))
    if difference:
        _check_stated(difference, note, owner)
    return difference


def _check_stated(difference: Pence, note: str, owner: str) -> None:
    if not note.strip() or not owner.strip():
        more = "more" if difference > 0 else "less"
        raise SumsDifferError(
            f"The lines add up to {pounds(abs(difference))} {more} than the payments. Say why in a note, and who sees "
            "it put right, or choose others.",
            field="owner" if note.strip() else "note",
        )
    needed(note, owner)


def say(row: Row) -> str:
    """Name a line or a payment in a sentence."""
    if isinstance(row, OurRow):
        return f"{row.payment or f'Entry #{row.id}'} to {row.payee}, {pounds(row.amount)}"
    line = row.reference if isinstance(row, LineRow) and row.reference else row.id
    return f"Line {line}, {row.payee or 'payee not given'}, {pounds(row.amount)}"


def undo_match(session: Session, *, number: int, by: Actor, why: str = "") -> Matching:
    """Take a match back, so that its lines and payments are left again; raises PeriodClosedError in a closed period."""
    made = session.get(Matching, number)
    if made is None:
        raise NotFoundRefusal("There is no such match.")
    if made.undone_at is not None:
        raise DealtWithError(f"This match was undone by {made.undone_by} already.")
    days = [part.line.on_date for part in made.lines] + [part.entry.on_date for part in made.entries]
    closed_to = session.scalar(select(Book.closed_to))
    if closed_to and max((day for day in days if day), default=date.max) <= closed_to:
        raise _closed(closed_to)
    made.undone_at, made.undone_by, made.undone_by_id = now(), by.name, by.person_id
    made.undone_why = one_line(why)
    for line in made.lines:
        line.live = False
    for entry in made.entries:
        entry.live = False
    unconfirm(session, made, by=by)
    session.flush()
    return made
