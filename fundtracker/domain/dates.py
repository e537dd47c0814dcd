"""Dates as people write them: `12 October 2020`, `12 Oct 20`, `12/10/2020`; the day always comes first."""

import re
from datetime import date

from fundtracker.domain.refusals import Refusal

EARLIEST, LATEST = 2000, 2199
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_SHORT = [month[:3].title() for month in MONTHS]

_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? )?"
_WORDS = re.compile(
    _WEEKDAY + r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?[ -](?P<month>[a-z]{3,9})\.?,?(?:[ -](?P<year>[0-9]+))?"
)
_FIGURES = re.compile(r"(?P<day>[0-9]{1,2})(?P<gap>[/.\- ])(?P<month>[0-9]{1,2})(?:(?P=gap)(?P<year>[0-9]+))?")
_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
_LIKE = "like 12 October 2020"


class DateNotUnderstoodError(Refusal):
    """A date that was typed in a way that is no day, or could be read as more than one."""


def parse_day(text: str) -> date:
    """
    Read a day as a person in the UK types it, the day before the month.

    Raises DateNotUnderstoodError, with words for the form field, for anything that is no day.
    """
    typed = " ".join(text.split())
    if not typed:
        raise DateNotUnderstoodError(f"Enter a date, {_LIKE}")
    lower = typed.lower()
    match = _ISO.fullmatch(lower) or _FIGURES.fullmatch(lower) or _WORDS.fullmatch(lower)
    if match is None:
        raise DateNotUnderstoodError(f"“{typed[:40]}” is not a date. Write it {_LIKE}, or 12/10/2020")
    return _day(typed, int(match["day"]), _month(typed, match["month"]), _year(match["year"]))


def short_date(day: date) -> str:
    """Write a day for a table: `21 Sep 2020`."""
    return f"{day.day} {_SHORT[day.month - 1]} {day.year}"


def _month(typed: str, text: str) -> int:
    if text.isdigit():
        if not 1 <= int(text) <= len(MONTHS):
            raise DateNotUnderstoodError(f"“{typed}” has no month {text}. Write the day first, {_LIKE}")
        return int(text)
    named = "sep" if text == "sept" else text
    for number, name in enumerate(MONTHS, start=1):
        if named in (name, name[:3]):
            return number
    raise DateNotUnderstoodError(f"“{text}” is not a month. Write the date {_LIKE}")


def _year(text: str | None) -> int:
    if text is None:
        raise DateNotUnderstoodError(f"Date must include a year, {_LIKE}")
    if len(text) not in (2, 4):
        raise DateNotUnderstoodError(f"Year must have two or four figures, {_LIKE}")
    year = int(text) + (EARLIEST if len(text) == len("20") else 0)
    if not EARLIEST <= year <= LATEST:
        raise DateNotUnderstoodError(f"Year must be between {EARLIEST} and {LATEST}")
    return year


def _day(typed: str, day: int, month: int, year: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        written = f"{day} {MONTHS[month - 1].title()} {year}"
        raise DateNotUnderstoodError(f"{written} does not exist. Check “{typed}”") from None
