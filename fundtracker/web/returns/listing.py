"""The list of monitoring returns across funds, and its download."""

from flask import Response, render_template

from fundtracker.domain.terms import ReturnStatus
from fundtracker.services.listings import returns
from fundtracker.services.listings.returns import FIRST, list_returns
from fundtracker.web.blueprints import returns as pages
from fundtracker.web.db import reading
from fundtracker.web.lists.asked import read_address
from fundtracker.web.lists.offers import Choice, Offer
from fundtracker.web.lists.sending import FUND, day, send_list, text, whole

STATES = {
    returns.OVERDUE: "Overdue",
    returns.WAITING: "To look at",
    ReturnStatus.SCHEDULED.value: "To come",
    ReturnStatus.RECEIVED.value: "Received",
    ReturnStatus.QUERIED.value: "Queried",
    ReturnStatus.ACCEPTED.value: "Accepted",
    ReturnStatus.WAIVED.value: "Waived",
}
OFFER = Offer(
    endpoint="returns.index",
    sorts={
        "place": "Overdue first",
        "due_on": "Due",
        "recipient": "Organisation",
        "award": "Award",
        "fund": "Fund",
        "received_on": "Received",
    },
    usual=FIRST,
    own=(Choice("status", "State", "Any state", STATES),),
    searched="Organisation, award or return",
    year="",
    kind="Kind of organisation",
    area="Area",
    days="Due",
)
COLUMNS = (
    text("Organisation", lambda row: row.recipient, 34),
    text("Award", lambda row: row.award),
    text("Return", lambda row: row.about, 26),
    *FUND,
    day("Due", lambda row: row.due_on),
    text("State", lambda row: STATES[row.state], 14),
    whole("Days late", lambda row: row.late or None),
    day("Received", lambda row: row.received_on),
    text("Payments wait for it", lambda row: "Yes" if row.accepted_first else "", 12),
    day("Last step", lambda row: row.settled_on),
    text("By", lambda row: row.settled_by, 20),
    text("What was said", lambda row: row.note, 40),
)


@pages.get("/returns")
def index() -> str:
    """List what recipients are to return, the overdue first."""
    asked = read_address(OFFER)
    listed = list_returns(reading(), asked.filters, asked.part)
    return render_template("returns/index.html", asked=asked, listed=listed, states=STATES)


@pages.get("/returns.xlsx")
def download() -> Response:
    """Send the returns as they are filtered, all pages of them."""
    asked = read_address(OFFER)
    rows = list_returns(reading(), asked.filters, asked.all_rows).rows
    return send_list("Monitoring returns", COLUMNS, rows, as_at=asked.when.day, filters=asked.words)
