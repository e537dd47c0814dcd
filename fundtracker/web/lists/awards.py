"""The list of awards, and its download."""

from flask import Response, render_template

from fundtracker.domain.statuses import AwardStatus
from fundtracker.services.listings.awards import NEWEST, OFFERED, AwardRow, list_awards
from fundtracker.web.blueprints import awards as pages
from fundtracker.web.choices import AWARD_TYPES
from fundtracker.web.db import reading
from fundtracker.web.lists.asked import read_address
from fundtracker.web.lists.offers import OWED, Choice, Offer
from fundtracker.web.lists.sending import BENEFITS, FUND, day, money, send_list, text

STATUSES = {status.value: status.value.capitalize() for status in AwardStatus}
_ASKED = {**STATUSES, OFFERED: "Agreement offered, not accepted"}
OFFER = Offer(
    endpoint="awards.index",
    sorts={
        "organisation": "Organisation",
        "reference": "Reference",
        "fund": "Fund",
        "decided": "Date decided",
        "status": "Status",
        "asked_for": "Asked for",
        "awarded": "Awarded",
        "paid": "Paid",
        "to_pay": "To pay",
    },
    usual=NEWEST,
    own=(
        Choice("status", "Status", "Any status", _ASKED),
        Choice("owed", "Money", "Any", OWED),
        Choice("type", "Type of award", "All types", AWARD_TYPES, more=True),
    ),
    decided="Decided in",
    kind="Kind of organisation",
    area="Area",
    amount="Awarded",
    dated=True,
)


def _illustrative(row: AwardRow) -> str:
    parts = [
        f"date {row.date_doubt}" if row.date_doubt else "",
        f"amount {row.amount_doubt}" if row.amount_doubt else "",
    ]
    return ", ".join(filter(None, parts))


COLUMNS = (
    text("Award", lambda row: row.reference),
    text("Organisation", lambda row: row.organisation, 34),
    BENEFITS,
    text("Purpose", lambda row: row.purpose, 40),
    *FUND,
    text("Type", lambda row: AWARD_TYPES[row.type.value]),
    text("Status", lambda row: STATUSES[row.status.value]),
    day("Decided", lambda row: row.decided),
    text("Decision", lambda row: row.decision),
    text("Application", lambda row: row.application),
    money("Asked for", lambda row: row.asked_for),
    money("Awarded", lambda row: row.awarded),
    money("Paid", lambda row: row.paid),
    money("To pay", lambda row: row.to_pay),
    money("To recover", lambda row: row.to_recover),
    money("Waiting for funding", lambda row: row.proposed),
    money("Estimated value of a gift", lambda row: row.estimated_value, total=False),
    text("Not sure", _illustrative),
)


@pages.get("/awards", endpoint="index")
def index() -> str:
    """List the awards."""
    asked = read_address(OFFER)
    return render_template(
        "lists/awards.html",
        asked=asked,
        listed=list_awards(reading(), asked.when, asked.filters, asked.part),
        types=AWARD_TYPES,
    )


@pages.get("/awards.xlsx", endpoint="download")
def download() -> Response:
    """Send the awards as they are filtered, all pages of them."""
    asked = read_address(OFFER)
    rows = list_awards(reading(), asked.when, asked.filters, asked.all_rows).rows
    return send_list("Awards", COLUMNS, rows, as_at=asked.when.day, filters=asked.words)
