"""The cliff edge: which services lose their money by a day, and by when each must be decided."""

from datetime import date
from typing import Any

from flask import Response, render_template, request

from fundtracker.domain.dates import parse_day
from fundtracker.domain.money import Pence
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.years import last_day, long_date, year_of
from fundtracker.services.cliffs import Cliff, cliff_edge
from fundtracker.services.figures import AsAt, as_at
from fundtracker.services.office import find_office
from fundtracker.web.blueprints import reports as pages
from fundtracker.web.db import reading
from fundtracker.web.lists.asked import asked_day
from fundtracker.web.lists.sending import day, money, send_list, text, whole

COLUMNS = (
    text("Award", lambda row: row.award.reference),
    text("Service", lambda row: row.award.purpose or row.award.benefits, 40),
    text("Organisation", lambda row: row.award.organisation, 34),
    text("Type", lambda row: row.award.type.value),
    text("Funds", lambda row: "; ".join(name for _, name, _ in row.funds), 34),
    text("Funders", lambda row: "; ".join(dict.fromkeys(funder for *_, funder in row.funds)), 28),
    money("A year", lambda row: row.a_year),
    day("Money ends", lambda row: row.ends),
    whole("Days needed", lambda row: row.lead),
    day("Decide by", lambda row: row.decide_by),
    whole("Days left", lambda row: row.days_left),
    text("Followed by", lambda row: row.after.reference if row.after else ""),
    text("Follows", lambda row: "; ".join(one.reference for one in row.history), 28),
)


@pages.get("/reports/cliff-edge", endpoint="cliffs")
def index() -> str:
    """List the services whose money ends by 31 March, or by another day, those to decide first before others."""
    when, until, problems = _asked()
    rows = cliff_edge(reading(), when, until)
    open_ones, safe = [row for row in rows if not row.safe], [row for row in rows if row.safe]
    return render_template(
        "reports/cliffs.html", when=when, until=until, rows=rows, open_ones=open_ones, safe=safe, problems=problems,
        office=find_office(reading()), asked=asked_day()[0], a_year=a_year(open_ones), safe_year=a_year(safe),
        unstated=sum(row.a_year is None for row in open_ones), query=_query(),
        next_up=next((row for row in open_ones if row.days_left >= 0), None),
    )  # fmt: skip


@pages.get("/reports/cliff-edge.xlsx", endpoint="cliffs_workbook")
def workbook() -> Response:
    """Send the cliff edge as a workbook."""
    when, until, _ = _asked()
    rows = cliff_edge(reading(), when, until)
    filters = [("Money ends by", long_date(until))]
    return send_list("Cliff edge", COLUMNS, rows, as_at=when.day, filters=filters)


def a_year(rows: list[Cliff]) -> Pence:
    """Add up what a year of some services costs, in pence, leaving out what is not stated."""
    return Pence(sum(row.a_year or 0 for row in rows))


def _asked() -> tuple[AsAt, date, list[str]]:
    asked, problem = asked_day()
    when = as_at(reading(), asked)
    until, wrong = _ends(when.day), ""
    typed = request.args.get("until", "").strip()
    if typed:
        try:
            until = parse_day(typed)
        except Refusal as refusal:
            wrong = f"{refusal.sentence.rstrip('.')}. This is up to {long_date(until)}."
    return when, until, list(filter(None, (problem, wrong)))


def _ends(today: date) -> date:
    return last_day(year_of(today))


def _query() -> dict[str, Any]:
    typed = {name: request.args.get(name, "").strip() for name in ("as_at", "until")}
    return {name: said for name, said in typed.items() if said}
