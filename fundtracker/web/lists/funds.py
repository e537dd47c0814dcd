"""The list of funds with their sums, and its download."""

from flask import Response, render_template

from fundtracker.domain.balances import Balance, total
from fundtracker.domain.statuses import Source
from fundtracker.services.listings import applications, bids
from fundtracker.services.listings.filters import Filters
from fundtracker.services.listings.paging import Part
from fundtracker.services.summaries import FundSummary, Summary, summarise
from fundtracker.web.blueprints import funds as pages
from fundtracker.web.db import reading
from fundtracker.web.lists.asked import asked_day
from fundtracker.web.lists.sending import day, money, send_list, text, whole

NEWEST_ROWS = 10
SOURCES = {
    Source.EXTERNAL: "External money",
    Source.OWN: "The Commissioner’s own money",
    Source.RESERVE: "Reserves",
}
COLUMNS = (
    text("Fund", lambda row: row.fund.reference),
    text("Name", lambda row: row.fund.name, 34),
    text("Funder", lambda row: row.fund.funder, 26),
    text("Whose money", lambda row: SOURCES[row.fund.source], 28),
    text("Status", lambda row: row.fund.status.value.capitalize()),
    day("Spend by", lambda row: row.fund.spend_by),
    money("Allocated", lambda row: row.balance.allocated),
    money("Awarded", lambda row: row.balance.awarded),
    money("Remaining", lambda row: row.balance.remaining),
    money("Paid", lambda row: row.balance.net_paid),
    money("To pay", lambda row: row.balance.to_pay),
    money("To recover", lambda row: row.balance.to_recover),
    whole("Awards", lambda row: row.counts.awards),
    whole("Organisations", lambda row: row.counts.organisations),
    whole("Lines without a value", lambda row: row.counts.without_value, total=True),
)


@pages.get("/funds", endpoint="index")
def index() -> str:
    """List every fund with its sums as at a day, and the bids outside them."""
    session = reading()
    asked, problem = asked_day()
    summary = summarise(session, asked)
    return render_template(
        "funds/index.html",
        summary=summary,
        groups=_groups(summary),
        asked=asked,
        problem=problem,
        bids=bids.list_bids(session, Filters(status=bids.UNDECIDED), Part(order=bids.NEWEST.order, size=NEWEST_ROWS)),
        waiting=applications.waiting_by_fund(session, summary.when),
    )


@pages.get("/funds.xlsx", endpoint="download")
def download() -> Response:
    """Send every fund with its sums as at a day."""
    asked, _ = asked_day()
    summary = summarise(reading(), asked)
    return send_list("Funds", COLUMNS, summary.funds, as_at=summary.when.day, filters=())


def _groups(summary: Summary) -> list[tuple[str, list[FundSummary], Balance]]:
    of = [(words, summary.of(source)) for source, words in SOURCES.items()]
    return [(words, rows, total(row.balance for row in rows)) for words, rows in of if rows]
