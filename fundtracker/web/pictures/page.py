"""The pictures of a year's money on one page, each as a file, and its data."""

from typing import NamedTuple

from flask import Response, render_template

from fundtracker.domain.refusals import NotFoundRefusal
from fundtracker.domain.years import long_date, year_label
from fundtracker.services.figures import AsAt
from fundtracker.services.office import find_office
from fundtracker.services.pictures.gallery import gallery
from fundtracker.services.pictures.picture import Picture
from fundtracker.services.summaries import summarise
from fundtracker.services.years_beside import YearsBeside, years_beside
from fundtracker.sheets.papers.plain_rows import write_csv
from fundtracker.sheets.papers.workbook import paper_name
from fundtracker.web.blueprints import reports as pages
from fundtracker.web.db import reading
from fundtracker.web.lists.asked import asked_day
from fundtracker.web.lists.sending import send_file
from fundtracker.web.pictures.drawn import draw
from fundtracker.web.reports.sending import asked_year, offered_years, send_paper


class Shown(NamedTuple):
    """What an address asks for: the books as at its day, their pictures, and what was not understood."""

    beside: YearsBeside
    pictures: list[Picture]
    query: dict[str, str]
    problems: list[str]

    @property
    def when(self) -> AsAt:
        """Give the day that is asked for, and the last entry."""
        return self.beside.books.when


@pages.get("/reports/pictures", endpoint="pictures")
def index() -> str:
    """Show every picture, each beside its table."""
    shown = _shown()
    return render_template(
        "pictures/index.html",
        beside=shown.beside,
        when=shown.when,
        shown=[(one, draw(one)) for one in shown.pictures],
        query=shown.query,
        problems=shown.problems,
        years=offered_years(reading(), shown.beside.year),
    )


@pages.get("/reports/pictures/<key>.svg", endpoint="picture")
def picture(key: str) -> Response:
    """Send a picture as a file of its own, which carries its title, its day and its key."""
    shown, one = _one(key)
    year = f"{year_label(shown.beside.year)}, as" if shown.beside.year is not None else "As"
    caption = f"{find_office(reading()).name}. {year} at {long_date(shown.when.day)}"
    said = render_template("pictures/alone.svg", picture=one, drawing=draw(one), caption=caption).strip()
    return send_file(said.encode(), "image/svg+xml", paper_name(one.paper(shown.when), "svg"))


@pages.get("/reports/pictures/<key>.csv", endpoint="picture_csv")
def data(key: str) -> Response:
    """Send a picture's data as plain rows."""
    shown, one = _one(key)
    return send_file(write_csv(one.table), "text/csv; charset=utf-8", paper_name(one.paper(shown.when), "csv"))


@pages.get("/reports/pictures/<key>.xlsx", endpoint="picture_workbook")
def workbook(key: str) -> Response:
    """Send a picture's data as a workbook."""
    shown, one = _one(key)
    return send_paper(one.paper(shown.when))


def _shown() -> Shown:
    session = reading()
    (year, no_year), (day, no_day) = asked_year(), asked_day()
    beside = years_beside(session, summarise(session, day), year)
    query = ({"year": year_label(year)} if year is not None else {}) | ({"as_at": long_date(day)} if day else {})
    return Shown(beside, gallery(session, beside), query, list(filter(None, (no_year, no_day))))


def _one(key: str) -> tuple[Shown, Picture]:
    """Give a picture by its key; raises NotFoundRefusal."""
    shown = _shown()
    for one in shown.pictures:
        if one.key == key:
            return shown, one
    raise NotFoundRefusal(f"There is no picture “{key}” of this year. The page of pictures has all there are.")
