"""Days: when something can be said to have happened."""

from datetime import date

from fundtracker.domain.refusals import DateRefusedError
from fundtracker.domain.years import long_date, today


def check_day(on: date, *, field: str = "on") -> None:
    """Refuse a date after today (Europe/London)."""
    if on > today():
        raise DateRefusedError(f"{long_date(on)} has not come yet. Enter today's date or an earlier one.", field=field)
