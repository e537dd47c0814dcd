"""Filters: what a person may ask of a list, the same words for every list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import CTE, ColumnElement, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from fundtracker.domain.money import AmountNotUnderstoodError, Pence, parse_pounds
from fundtracker.domain.text import match_key
from fundtracker.domain.years import FinancialYear, first_day, last_day
from fundtracker.services.listings.payees import Payee, payee_of
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.store.office import Area
from fundtracker.store.organisations import Organisation, OtherName

Conditions = list[ColumnElement[bool]]
Place = ColumnElement[Any] | InstrumentedAttribute[Any]

MOST_WORDS = 10
TO_PAY, TO_RECOVER, NO_VALUE = "to pay", "to recover", "not stated"  # what `owed` may be


@dataclass(frozen=True, kw_only=True)
class Filters:
    """
    What a list is filtered by; amounts are in pence, and what is empty filters nothing.

    A year chooses the budget lines of that financial year; what has no budget line goes by its own date.
    """

    fund: str = ""
    year: FinancialYear | None = None
    decided: FinancialYear | None = None
    since: date | None = None
    until: date | None = None
    status: str = ""
    type: str = ""
    source: str = ""
    kind: str = ""
    area: str = ""
    owed: str = ""
    text: str = ""
    organisation: int | None = None
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


def in_year(day: Place, year: FinancialYear | None) -> Conditions:
    """Say which days of a financial year are meant."""
    return [] if year is None else [day.between(first_day(year), last_day(year))]


def in_days(day: Place, filters: Filters) -> Conditions:
    """Say which days are meant, both ends included."""
    wanted: Conditions = []
    if filters.since is not None:
        wanted.append(day >= filters.since)
    if filters.until is not None:
        wanted.append(day <= filters.until)
    return wanted


def of_payee(filters: Filters) -> Conditions:
    """Say which organisations are meant: of a kind, of an area, or one of them, by the id of what it is now."""
    wanted: Conditions = []
    if filters.kind:
        wanted.append(Payee.type == filters.kind)
    if filters.area:
        wanted.append(Payee.area_id == select(Area.id).where(Area.name == filters.area).scalar_subquery())
    if filters.organisation is not None:
        wanted.append(Payee.id == filters.organisation)
    return wanted


def owing(sums: Any, filters: Filters) -> Conditions:
    """Say which are meant: those with money to pay, or to recover, or with a value that is not stated."""
    columns = {TO_PAY: "to_pay", TO_RECOVER: "to_recover", NO_VALUE: "without_value"}
    return [sums[columns[filters.owed]] > 0] if filters.owed else []


def containing(
    filters: Filters, *columns: Place, organisations: CTE | None = None, amounts: Sequence[Place] = ()
) -> Conditions:
    """
    Say which text is meant: each word in a column or in a name of the organisation, or all of it as an amount.

    `organisations` is the rows of `merged()`, so that names that were merged and other names are found too.
    """
    if not filters.text:
        return []
    words = filters.text.split(None, MOST_WORDS - 1)  # the last part holds whatever comes after
    found: Conditions = [and_(*(_holds(word, columns, organisations) for word in words))]
    try:
        sought = parse_pounds(filters.text)
    except AmountNotUnderstoodError:
        return found
    return [or_(*found, *(amount == sought for amount in amounts))]


def _holds(word: str, columns: Sequence[Place], organisations: CTE | None) -> ColumnElement[bool]:
    places: Conditions = [column.icontains(word, autoescape=True) for column in columns]
    key = match_key(word)
    if key and organisations is not None:
        for named, owner in ((Organisation, Organisation.id), (OtherName, OtherName.organisation_id)):
            payees = select(payee_of(organisations, owner)).select_from(named)
            payees = payees.outerjoin(organisations, organisations.c.id == owner)
            places.append(Payee.id.in_(payees.where(named.match_key.contains(key, autoescape=True))))
    return or_(*places)
