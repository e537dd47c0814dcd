"""Where an exception is put right: the page of what it is about, for those who may open it."""

from flask import url_for

from fundtracker.services.exceptions.found import Found
from fundtracker.web.access import may_open

_PAGES = {
    "fund": "funds.show",
    "award": "awards.show",
    "bid": "bids.show",
    "payment": "payments.show",
    "organisation": "organisations.show",
    "finance line": "reconcile.line",
}
_NUMBERED = ("organisation", "finance line")


def place_of(found: Found) -> str:
    """Give the address of what an exception is about, or nothing where this person may not open it."""
    page = _PAGES[found.kind]
    if not may_open(page):
        return ""
    return url_for(page, number=found.number) if found.kind in _NUMBERED else url_for(page, ref=found.reference)
