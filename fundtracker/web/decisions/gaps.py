"""Money moved without a decision record: listed until it is explained."""

from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.services.decisions.gaps import explain, list_explained, list_undecided
from fundtracker.services.decisions.records import find_decision
from fundtracker.services.reversals import find_entry
from fundtracker.web.blueprints import decisions as pages
from fundtracker.web.db import reading
from fundtracker.web.forms import Form, LongTextField, TextField
from fundtracker.web.once import Recorded
from fundtracker.web.signed_in import this_person
from fundtracker.web.steps import record_form


class GapForm(Form):
    """Which record covers an entry, or why there is none."""

    record = TextField("Decision record that covers it", hint="Its reference. Leave it empty where there is none.")
    why = LongTextField("Why there is none", hint="Needed where no record covers it.", longest=1_000)


@pages.get("/decisions/missing")
def missing() -> str:
    """List the entries that moved money without a signed decision record, and those that were explained."""
    count, entries = list_undecided(reading())
    return render_template("decisions/missing.html", count=count, entries=entries, explained=list_explained(reading()))


@pages.route("/entries/<int:number>/decision", methods=["GET", "POST"])
def explained(number: int) -> ResponseReturnValue:
    """Say which record covers an entry, or why there is none."""
    form = GapForm()

    def record(session: Session) -> Recorded:
        entry = find_entry(session, number)
        named = find_decision(session, form.record.data) if form.record.data else None
        explain(session, entry=entry, by=this_person().actor, why=form.why.data, record=named)
        return Recorded(url_for("decisions.missing"), f"Entry #{entry.number} is explained.")

    def context() -> dict[str, Any]:
        return {"entry": find_entry(reading(), number)}

    return record_form(form, page="decisions/explain.html", record=record, context=context)
