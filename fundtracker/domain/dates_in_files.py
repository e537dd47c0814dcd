"""Dates as files hold them: real dates, dates with a time, Excel's number of a day, and text as people write it."""

import re
from datetime import date, datetime

from fundtracker.domain.dates import EARLIEST, LATEST, DateNotUnderstoodError, parse_day
from fundtracker.domain.money_in_files import NOT_STATED

# A time of day, with the zone that it is in, after a day: the day as it is written is what counts.
_TIME = re.compile(
    r"[T ]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?: ?[ap]m)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?", re.I
)
_RUN_TOGETHER = re.compile(r"(20[0-9]{2})(0[1-9]|1[0-2])([0-3][0-9])")  # as SAP writes it
_YEAR_FIRST = re.compile(r"([0-9]{4})[/.]([0-9]{1,2})[/.]([0-9]{1,2})")
_SHORT_YEAR = re.compile(r".*[^0-9](?P<year>[5-9][0-9])")
_NUMBER = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")

_LONGEST = 100  # characters in which a day, and its time, can be written
_DAY_NOUGHT = date(1899, 12, 30).toordinal()
_FIRST, _LAST = date(EARLIEST, 1, 1).toordinal() - _DAY_NOUGHT, date(2099, 12, 31).toordinal() - _DAY_NOUGHT


def day_in_file(value: object) -> date | None:
    """
    Read a cell of a column of dates, the day before the month, or give None where it is not stated.

    Raises DateNotUnderstoodError, in words that can follow the name of a column, for anything else.
    """
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return _in_range(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _numbered(value)
    if isinstance(value, str):
        return _written(value)
    raise DateNotUnderstoodError(f"“{value}” is not a date. Write it like 12 October 2020")


def _written(text: str) -> date | None:
    tidy = " ".join(text.split())
    if len(tidy) > _LONGEST:
        raise DateNotUnderstoodError(f"“{tidy[:40]}…” is not a date. Write it like 12 October 2020")
    if tidy.casefold() in NOT_STATED:
        return None
    if time := _TIME.search(tidy):
        tidy = tidy[: time.start()] if time.end() == len(tidy) else tidy
    if _NUMBER.fullmatch(tidy):
        return _numbered(float(tidy))
    for form in (_RUN_TOGETHER, _YEAR_FIRST):
        if parts := form.fullmatch(tidy):
            return parse_day(f"{parts[3]}/{parts[2]}/{parts[1]}")
    if short := _SHORT_YEAR.fullmatch(tidy):
        raise DateNotUnderstoodError(
            f"“{tidy[:40]}” could be 19{short['year']} or 20{short['year']}. Write the year out"
        )
    return parse_day(tidy)


def _numbered(number: float) -> date:
    """Give the day that Excel keeps as a number, the time of day dropped."""
    if not _FIRST <= number < _LAST + 1:
        raise DateNotUnderstoodError(f"“{number:.15g}” is not a date. Write it like 12 October 2020")
    return date.fromordinal(_DAY_NOUGHT + int(number))


def _in_range(day: date) -> date:
    if not EARLIEST <= day.year <= LATEST:
        raise DateNotUnderstoodError(f"“{day:%d/%m/%Y}” is outside the years {EARLIEST} to {LATEST}")
    return day
