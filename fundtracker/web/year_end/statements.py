"""Year-end grant statements: every external fund of a year, and one fund's, on the page and as a workbook."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response, render_template, request
from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.certificates import fill_certificate
from fundtracker.domain.money import pounds
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.statuses import SpendType
from fundtracker.domain.years import FinancialYear, last_day, long_date, parse_year, today, year_label, year_of
from fundtracker.services.assertions import accrued_at
from fundtracker.services.figures import as_at
from fundtracker.services.funds import find_fund
from fundtracker.services.history.heads import printed_head
from fundtracker.services.next_year import follower
from fundtracker.services.office import find_office
from fundtracker.services.statements import Statement, funds_of_year, grant_statement
from fundtracker.sheets.year_end import write_statement
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.web.blueprints import year_end as pages
from fundtracker.web.db import reading
from fundtracker.web.lists.asked import asked_day
from fundtracker.web.lists.sending import send
from fundtracker.web.signed_in import this_person


@dataclass(frozen=True)
class Asked:
    """The year and the day that an address asks for, and what was not understood of them."""

    year: FinancialYear
    day: date | None
    problems: list[str]

    @property
    def query(self) -> dict[str, str]:
        """Give them as an address holds them."""
        return {"year": year_label(self.year)} | ({"as_at": long_date(self.day)} if self.day else {})


@pages.get("/year-end")
def index() -> str:
    """List the external funds of a financial year with what their statements say."""
    session = reading()
    years = sorted(set(session.scalars(select(BudgetLine.year))), reverse=True)
    asked = _asked(year_of(today()) - 1 if year_of(today()) - 1 in years or not years else years[0])
    when = as_at(session, asked.day or min(last_day(asked.year), today()))
    funds = funds_of_year(session, asked.year)
    found = [grant_statement(session, fund=fund, year=asked.year, when=when) for fund in funds]
    return render_template("year_end/index.html", asked=asked, years=years, when=when, statements=found)


@pages.get("/funds/<path:ref>/statement")
def statement(ref: str) -> str:
    """Show the year-end grant statement of a fund, to read and to print."""
    session = reading()
    asked, found = _statement(session, find_fund(session, ref))
    return render_template(
        "year_end/statement.html",
        asked=asked,
        statement=found,
        stands=found.position,
        types=list(SpendType),
        certificate=_certificate(session, found),
        ledger_accrued=accrued_at(session, found.ledger) if found.ledger else None,
        follower=follower(session, found.fund),
    )


@pages.get("/funds/<path:ref>/statement/workbook")
def workbook(ref: str) -> Response:
    """Send the year-end grant statement of a fund as a workbook."""
    session = reading()
    _, found = _statement(session, find_fund(session, ref))
    office = find_office(session).name
    made = write_statement(
        found, certificate=_certificate(session, found), office=office, made_by=this_person().name,
        head=printed_head(session),
    )  # fmt: skip
    session.rollback()  # nothing is read while it is sent
    return send(made)


def asked_of(fund: Fund) -> Asked:
    """Give the year and the day that an address asks for of a fund: the last of its years that is over, unless told."""
    years = [line.year for line in fund.lines]
    over = [year for year in years if year < year_of(today())]
    return _asked(max(over or years))


def _statement(session: Session, fund: Fund) -> tuple[Asked, Statement]:
    asked = asked_of(fund)
    when = as_at(session, asked.day) if asked.day else None
    return asked, grant_statement(session, fund=fund, year=asked.year, when=when)


def _asked(usual: int) -> Asked:
    typed, problems, year = request.args.get("year", "").strip(), [], FinancialYear(usual)
    try:
        year = parse_year(typed) if typed else year
    except Refusal as refusal:
        problems.append(f"{refusal.sentence.rstrip('.')}. This is {year_label(usual)}.")
    day, problem = asked_day()
    return Asked(year, day, [*problems, *([problem] if problem else [])])


def _certificate(session: Session, found: Statement) -> str:
    fund, office = found.fund, find_office(session)
    facts: dict[str, Any] = {
        "fund": fund.name,
        "reference": fund.reference,
        "funder": fund.funder,
        "year": year_label(found.year),
        "amount": pounds(found.position.spending.expenditure),
        "as_at": long_date(found.when.day),
        "office": office.name,
    }
    return fill_certificate(office.certificate or "", facts)
