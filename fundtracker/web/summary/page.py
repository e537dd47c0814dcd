"""The summary: as at any day, of any year with lines, by fund or cut another way; its workbook too."""

from dataclasses import dataclass, field
from datetime import date

from flask import Blueprint, Response, render_template, request

from fundtracker.domain.statuses import PaperKind
from fundtracker.domain.years import FinancialYear, long_date, year_label
from fundtracker.services.cuts import By, cut_beside
from fundtracker.services.exceptions.listing import list_exceptions
from fundtracker.services.exceptions.rules import WATCHED_AT_HOME
from fundtracker.services.forecasts import forecasts
from fundtracker.services.papers.summary import flags_of
from fundtracker.services.papers.summary_cuts import TITLES, cut_table
from fundtracker.services.papers.summary_funds import fund_table
from fundtracker.services.pictures.funds import spend_and_time
from fundtracker.services.summaries import summarise
from fundtracker.services.years_beside import years_beside
from fundtracker.sheets.papers.summary import write_summary
from fundtracker.web.db import reading
from fundtracker.web.lists.asked import asked_day
from fundtracker.web.lists.sending import send
from fundtracker.web.pictures.drawn import draw
from fundtracker.web.reports.sending import asked_year, offered_years
from fundtracker.web.signed_in import this_person
from fundtracker.web.summary.shown import figures, shown

pages = Blueprint("summary", __name__)

BY = {by.value: words.removeprefix("By ").capitalize() for by, words in TITLES.items()}


@dataclass
class Asked:
    """What an address asks of the summary, and what of it was not understood."""

    day: date | None = None
    year: FinancialYear | None = None
    by: By | None = None
    problems: list[str] = field(default_factory=list)

    @property
    def in_use(self) -> dict[str, str]:
        """Give it back as an address holds it."""
        year = "" if self.year is None else year_label(self.year)
        said = {"as_at": self.day and long_date(self.day), "year": year, "by": self.by and self.by.value}
        return {name: value for name, value in said.items() if value}


@pages.get("/summary")
def index() -> str:
    """Show a year's figures as at a day, by fund or cut another way, last year beside them."""
    session, asked = reading(), read_address()
    beside = years_beside(session, summarise(session, asked.day), asked.year)
    if asked.by is None:
        found = list_exceptions(session, beside.books.when, WATCHED_AT_HOME)
        expected = None if beside.year is None else forecasts(session, beside.books.when, beside.year)
        table = fund_table(beside, flags_of(found), expected)
    else:
        table = cut_table(beside, asked.by, cut_beside(session, beside, asked.by))
    spend = spend_and_time(beside) if asked.by is None and beside.year is not None and beside.rows else None
    return render_template(
        "summary/index.html", asked=asked, beside=beside, figures=figures(beside), table=table,
        spend=spend, drawing=draw(spend) if spend else None,
        rows=shown(beside, table) if asked.by is None else [], years=offered_years(session), cuts=BY,
        kind=PaperKind.SUMMARY,
        pinned=asked.in_use | ({"year": year_label(beside.year)} if beside.year is not None else {}),
    )  # fmt: skip


@pages.get("/summary.xlsx")
def download() -> Response:
    """Send the same as a workbook, cut every way, with charts."""
    asked = read_address()
    return send(write_summary(reading(), day=asked.day, year=asked.year, made_by=this_person().name))


def read_address() -> Asked:
    """Read what this request asks of the summary; what is not understood is said, and left out."""
    asked = Asked()
    asked.day, wrong = asked_day()
    asked.problems += [wrong] if wrong else []
    asked.year, unread = asked_year()
    asked.problems += [unread] if unread else []
    by = request.args.get("by", "")
    if by in set(By):
        asked.by = By(by)
    elif by:
        asked.problems.append("The summary is not cut by that. It is shown by fund.")
    return asked
