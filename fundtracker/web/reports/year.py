"""Year in numbers: a financial year with the year before beside it, on the page and as a workbook."""

from flask import Response, render_template

from fundtracker.domain.years import last_day, long_date, parse_year
from fundtracker.services.papers.year_in_numbers import year_in_numbers_paper
from fundtracker.web.blueprints import reports as pages
from fundtracker.web.db import reading
from fundtracker.web.lists.asked import asked_day
from fundtracker.web.reports.sending import asked_year, offered_years, send_paper


@pages.get("/reports/year-in-numbers", endpoint="year")
def show() -> str:
    """Show a financial year in numbers, as at a day where one is given."""
    session = reading()
    (year, no_year), (day, no_day) = asked_year(), asked_day()
    paper = year_in_numbers_paper(session, day=day, year=year)
    chosen = parse_year(paper.subject)
    columns = [column.key for column in paper.tables["money"].columns]
    rows = [row for table in paper.tables.values() for row in table.rows]
    return render_template(
        "reports/year.html",
        paper=paper,
        columns=columns,
        given={row.key: dict(zip(columns, row.cells, strict=True)) for row in rows},
        years=offered_years(session, chosen),
        asked=day,
        query={"year": paper.subject} | ({"as_at": long_date(day)} if day else {}),
        over=paper.as_at >= last_day(chosen),
        problems=list(filter(None, (no_year, no_day))),
    )


@pages.get("/reports/year-in-numbers.xlsx", endpoint="year_workbook")
def workbook() -> Response:
    """Send a financial year in numbers as a workbook."""
    (year, _), (day, _) = asked_year(), asked_day()
    return send_paper(year_in_numbers_paper(reading(), day=day, year=year))
