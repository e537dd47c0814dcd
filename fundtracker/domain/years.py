"""Financial years: 1 April to 31 March, written `2020/21`, and today's date in Europe/London."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import NewType
from zoneinfo import ZoneInfo

from fundtracker.domain.refusals import Refusal

FinancialYear = NewType("FinancialYear", int)  # the calendar year in which it begins

APRIL = 4
LONDON = ZoneInfo("Europe/London")
_LABEL = re.compile(r"(?P<first>20[0-9]{2})[/\-–](?:20)?(?P<second>[0-9]{2})")


class YearNotUnderstoodError(Refusal):
    """A financial year that was not written like 2020/21."""


def now() -> datetime:
    """Give the present moment in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Give today's date where the office is, Europe/London."""
    return now().astimezone(LONDON).date()


def year_of(day: date) -> FinancialYear:
    """Give the financial year that a day falls in."""
    return FinancialYear(day.year if day.month >= APRIL else day.year - 1)


def year_label(year: int) -> str:
    """Write a financial year: `2020/21`."""
    return f"{year}/{(year + 1) % 100:02d}"


def parse_year(text: str) -> FinancialYear:
    """Read a financial year written `2020/21`; raises YearNotUnderstoodError for anything else."""
    match = _LABEL.fullmatch(text.strip())
    if match is None or (int(match["first"]) + 1) % 100 != int(match["second"]):
        raise YearNotUnderstoodError(f"“{text}” is not a financial year. Write it like 2020/21.")
    return FinancialYear(int(match["first"]))


def first_day(year: int) -> date:
    """Give the first day of a financial year, 1 April."""
    return date(year, 4, 1)


def last_day(year: int) -> date:
    """Give the last day of a financial year, 31 March."""
    return date(year + 1, 3, 31)


def period_of(day: date) -> int:
    """Give the accounting period of a day: 1 for April to 12 for March."""
    return (day.month - APRIL) % 12 + 1


def quarter_of(day: date) -> int:
    """Give the quarter of the financial year that a day falls in: 1 for April to June."""
    return (period_of(day) - 1) // 3 + 1


def end_of(day: date) -> datetime:
    """Give the moment (UTC) at which a day ends where the office is."""
    return datetime.combine(day + timedelta(days=1), time(), LONDON).astimezone(UTC)


def long_date(day: date) -> str:
    """Write a day for reading: `1 September 2020`."""
    return f"{day.day} {day:%B %Y}"


def long_moment(moment: datetime) -> str:
    """Write a moment for reading, as the office's clocks show it: `1 September 2020 at 14:05`."""
    local = moment.astimezone(LONDON)
    return f"{long_date(local.date())} at {local:%H:%M}"
