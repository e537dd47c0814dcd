"""The list of bids, and its download."""

from flask import Response, render_template

from fundtracker.domain.statuses import BidStatus
from fundtracker.services.listings.bids import NEWEST, UNDECIDED, list_bids
from fundtracker.web.blueprints import bids as pages
from fundtracker.web.db import reading
from fundtracker.web.lists.asked import read_address
from fundtracker.web.lists.offers import Choice, Offer
from fundtracker.web.lists.sending import day, money, send_list, text

STATUSES = {UNDECIDED: "Not decided yet", **{status.value: status.value.capitalize() for status in BidStatus}}
OFFER = Offer(
    endpoint="bids.index",
    sorts={
        "title": "Bid",
        "reference": "Reference",
        "funder": "Funder",
        "status": "Stage",
        "submitted": "Date sent",
        "sought": "Asked for",
        "national_pot": "National pot",
    },
    usual=NEWEST,
    own=(Choice("status", "Stage", "Any stage", STATUSES),),
    searched="Bid, funder or amount",
    year="Sent in",
    fund="Fund it opened",
    amount="Asked for",
)
COLUMNS = (
    text("Bid", lambda row: row.reference),
    text("Title", lambda row: row.title, 40),
    text("Funder", lambda row: row.funder, 26),
    text("Stage", lambda row: STATUSES[row.status.value], 16),
    day("Sent", lambda row: row.submitted),
    text("Date not sure", lambda row: row.date_doubt.value),
    text("Outcome expected", lambda row: row.outcome_expected, 22),
    day("Decided", lambda row: row.decided),
    money("Asked for", lambda row: row.sought),
    money("National pot", lambda row: row.national_pot, total=False),
    text("Partners", lambda row: row.partners, 26),
    text("Fund", lambda row: row.fund_reference),
    text("Notes", lambda row: row.notes, 40),
    text("Source", lambda row: row.source_note, 30),
)


@pages.get("/bids", endpoint="index")
def index() -> str:
    """List the bids."""
    asked = read_address(OFFER)
    listed = list_bids(reading(), asked.filters, asked.part)
    return render_template("lists/bids.html", asked=asked, listed=listed, statuses=STATUSES)


@pages.get("/bids.xlsx", endpoint="download")
def download() -> Response:
    """Send the bids as they are filtered, all pages of them."""
    asked = read_address(OFFER)
    rows = list_bids(reading(), asked.filters, asked.all_rows).rows
    return send_list("Bids", COLUMNS, rows, as_at=asked.when.day, filters=asked.words)
