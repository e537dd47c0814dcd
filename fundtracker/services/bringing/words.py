"""Words for what a row is recorded as."""

from datetime import date

from fundtracker.domain.money import pounds
from fundtracker.domain.years import long_date, year_label
from fundtracker.services.bringing.deciding import Decision


def words_of(decision: Decision, to: str) -> str:
    """Say what a row that is taken is recorded as: `Award of £500.00 to Age UK on 3 April 2020, 2020/21`."""
    amount = "" if decision.row.amount is None else f" of {pounds(decision.row.amount)}"
    day = f" on {long_date(decision.on)}" if decision.on else ""
    if decision.line is not None:
        return f"Payment{amount} to {to}{day}"
    if decision.year is not None:
        paid = f", {pounds(decision.paid)} paid" if decision.paid else ""
        return f"Award{amount or ' with no value stated'} to {to}{day}, {year_label(decision.year)}{paid}"
    if decision.on is not None:
        return f"Application from {to}{day}, for {amount.removeprefix(' of ') or 'an amount not stated'}"
    return to or f"Finance line{amount}, {_line(decision)}"


def _line(decision: Decision) -> str:
    """Say whose a line of the finance system is, and its day."""
    payee, day = decision.row.values.get("payee"), decision.row.values.get("on_date")
    return f"{payee or 'payee not given'}, {long_date(day) if isinstance(day, date) else 'no date'}"
