"""Quarters of the financial year: the first is April to June, written `2020/21 Q1`, or `2020/21-Q1` in one word."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from fundtracker.domain.refusals import Refusal
from fundtracker.domain.years import APRIL, FinancialYear, parse_year, quarter_of, year_label, year_of

_MONTHS = 3
_LABEL = re.compile(r"(?P<year>20[0-9]{2}[/\-–][0-9]{2,4})[ \-–]*[Qq](?:uarter )?(?P<number>[1-4])")


class QuarterNotUnderstoodError(Refusal):
    """A quarter that was not written like 2020/21 Q1."""


class Quarter(NamedTuple):
    """A quarter of a financial year: the year by its first, and 1 for April to June."""

    year: FinancialYear
    number: int

    @property
    def first(self) -> date:
        """Give its first day."""
        months = APRIL - 1 + _MONTHS * (self.number - 1)
        return date(self.year + months // 12, months % 12 + 1, 1)

    @property
    def last(self) -> date:
        """Give its last day."""
        after = self.first + timedelta(days=31 * _MONTHS)
        return after.replace(day=1) - timedelta(days=1)

    @property
    def label(self) -> str:
        """Write it for people: `2020/21 Q1`."""
        return f"{year_label(self.year)} Q{self.number}"

    @property
    def key(self) -> str:
        """Write it as one word: `2020/21-Q1`."""
        return f"{year_label(self.year)}-Q{self.number}"

    @property
    def months(self) -> str:
        """Write its months: `April to June 2020`."""
        return f"{self.first:%B} to {self.last:%B %Y}"


def parse_quarter(text: str) -> Quarter:
    """Read a quarter written `2020/21-Q1` or `2020/21 Q1`; raises QuarterNotUnderstoodError for anything else."""
    match = _LABEL.fullmatch(text.strip())
    if match is None:
        raise QuarterNotUnderstoodError(f"“{text.strip()[:40]}” is not a quarter. Write it like 2020/21-Q1.")
    return Quarter(parse_year(match["year"]), int(match["number"]))


def quarter_holding(day: date) -> Quarter:
    """Give the quarter that a day falls in."""
    return Quarter(year_of(day), quarter_of(day))
