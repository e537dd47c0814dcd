"""Both sides: what the office is owed and what it owes, over all funds, and on one."""

from flask import Response, render_template

from fundtracker.services.expected import expectations
from fundtracker.services.figures import as_at
from fundtracker.services.funds import find_fund
from fundtracker.services.owing import FundSides, both_sides, summed
from fundtracker.web.blueprints import cash as pages
from fundtracker.web.db import reading
from fundtracker.web.funds.sums import CASH, figures_of
from fundtracker.web.lists.sending import money, send_list, text

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
    """Show what the office is owed and what it owes today, fund by fund, with the totals."""
    session = reading()
    when = as_at(session)
    rows = both_sides(session, when)
    return render_template("cash/index.html", when=when, rows=rows, sums=summed(row.sums for row in rows))


@pages.get("/cash.xlsx")
def download() -> Response:
    """Send both sides of every fund as they stand today."""
    session = reading()
    when = as_at(session)
    rows: list[FundSides] = both_sides(session, when)
    return send_list("What we are owed and owe", COLUMNS, rows, as_at=when.day, filters=[])


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
