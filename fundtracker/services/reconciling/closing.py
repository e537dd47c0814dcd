"""Closing: a reconciled period is closed by two people, takes no entry from then on, and reopens with a reason."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.money import pounds
from fundtracker.domain.refusals import DateRefusedError, ReasonMissingError, WrongStateError
from fundtracker.domain.roles import Actor
from fundtracker.domain.statuses import PeriodStep
from fundtracker.domain.text import one_line
from fundtracker.domain.years import long_date, now, today
from fundtracker.services.reconciling.refusals import NotReconciledError, SamePersonError
from fundtracker.services.reconciling.scope import open_scope
from fundtracker.services.reconciling.standing import Standing, stand
from fundtracker.store.books import Book
from fundtracker.store.periods import PeriodRecord


def ask_to_close(session: Session, *, until: date, by: Actor, since: date | None = None) -> PeriodRecord:
    """
    Ask for the period that ends on a day to be closed; another person closes it.

    Raises NotReconciledError with what is left, WrongStateError where a period waits already, DateRefusedError.
    """
    if waiting := asked(session):
        raise WrongStateError(f"{_named(waiting)} waits to be closed already. Close it or turn it down first.")
    if until >= today():
        raise DateRefusedError("A period can be closed from the day after its last day.", field="until")
    standing = stand(session, open_scope(session, until=until, since=since))
    check_reconciled(standing)
    return _record(session, PeriodStep.ASKED, standing, by)


def close_period(session: Session, *, by: Actor) -> PeriodRecord:
    """
    Close the period that somebody else asked to be closed, if it is still reconciled.

    Raises SamePersonError for whoever asked, WrongStateError where none waits, and NotReconciledError.
    """
    waiting = _waiting(session)
    if (waiting.made_by_id, by.person_id) == (None, None) or waiting.made_by_id == by.person_id:
        raise SamePersonError(f"You asked for {_named(waiting)} to be closed. Another person closes it.")
    standing = stand(session, open_scope(session, until=waiting.to_date, since=waiting.from_date))
    check_reconciled(standing)
    step = _record(session, PeriodStep.CLOSED, standing, by, closed_to=waiting.to_date)
    _move_book(session, waiting.to_date)
    return step


def turn_down(session: Session, *, by: Actor, why: str) -> PeriodRecord:
    """Say that the period that waits is not to be closed yet, and why; raises ReasonMissingError."""
    waiting = _waiting(session)
    _check_why(why)
    step = PeriodRecord(step=PeriodStep.TURNED_DOWN, from_date=waiting.from_date, to_date=waiting.to_date,
                        closed_to=session.scalar(select(Book.closed_to)), why=one_line(why), **_made(by))  # fmt: skip
    session.add(step)
    session.flush()
    return step


def reopen(session: Session, *, by: Actor, why: str) -> PeriodRecord:
    """Reopen the period that was closed last, for a reason; raises WrongStateError where none is closed."""
    last = last_closed(session)
    if last is None:
        raise WrongStateError("No period is closed, so there is none to reopen.")
    if waiting := asked(session):
        raise WrongStateError(f"{_named(waiting)} waits to be closed. Turn it down first.")
    _check_why(why)
    before = _closed_before(session, last)
    step = PeriodRecord(step=PeriodStep.REOPENED, from_date=last.from_date, to_date=last.to_date, closed_to=before,
                        why=one_line(why), **_made(by))  # fmt: skip
    session.add(step)
    _move_book(session, before)
    return step


def asked(session: Session) -> PeriodRecord | None:
    """Give the period that waits for a second person, if one does."""
    newest = session.scalars(select(PeriodRecord).order_by(PeriodRecord.id.desc()).limit(1)).first()
    return newest if newest is not None and newest.step is PeriodStep.ASKED else None


def last_closed(session: Session) -> PeriodRecord | None:
    """Give the period that the books are closed by now."""
    closed_to = session.scalar(select(Book.closed_to))
    closed = select(PeriodRecord).where(PeriodRecord.step == PeriodStep.CLOSED, PeriodRecord.to_date == closed_to)
    return session.scalars(closed.order_by(PeriodRecord.id.desc()).limit(1)).first()


def history(session: Session) -> Sequence[PeriodRecord]:
    """Give every step of closing and reopening, the newest first."""
    return session.scalars(select(PeriodRecord).order_by(PeriodRecord.id.desc())).all()


def check_reconciled(standing: Standing) -> None:
    """Refuse a period that has a difference, or a line or payment that nobody has dealt with."""
    if standing.reconciled:
        return
    parts = [f"{pounds(standing.difference)} is left to explain"] if standing.difference else []
    if standing.left:
        many = standing.left > 1
        parts.append(f"{standing.left:,} line{'s' if many else ''} or payment{'s' if many else ''} "
                     f"{'are' if many else 'is'} not dealt with")  # fmt: skip
    raise NotReconciledError(f"This period cannot be closed yet: {' and '.join(parts)}. Match or explain what is left.")


def _waiting(session: Session) -> PeriodRecord:
    waiting = asked(session)
    if waiting is None:
        raise WrongStateError("No period waits to be closed. Ask for one from its reconciliation.")
    return waiting


def _closed_before(session: Session, last: PeriodRecord) -> date | None:
    """Give the day that the books were closed to before a period was, if they were."""
    if last.from_date is None:
        return None
    eve = last.from_date - timedelta(days=1)
    closed = select(PeriodRecord.to_date).where(PeriodRecord.step == PeriodStep.CLOSED, PeriodRecord.to_date == eve)
    return session.scalars(closed.limit(1)).first()


def _move_book(session: Session, to: date | None) -> None:
    session.flush()  # the book follows the step that says so
    session.scalars(select(Book)).one().closed_to = to
    session.flush()


def _check_why(why: str) -> None:
    if not one_line(why):
        raise ReasonMissingError("Say why.", field="why")


def _record(
    session: Session, step: PeriodStep, standing: Standing, by: Actor, *, closed_to: date | None = None
) -> PeriodRecord:
    scope, whole = standing.scope, standing.everything
    made = PeriodRecord(
        step=step, from_date=scope.since, to_date=scope.until, closed_to=closed_to, finance_total=whole.theirs,
        tracker_total=whole.ours, explained=standing.explained, **_made(by),
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def _made(by: Actor) -> dict[str, object]:
    return {"made_at": now(), "made_by": by.name, "made_by_id": by.person_id}


def _named(period: PeriodRecord) -> str:
    start = f"{long_date(period.from_date)} to " if period.from_date else "The period to "
    return f"{start}{long_date(period.to_date)}"
