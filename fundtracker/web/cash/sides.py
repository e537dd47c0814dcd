"""Both sides: what the office is owed and what it owes, over all funds, and on one."""

from flask import Response, render_template

from fundtracker.domain.years import today
from fundtracker.services.expected import expectations
from fundtracker.services.figures import AsAt, as_at
from fundtracker.services.funds import find_fund
from fundtracker.services.owing import FundSides, both_sides, summed
from fundtracker.web.blueprints import cash as pages
from fundtracker.web.db import reading
from fundtracker.web.funds.sums import CASH, figures_of
from fundtracker.web.lists.asked import asked_day
from fundtracker.web.lists.sending import money, send_list, text

_TODAY = frozenset({"To pay: due", "To pay: held", "To pay: later"})
COLUMNS = (
    text("Fund", lambda row: row.fund.reference),
    text("Name", lambda row: row.fund.name, 34),
    text("Funder", lambda row: row.fund.funder, 26),
    money("Expected from the funder", lambda row: row.sums.expected),
    money("of it overdue", lambda row: row.sums.overdue),
    money("To recover from recipients", lambda row: row.sums.to_recover),
    money("Owed to us", lambda row: row.sums.owed_to_us),
    money("To pay: due", lambda row: row.sums.due),
    money("To pay: held", lambda row: row.sums.held),
    money("To pay: later", lambda row: row.sums.later),
    money("To pay", lambda row: row.sums.to_pay),
    money("To return to the funder", lambda row: row.sums.to_return),
    money("Owed by us", lambda row: row.sums.owed_by_us),
    money("Received", lambda row: row.sums.received),
    money("Returned", lambda row: row.sums.returned),
    money("Paid of external money", lambda row: row.sums.net_paid),
    money("In hand", lambda row: row.sums.cash_position),
)


@pages.get("/cash")
def index() -> str:
    """Show what the office is owed and what it owes today, or at the end of an earlier day, fund by fund."""
    when, problem, by_day = _asked()
    rows = both_sides(reading(), when, by_day=by_day)
    sums = summed(row.sums for row in rows)
    problems = [problem] if problem else []
    return render_template("cash/index.html", when=when, rows=rows, sums=sums, by_day=by_day, problems=problems)


@pages.get("/cash.xlsx")
def download() -> Response:
    """Send both sides of every fund as they stand today, or stood at the end of an earlier day."""
    when, _, by_day = _asked()
    rows: list[FundSides] = both_sides(reading(), when, by_day=by_day)
    columns = [column for column in COLUMNS if by_day or column[0].title not in _TODAY]
    return send_list("What we are owed and owe", columns, rows, as_at=when.day, filters=[])


def _asked() -> tuple[AsAt, str, bool]:
    """Give the day that is asked for, what was not understood of it, and whether it is today."""
    day, problem = asked_day()
    when = as_at(reading(), day)
    return when, problem, when.day == today()


@pages.get("/funds/<path:ref>/cash")
def fund(ref: str) -> str:
    """Show both sides of one fund, with everything that its funder is expected to send."""
    session = reading()
    own = find_fund(session, ref)
    when = as_at(session)
    (row,) = both_sides(session, when, own)
    return render_template(
        "cash/fund.html",
        fund=own,
        when=when,
        sums=row.sums,
        expected=expectations(session, when, own),
        balance=figures_of(session, own).fund,
        measures=CASH,
    )
