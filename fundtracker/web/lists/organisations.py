"""The list of organisations, and its download."""

from flask import Response, render_template

from fundtracker.services.listings.organisations import BY_NAME, list_organisations
from fundtracker.web.blueprints import organisations as pages
from fundtracker.web.db import reading
from fundtracker.web.lists.asked import read_address
from fundtracker.web.lists.offers import OWED, Choice, Offer
from fundtracker.web.lists.sending import money, send_list, text, whole

OFFER = Offer(
    endpoint="organisations.index",
    sorts={
        "organisation": "Organisation",
        "type": "Kind of organisation",
        "area": "Area",
        "applications": "Applications",
        "awards": "Awards",
        "asked_for": "Asked for",
        "awarded": "Awarded",
        "paid": "Paid",
        "to_pay": "To pay",
    },
    usual=BY_NAME,
    own=(Choice("owed", "Money", "Any", OWED),),
    searched="Name or number",
    kind="Kind of organisation",
    area="Area",
    amount="Awarded",
    dated=True,
)
COLUMNS = (
    text("Organisation", lambda row: row.organisation, 34),
    text("Kind of organisation", lambda row: row.type, 24),
    text("Area", lambda row: row.area, 20),
    text("Stands for several", lambda row: "yes" if row.several else ""),
    whole("Applications", lambda row: row.applications, total=True),
    whole("Awards", lambda row: row.awards, total=True),
    money("Asked for", lambda row: row.asked_for),
    money("Awarded", lambda row: row.awarded),
    money("Paid", lambda row: row.paid),
    money("To pay", lambda row: row.to_pay),
    money("To recover", lambda row: row.to_recover),
)


@pages.get("/organisations", endpoint="index")
def index() -> str:
    """List the organisations."""
    asked = read_address(OFFER)
    listed = list_organisations(reading(), asked.when, asked.filters, asked.part)
    return render_template("lists/organisations.html", asked=asked, listed=listed)


@pages.get("/organisations.xlsx", endpoint="download")
def download() -> Response:
    """Send the organisations as they are filtered, all pages of them."""
    asked = read_address(OFFER)
    rows = list_organisations(reading(), asked.when, asked.filters, asked.all_rows).rows
    return send_list("Organisations", COLUMNS, rows, as_at=asked.when.day, filters=asked.words)
