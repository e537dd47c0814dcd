"""What the layout of every page needs: the office's name, the links of this person, and addresses of assets."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from flask import Flask, current_app, request, url_for
from sqlalchemy.exc import SQLAlchemyError

from fundtracker.services.office import DEFAULT_NAME, find_office
from fundtracker.web.access import may_open
from fundtracker.web.db import reading
from fundtracker.web.request_ids import request_id
from fundtracker.web.signed_in import ask_nobody, signed_in

NAVIGATION = (
    ("Funds", "funds.index"),
    ("Applications", "applications.index"),
    ("Awards", "awards.index"),
    ("Payments", "payments.index"),
    ("Approvals", "approvals.index"),
    ("Organisations", "organisations.index"),
    ("Bids", "bids.index"),
    ("Reports", "reports.index"),
    ("Reconcile", "reconcile.index"),
    ("Imports", "imports.index"),
    ("Papers", "reports.papers"),
    ("People", "people.index"),
    ("Settings", "settings.edit"),
)

_KEPT = "fundtracker.frame"


class Link(NamedTuple):
    """One link of the navigation, and whether the page in hand belongs to it."""

    text: str
    href: str
    current: bool


def set_up_layout(app: Flask) -> None:
    """Give templates what the layout and the macros use."""
    app.context_processor(_frame)
    app.add_template_global(asset)
    app.add_template_global(may_open)
    app.add_template_global(request_id)


def navigation() -> list[Link]:
    """List the pages that exist and that this person may open."""
    if signed_in() is None:
        return []
    shown = [(text, page) for text, page in NAVIGATION if page in current_app.view_functions and may_open(page)]
    if may_open("reports.index"):  # whose first page leads to the papers
        shown.remove(("Papers", "reports.papers"))
    return [Link(text, url_for(page), request.blueprint == page.split(".")[0]) for text, page in shown]


def asset(name: str) -> str:
    """Give the address of a static file, which changes when the file does, so that browsers may keep it."""
    folder = current_app.static_folder or ""
    return url_for("static", filename=name, v=_fingerprint(Path(folder) / name))


@cache
def _fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:8]


def _frame() -> dict[str, Any]:
    # Each field of a form is a template of its own: what they all are given is read once a request.
    frame: dict[str, Any] | None = request.environ.get(_KEPT)
    if frame is None:
        frame = request.environ[_KEPT] = _read_frame()
    return frame


def _read_frame() -> dict[str, Any]:
    try:
        return {"office_name": find_office(reading()).name, "person": signed_in(), "navigation": navigation()}
    except SQLAlchemyError:  # the page that says so must not fail on it
        reading().rollback()
        ask_nobody()
        return {"office_name": DEFAULT_NAME, "person": None, "navigation": []}
