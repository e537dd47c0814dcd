"""The forecast: what every fund will have cost by the end of a year, and how sure it is; one fund's is adjusted."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from flask import Response, render_template
from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import Source
from fundtracker.domain.years import FinancialYear, last_day, year_label, year_of
from fundtracker.services.figures import AsAt, as_at
from fundtracker.services.forecasts import Forecast, forecasts
from fundtracker.services.years_beside import year_in_hand
from fundtracker.store.funds import Fund
from fundtracker.web.blueprints import reports as pages
from fundtracker.web.choices import SOURCES
from fundtracker.web.db import reading
from fundtracker.web.lists.asked import asked_day
from fundtracker.web.lists.sending import money, send_list, text
from fundtracker.web.reports.sending import asked_year, offered_years


@dataclass(frozen=True)
class Row:
    """One fund with its forecast."""

    fund: Fund
    forecast: Forecast


@dataclass(frozen=True, kw_only=True)
class Sums:
    """Forecasts added up, in pence."""

    allocated: Pence
    spent: Pence
    due: Pence
    pipeline: Pence
    worked_out: Pence
    amount: Pence
    variance: Pence


COLUMNS = (
    text("Fund", lambda row: row.fund.reference),
    text("Fund name", lambda row: row.fund.name, 34),
    text("Whose money", lambda row: SOURCES[row.fund.source], 18),
    money("Allocated", lambda row: row.forecast.allocated),
    money("Spent to date", lambda row: row.forecast.spent.expenditure),
    money("Due by year end", lambda row: row.forecast.due),
    money("Expected from applications", lambda row: row.forecast.pipeline),
    money("Worked out", lambda row: row.forecast.worked_out),
    money("Officer’s own", lambda row: row.forecast.own, total=False),
    money("Forecast", lambda row: row.forecast.amount),
    money("Variance", lambda row: row.forecast.variance),
    text("How sure", lambda row: row.forecast.sure.value),
    text("Reason", lambda row: row.forecast.record.reason if row.forecast.own is not None else "", 40),
    text("Adjusted by", lambda row: row.forecast.record.made_by if row.forecast.own is not None else "", 20),
)


@pages.get("/reports/forecast", endpoint="forecast")
def index() -> str:
    """List every fund of a year with what it will have cost by the end of it."""
    session = reading()
    when, year, problems = _asked(session)
    rows = _rows(session, when, year)
    groups = [(SOURCES[source], mine, add_up(mine)) for source, mine in _grouped(rows)]
    return render_template(
        "reports/forecast.html", when=when, year=year, ends=last_day(year), groups=groups, total=add_up(rows),
        rows=rows, years=offered_years(session, year), asked=asked_day()[0], problems=problems,
    )  # fmt: skip


@pages.get("/reports/forecast.xlsx", endpoint="forecast_workbook")
def workbook() -> Response:
    """Send the forecast of a year as a workbook."""
    session = reading()
    when, year, _ = _asked(session)
    rows = _rows(session, when, year)
    return send_list(
        f"Forecast {year_label(year)}", COLUMNS, rows, as_at=when.day, filters=[("Year", year_label(year))]
    )  # fmt: skip


def add_up(rows: Iterable[Row]) -> Sums:
    """Add forecasts up, figure by figure."""
    made = [row.forecast for row in rows]
    return Sums(
        allocated=Pence(sum(one.allocated for one in made)), spent=Pence(sum(one.spent.expenditure for one in made)),
        due=Pence(sum(one.due for one in made)), pipeline=Pence(sum(one.pipeline for one in made)),
        worked_out=Pence(sum(one.worked_out for one in made)), amount=Pence(sum(one.amount for one in made)),
        variance=Pence(sum(one.variance for one in made)),
    )  # fmt: skip


def _asked(session: Session) -> tuple[AsAt, FinancialYear, list[str]]:
    (year, no_year), (day, no_day) = asked_year(), asked_day()
    when = as_at(session, day)
    chosen = year or year_in_hand(session, when) or year_of(when.day)
    return when, chosen, list(filter(None, (no_year, no_day)))


def _rows(session: Session, when: AsAt, year: FinancialYear) -> list[Row]:
    made = forecasts(session, when, year)
    rows = session.scalars(select(Fund).where(Fund.id.in_(made)).order_by(Fund.name, Fund.id))
    order = list(Source)
    return sorted((Row(fund, made[fund.id]) for fund in rows), key=lambda row: order.index(row.fund.source))


def _grouped(rows: list[Row]) -> Iterator[tuple[Source, list[Row]]]:
    for source, mine in groupby(rows, key=lambda row: row.fund.source):
        yield source, list(mine)
