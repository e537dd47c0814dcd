"""Adjusting a forecast: an officer's own amount with a reason, kept beside every one before it."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence, pounds
from fundtracker.domain.refusals import NothingToDoError, Refusal
from fundtracker.domain.refusals_year_end import ReasonNeededError
from fundtracker.domain.roles import Actor
from fundtracker.domain.statuses import Sureness
from fundtracker.domain.text import one_line
from fundtracker.domain.years import FinancialYear, long_moment, now
from fundtracker.services.allocations import not_below_zero
from fundtracker.store.forecasts import ForecastRecord
from fundtracker.store.funds import Fund


class ForecastChangedError(Refusal):
    """A forecast that somebody else adjusted after it was read."""


def adjust_forecast(
    session: Session, *, fund: Fund, year: FinancialYear, amount: Pence | None, sure: Sureness, reason: str,
    as_read: int, by: Actor,
) -> ForecastRecord:  # fmt: skip
    """
    Say what a fund will have cost by the year's end, in pence, and why; no amount goes back to the schedule's own.

    `as_read` is the id of the adjustment that was read, 0 where there was none. Raises ForecastChangedError where
    there is a newer one, ReasonNeededError, BelowZeroError and NothingToDoError.
    """
    last = next(iter(adjustments(session, fund, year)), None)
    if (last.id if last else 0) != as_read and last is not None:
        said = "the schedule’s own amount" if last.amount is None else pounds(last.amount)
        raise ForecastChangedError(
            f"{last.made_by} changed this forecast to {said} on {long_moment(last.made_at)}, "
            "after you opened this page."
        )
    if amount is None and (last is None or last.amount is None):
        raise NothingToDoError("The schedule’s own amount stands already. Enter another amount.", field="amount")
    if not one_line(reason):
        raise ReasonNeededError("Enter why the forecast is changed", field="reason")
    not_below_zero(amount, "amount")
    record = ForecastRecord(
        fund=fund, year=year, amount=amount, sure=sure, reason=one_line(reason), made_at=now(), made_by=by.name,
        made_by_id=by.person_id,
    )  # fmt: skip
    session.add(record)
    session.flush()
    return record


def adjustments(session: Session, fund: Fund, year: FinancialYear | None = None) -> Sequence[ForecastRecord]:
    """Give what officers said of a fund's forecasts, of one year or of all, the newest first."""
    rows = select(ForecastRecord).where(ForecastRecord.fund_id == fund.id).order_by(ForecastRecord.id.desc())
    return session.scalars(rows if year is None else rows.where(ForecastRecord.year == year)).all()
