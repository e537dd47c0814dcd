"""Explaining: why a line or a payment stands alone, with a note and an owner."""

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.money import pounds
from fundtracker.domain.refusals import NothingToDoError
from fundtracker.domain.statuses import Explanation
from fundtracker.services.reconciling import explaining
from fundtracker.services.reconciling.explaining import REASONS
from fundtracker.services.reconciling.rows import Row, entries_named, lines_named
from fundtracker.web.blueprints import reconcile as pages
from fundtracker.web.db import reading
from fundtracker.web.forms import Form, LongTextField, RadioField, TextField
from fundtracker.web.once import Recorded
from fundtracker.web.reconcile.asked import asked_for, post_of, read_asked
from fundtracker.web.signed_in import this_person
from fundtracker.web.steps import record_form

SAYS = {
    Explanation.TIMING: "Timing: it is on the other side in another period",
    Explanation.NOT_OURS: "Not ours: it has nothing to do with a fund",
    Explanation.WRONG_CODE: "Wrong code: it belongs to another budget",
    Explanation.QUERY: "Query: somebody is finding out",
    Explanation.RECORDED_TWICE: "Recorded twice: one of the two is undone next",
    Explanation.NEVER_RECORDED: "Never recorded: the payment is recorded next",
}


class ExplainForm(Form):
    """Why something stands alone."""

    reason = RadioField("Reason", required="Choose a reason", choices={})
    note = LongTextField("Note", required="Say why in a note", longest=2_000)
    owner = TextField("Who sees it put right", required="Say who sees it put right", hint="A post or a person.")


@pages.route("/reconcile/explain", methods=["GET", "POST"])
def explain() -> ResponseReturnValue:
    """Explain the lines and payments of the address, with one reason."""
    session = reading()
    lines, entries = lines_named(session, asked_for("line")), entries_named(session, asked_for("entry"))
    rows: list[Row] = [*lines, *entries]
    form = ExplainForm(owner=post_of(this_person()), reason=request.args.get("reason"))
    allowed = [r for r in Explanation if all(r in REASONS[row.side] for row in rows)]
    form.reason.choices = {reason.value: SAYS[reason] for reason in allowed}

    def record(session: Session) -> Recorded:
        if not rows:
            raise NothingToDoError("Choose a line or a payment first.")
        for row in rows:
            explaining.explain(
                session, side=row.side, number=row.id, reason=Explanation(form.reason.data), note=form.note.data,
                owner=form.owner.data, by=this_person().actor,
            )  # fmt: skip
        back = read_asked(session).address("reconcile.index", anchor="explained")
        return Recorded(back, f"Explained: {form.reason.data}, {pounds(sum(row.amount for row in rows))}.")

    def context() -> dict[str, Any]:
        return {"lines": lines, "entries": entries, "asked": read_asked(reading())}

    return record_form(form, page="reconcile/explain.html", record=record, context=context)
