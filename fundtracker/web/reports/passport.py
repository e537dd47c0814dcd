"""The provider passport: one page on one organisation, and the way to choose one."""

from typing import Any

from flask import Response, render_template, request
from sqlalchemy.orm import Session

from fundtracker.domain.years import long_date
from fundtracker.services.figures import as_at
from fundtracker.services.listings.filters import Filters
from fundtracker.services.listings.organisations import list_organisations
from fundtracker.services.listings.paging import Order, Part
from fundtracker.services.papers.provider_passport import Passport, provider_passport
from fundtracker.web.blueprints import reports as pages
from fundtracker.web.db import reading
from fundtracker.web.lists.asked import asked_day
from fundtracker.web.reports.sending import send_paper

MOST = 30


@pages.get("/reports/provider-passport", endpoint="passports")
def choose() -> str:
    """List the organisations that were given most, or those of a name, to choose one from."""
    session, typed = reading(), request.args.get("text", "").strip()
    largest = Part(order=Order("awarded", descending=True), size=MOST)
    listed = list_organisations(session, as_at(session), Filters(text=typed), largest)
    return render_template("reports/passports.html", listed=listed, typed=typed)


@pages.get("/organisations/<int:number>/passport", endpoint="passport")
def show(number: int) -> str:
    """Show all about one organisation, to read and to print."""
    passport, asked = _asked(reading(), number)
    paper = passport.paper
    return render_template("reports/passport.html", passport=passport, paper=paper, tables=paper.tables, **asked)


@pages.get("/organisations/<int:number>/passport/workbook", endpoint="passport_workbook")
def workbook(number: int) -> Response:
    """Send all about one organisation as a workbook."""
    return send_paper(_asked(reading(), number)[0].paper)


def _asked(session: Session, number: int) -> tuple[Passport, dict[str, Any]]:
    day, problem = asked_day()
    query = {"as_at": long_date(day)} if day else {}
    passport = provider_passport(session, organisation=number, day=day)
    return passport, {"asked": day, "query": query, "problems": [problem] if problem else []}
