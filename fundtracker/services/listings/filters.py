"""Filters: what a person may ask of a list, the same words for every list."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import InstrumentedAttribute

from fundtracker.domain.money import Pence
from fundtracker.domain.text import match_key
from fundtracker.domain.years import FinancialYear, first_day, last_day
from fundtracker.store.funds import BudgetLine, Fund

Conditions = list[ColumnElement[bool]]
Place = ColumnElement[Any] | InstrumentedAttribute[Any]


@dataclass(frozen=True, kw_only=True)
class Filters:
    """
    What a list is filtered by; amounts are in pence, and what is empty filters nothing.

    A year chooses the budget lines of that financial year; what has no budget line goes by its own date.
    """

    fund: str = ""
    year: FinancialYear | None = None
    status: str = ""
    type: str = ""
    text: str = ""
    organisation: str = ""
    least: Pence | None = None
    most: Pence | None = None


def on_lines(filters: Filters) -> Conditions:
    """Say which budget lines, of which funds, are meant."""
    wanted: Conditions = []
    if filters.fund:
        wanted.append(Fund.reference == filters.fund)
    if filters.year is not None:
        wanted.append(BudgetLine.year == filters.year)
    return wanted


def between(amount: Place, filters: Filters) -> Conditions:
    """Say which amounts are meant, in pence, both ends included."""
    wanted: Conditions = []
    if filters.least is not None:
        wanted.append(amount >= filters.least)
    if filters.most is not None:
        wanted.append(amount <= filters.most)
    return wanted


def in_year(day: Place, filters: Filters) -> Conditions:
    """Say which days are meant, for what has no budget line."""
    if filters.year is None:
        return []
    return [day.between(first_day(filters.year), last_day(filters.year))]


def containing(filters: Filters, key: Place, *columns: Place) -> Conditions:
    """Say which text is meant: in an organisation's match key, or anywhere in the columns, whatever the case."""
    if not filters.text:
        return []
    found = [column.icontains(filters.text, autoescape=True) for column in columns]
    if folded := match_key(filters.text):
        found.append(key.contains(folded, autoescape=True))
    return [or_(*found)]
