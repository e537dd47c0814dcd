"""The ledger as a workbook: what to put in it, and the download."""

from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fundtracker.domain.refusals import Refusal
from fundtracker.domain.years import parse_year, year_label
from fundtracker.services.listings.choices import choices
from fundtracker.sheets.ledger import write_ledger
from fundtracker.web.blueprints import ledger as pages
from fundtracker.web.db import db, reading
from fundtracker.web.lists.offers import past_day
from fundtracker.web.lists.sending import send
from fundtracker.web.signed_in import this_person


@pages.get("/ledger", endpoint="index")
def index() -> str:
    """Ask which funds, which year and which day the workbook is of."""
    known = choices(reading())
    _, problem = _choices()
    return render_template(
        "funds/ledger.html",
        funds=known.funds,
        years=[year_label(year) for year in known.years],
        problem=problem,
    )


@pages.get("/ledger.xlsx", endpoint="download")
def download() -> ResponseReturnValue:
    """Send the ledger, or go back to the choices where one of them is not understood."""
    choices, problem = _choices()
    reading().rollback()  # nothing is read on this session while it is sent
    if problem:
        return redirect(f"{url_for('ledger.index')}?{request.query_string.decode()}", 303)
    return send(write_ledger(db.engine, made_by=this_person().name, **choices))


def _choices() -> tuple[dict[str, Any], str]:
    """Read funds, year and day from the address, and say what is not understood."""
    choices: dict[str, Any] = {"funds": [ref for ref in request.args.getlist("fund") if ref]}
    readers: dict[str, Callable[[str], Any]] = {"year": parse_year, "as_at": past_day}
    for name, read in readers.items():
        typed = request.args.get(name, "").strip()
        if typed:
            try:
                choices[name] = read(typed)
            except Refusal as refusal:
                return choices, refusal.sentence
    return choices, ""
