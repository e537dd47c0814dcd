"""The fund briefing: one page on one fund for a meeting, and the list of funds to choose one from."""

from typing import Any

from flask import Response, render_template

from fundtracker.domain.years import long_date, year_label
from fundtracker.services.papers.fund_briefing import Briefing, fund_briefing
from fundtracker.services.summaries import summarise
from fundtracker.web.blueprints import reports as pages
from fundtracker.web.choices import SOURCES
from fundtracker.web.db import reading
from fundtracker.web.lists.asked import asked_day
from fundtracker.web.reports.sending import asked_year, send_paper


@pages.get("/reports/fund-briefing", endpoint="briefings")
def choose() -> str:
    """List the funds that can be briefed on."""
    return render_template("reports/briefings.html", groups=summarise(reading()).groups, sources=SOURCES)


@pages.get("/funds/<path:ref>/briefing", endpoint="briefing")
def show(ref: str) -> str:
    """Show the briefing of a fund, to read and to print."""
    briefing, asked = _asked(ref)
    paper = briefing.paper
    return render_template("reports/briefing.html", briefing=briefing, paper=paper, tables=paper.tables, **asked)


@pages.get("/funds/<path:ref>/briefing/workbook", endpoint="briefing_workbook")
def workbook(ref: str) -> Response:
    """Send the briefing of a fund as a workbook."""
    return send_paper(_asked(ref)[0].paper)


def _asked(ref: str) -> tuple[Briefing, dict[str, Any]]:
    (year, no_year), (day, no_day) = asked_year(), asked_day()
    briefing = fund_briefing(reading(), fund=ref, day=day, year=year)
    query = {"year": briefing.figures.this.title} | ({"as_at": long_date(day)} if day else {})
    years = {year_label(one): year_label(one) for one in sorted({line.year for line in briefing.fund.lines})}
    return briefing, {
        "asked": day, "query": query, "years": years, "problems": list(filter(None, (no_year, no_day))),
    }  # fmt: skip
