"""The list of funds with their sums, and its download."""

from flask import Response, render_template

from fundtracker.domain.balances import Balance
from fundtracker.domain.statuses import FundStatus, Source
from fundtracker.services.listings.filters import TO_PAY, TO_RECOVER
from fundtracker.services.listings.funds import BY_SOURCE, LEFT, OVER, FundTotals, list_funds
from fundtracker.services.listings.paging import Listed
from fundtracker.services.queues import waiting_by_fund
from fundtracker.services.summaries import FundSummary, bids_awaiting
from fundtracker.web.blueprints import funds as pages
from fundtracker.web.choices import SOURCES
from fundtracker.web.db import reading
from fundtracker.web.lists.asked import Asked, read_address
from fundtracker.web.lists.offers import Choice, Offer
from fundtracker.web.lists.sending import day, money, send_list, text, whole

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


OFFER = Offer(
    endpoint="funds.index",
    sorts={
        "source": "Whose money",
        "fund": "Fund",
        "spend_by": "Spend by",
        "allocated": "Allocated",
        "awarded": "Awarded",
        "remaining": "Left to award",
        "paid": "Paid",
        "to_pay": "To pay",
    },
    usual=BY_SOURCE,
    own=(
        Choice("source", "Whose money", "All", SOURCES),
        Choice("status", "Status", "Any status", {status.value: status.value.capitalize() for status in FundStatus}),
        Choice("owed", "Money", "Any", {LEFT: "Left to award", OVER: "Over-allocated", TO_PAY: "To pay",
                                        TO_RECOVER: "To recover"}),
    ),
    searched="Fund, funder or amount",
    fund="",
    dated=True,
)  # fmt: skip


@pages.get("/funds", endpoint="index")
def index() -> str:
    """List the funds with their sums as at a day, and what bids ask for, outside them."""
    session, asked = reading(), read_address(OFFER)
    listed = list_funds(session, asked.when, asked.filters, asked.part)
    return render_template(
        "funds/index.html",
        asked=asked,
        listed=listed,
        groups=_groups(listed, asked),
        bids=bids_awaiting(session),
        waiting=waiting_by_fund(session, asked.when),
    )


@pages.get("/funds.xlsx", endpoint="download")
def download() -> Response:
    """Send the funds as they are filtered, with their sums as at a day."""
    asked = read_address(OFFER)
    rows = list_funds(reading(), asked.when, asked.filters, asked.all_rows).rows
    return send_list("Funds", COLUMNS, rows, as_at=asked.when.day, filters=asked.words)


def _groups(listed: Listed[FundSummary, FundTotals], asked: Asked) -> list[tuple[str, list[FundSummary], Balance]]:
    """Group the rows by whose money they are, each with the sums of all of its funds; in any other order, not."""
    if asked.part.order != OFFER.usual.order:
        return [("", listed.rows, listed.totals.balance)]
    of = [(source, [row for row in listed.rows if row.fund.source is source]) for source in Source]
    return [(SOURCES[source], rows, listed.totals.by_source[source]) for source, rows in of if rows]
