"""Scope: which days, and the payments of which funds, are reconciled together."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from fundtracker.domain.refusals import DateRefusedError
from fundtracker.domain.statuses import Explanation, PeriodStep
from fundtracker.domain.years import LONDON, long_date, today
from fundtracker.store.books import Book
from fundtracker.store.imports import Batch
from fundtracker.store.periods import PeriodRecord
from fundtracker.store.reconciling import FinanceLine

# What is explained for now and is to be dealt with in a later period: money on its way, or a question asked.
FOR_NOW = (Explanation.TIMING, Explanation.QUERY, Explanation.RECORDED_TWICE, Explanation.NEVER_RECORDED)


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Both days are in it; no first day is all that came before; `began` lets in what is left over from before."""

    since: date | None
    until: date
    funds: tuple[int, ...] = ()
    began: date | None = None
    carries: bool = False

    @property
    def is_period(self) -> bool:
        """Say whether it is what can be closed: every fund."""
        return not self.funds

    def holds(self, day: date) -> bool:
        """Say whether a day is one of its own."""
        return (self.since is None or day >= self.since) and day <= self.until


def open_scope(session: Session, *, until: date, since: date | None = None, funds: tuple[int, ...] = ()) -> Scope:
    """
    Give the scope that ends on a day: from the day after the books were last closed, or else from the day given.

    Raises DateRefusedError where the books are closed to that day already, or it comes before the first.
    """
    closed, began = session.execute(select(Book.closed_to, _began())).one()
    first = closed + timedelta(days=1) if closed else since
    if first and until < first:
        said = f"The books are closed to {long_date(closed)}" if closed else f"It begins on {long_date(first)}"
        raise DateRefusedError(f"{said}. Enter a last day after then.", field="until")
    return Scope(since=first, until=until, funds=funds, began=began, carries=closed is not None)


def usual_end(session: Session, closed: date | None = None) -> date:
    """Give the last day that a person most likely means: the end of the month of the newest line, or of last month."""
    lines = select(func.max(FinanceLine.on_date)).join(Batch).where(Batch.undone_at.is_(None))
    newest = session.scalar(lines) or today().replace(day=1) - timedelta(days=1)
    closed = closed_to(session) if closed is None else closed
    newest = max(newest, closed + timedelta(days=1)) if closed else newest
    return newest.replace(day=monthrange(newest.year, newest.month)[1])


def closed_to(session: Session) -> date | None:
    """Give the day that the books are closed to."""
    return session.scalar(select(Book.closed_to))


def _began() -> ScalarSelect[date | None]:
    """Give the first day that was ever reconciled; nothing for no such day, or for all that came before."""
    closed = select(PeriodRecord.from_date).where(PeriodRecord.step == PeriodStep.CLOSED).order_by(PeriodRecord.id)
    return closed.limit(1).scalar_subquery()


def lines_in(scope: Scope, statement: Select[Any], *, used: ColumnElement[bool], reason: Any) -> Select[Any]:
    """Choose the lines of a scope: those of its days, and those left over from before that are not dealt with."""
    dated = _dated(FinanceLine.on_date, scope)
    first = _moment(scope.since or date(1900, 1, 1))
    came = Batch.brought_in_at.between(first, _moment(scope.until, 1))
    earlier = and_(Batch.brought_in_at < first, Batch.brought_in_at >= _moment(scope.began or date(1900, 1, 1)))
    left = _left_over(scope, used=used, reason=reason)
    undated = and_(FinanceLine.on_date.is_(None), or_(came, and_(left, earlier)))
    own = or_(dated, undated, and_(left, _before(FinanceLine.on_date, scope)))
    return statement.where(Batch.undone_at.is_(None), own)


def entries_in(
    scope: Scope, statement: Select[Any], on: InstrumentedAttribute[date], *, used: ColumnElement[bool], reason: Any
) -> Select[Any]:
    """Choose the entries of a scope, as `lines_in` chooses lines."""
    left = _left_over(scope, used=used, reason=reason)
    return statement.where(or_(_dated(on, scope), and_(left, _before(on, scope))))


def _dated(on: InstrumentedAttribute[Any], scope: Scope) -> ColumnElement[bool]:
    return on.between(scope.since, scope.until) if scope.since else on <= scope.until


def _left_over(scope: Scope, *, used: ColumnElement[bool], reason: Any) -> ColumnElement[bool]:
    """Choose what no period has dealt with for good, where what came before is let in."""
    if not scope.carries or scope.since is None:
        return false()
    return and_(~used, or_(reason.is_(None), reason.in_(FOR_NOW)))


def _before(on: InstrumentedAttribute[Any], scope: Scope) -> ColumnElement[bool]:
    if scope.since is None:
        return false()
    return and_(on < scope.since, on >= scope.began) if scope.began else on < scope.since


def _moment(day: date, days: int = 0) -> datetime:
    return datetime.combine(day + timedelta(days=days), time(), LONDON).astimezone(UTC)
