"""The search on every page: an exact reference goes straight there, a question is answered, names are found."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fundtracker.domain.refusals import Refusal
from fundtracker.services.questions.answering import answer
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
    """Go to what an exact reference names, answer a question, and show everything that the search finds."""
    try:
        text = read_search(request.args.get("q", ""))
    except Refusal as refusal:
        return _page(problem=refusal.sentence)
    session = reading()
    named = find_reference(session, text) if text else None
    if named and (address := _address(named)):
        return redirect(address)
    said = answer(session, text) if text else None
    sought = text if said is None else said.about
    groups = find(session, sought) if sought else []
    nearest = nearest_names(session, sought) if sought and not groups else []
    instead = find(session, nearest[0]) if nearest else []
    return _page(text=text, sought=sought, said=said, groups=groups or instead, nearest=nearest)


def _page(*, text: str = "", **shown: Any) -> str:
    nothing: dict[str, Any] = {"problem": "", "sought": text, "said": None, "groups": [], "nearest": []}
    return render_template("search/index.html", **{**nothing, "text": text, **shown})


def _address(named: Named) -> str:
    if named.what == "entry":
        return url_for("entries.show", number=int(named.reference))
    page = _PAGES[named.what]
    return url_for(page, ref=named.reference) if may_open(page) else ""
