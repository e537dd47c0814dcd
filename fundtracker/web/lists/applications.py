"""The list of applications, and its download."""

from flask import Response, render_template

from fundtracker.domain.statuses import ApplicationStatus
from fundtracker.services.listings.applications import NEWEST, list_applications
from fundtracker.web.blueprints import applications as pages
from fundtracker.web.db import reading
from fundtracker.web.lists.asked import read_address
from fundtracker.web.lists.offers import Choice, Offer
from fundtracker.web.lists.sending import BENEFITS, FUND, day, money, send_list, text

STATUSES = {status.value: status.value.capitalize() for status in ApplicationStatus}
OFFER = Offer(
    endpoint="applications.index",
    sorts={
        "organisation": "Organisation",
        "reference": "Reference",
        "fund": "Fund",
        "received": "Date received",
        "status": "Status",
        "asked_for": "Asked for",
        "awarded": "Awarded",
        "paid": "Paid",
    },
    usual=NEWEST,
    own=(Choice("status", "Status", "Any status", STATUSES),),
    year="Received in",
    kind="Kind of organisation",
    area="Area",
    amount="Asked for",
    days="Received",
)
COLUMNS = (
    text("Application", lambda row: row.reference),
    text("Organisation", lambda row: row.organisation, 34),
    BENEFITS,
    text("Purpose", lambda row: row.purpose, 40),
    *FUND,
    day("Received", lambda row: row.received),
    text("Status", lambda row: STATUSES[row.status.value], 18),
    day("Decided", lambda row: row.decided),
    text("Decision", lambda row: row.decision),
    money("Asked for", lambda row: row.asked_for),
    money("Awarded", lambda row: row.awarded),
    money("Paid", lambda row: row.paid),
)


@pages.get("/applications", endpoint="index")
def index() -> str:
    """List the applications."""
    asked = read_address(OFFER)
    listed = list_applications(reading(), asked.when, asked.filters, asked.part)
    return render_template("lists/applications.html", asked=asked, listed=listed)


@pages.get("/applications.xlsx", endpoint="download")
def download() -> Response:
    """Send the applications as they are filtered, all pages of them."""
    asked = read_address(OFFER)
    rows = list_applications(reading(), asked.when, asked.filters, asked.all_rows).rows
    return send_list("Applications", COLUMNS, rows, as_at=asked.when.day, filters=asked.words)
