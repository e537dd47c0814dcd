"""The search that is on every page: an exact reference goes straight there, anything else is found in every list."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fundtracker.domain.refusals import Refusal
from fundtracker.services.search import Named, find_reference, nearest_names
from fundtracker.web.access import may_open
from fundtracker.web.db import reading
from fundtracker.web.lists.offers import read_search
from fundtracker.web.search.found import find

pages = Blueprint("search", __name__)

_PAGES = {
    "fund": "funds.show",
    "application": "applications.show",
    "award": "awards.show",
    "payment": "payments.show",
    "bid": "bids.show",
}


@pages.get("/search")
def index() -> ResponseReturnValue:
    """Go to what an exact reference names, or show everything that the search finds."""
    try:
        text = read_search(request.args.get("q", ""))
    except Refusal as refusal:
        return render_template("search/index.html", text="", problem=refusal.sentence, groups=[], nearest=[])
    session = reading()
    named = find_reference(session, text) if text else None
    if named and (address := _address(named)):
        return redirect(address)
    groups = find(session, text) if text else []
    nearest = nearest_names(session, text) if text and not groups else []
    instead = find(session, nearest[0]) if nearest else []
    return render_template("search/index.html", text=text, problem="", groups=groups or instead, nearest=nearest)


def _address(named: Named) -> str:
    if named.what == "entry":
        return url_for("entries.show", number=int(named.reference))
    page = _PAGES[named.what]
    return url_for(page, ref=named.reference) if may_open(page) else ""
