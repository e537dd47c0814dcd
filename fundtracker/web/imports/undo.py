"""Undoing a batch: what it would take back or what stands in the way, then all of it or nothing."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.roles import Power
from fundtracker.domain.statuses import BatchKind
from fundtracker.domain.years import today
from fundtracker.services.bringing.depending import what_depends
from fundtracker.services.bringing.undoing import check_undoable, undo_batch, undo_effect
from fundtracker.services.imports.waiting import find_batch
from fundtracker.web.blueprints import imports as pages
from fundtracker.web.db import reading
from fundtracker.web.forms import DateField, Form, LongTextField
from fundtracker.web.once import Recorded, record_once
from fundtracker.web.particulars import particulars_of
from fundtracker.web.signed_in import this_person


class UndoForm(Form):
    """Why a batch is undone, and when."""

    narrative = LongTextField("Reason", required="Enter the reason: it stands in the ledger beside each entry")
    on = DateField("Date of the reversal", required="Enter the date of the reversal", past=True)


@pages.route("/imports/<int:number>/undo", methods=["GET", "POST"])
def undo(number: int) -> ResponseReturnValue:
    """Show what undoing a batch takes back, or what depends on it, and undo it."""
    session = reading()
    batch = find_batch(session, number)
    if batch.kind is BatchKind.FINANCE and not this_person().may(Power.PAY):
        abort(403)
    check_undoable(batch)
    form = UndoForm(on=today())

    def record(session: Session) -> Recorded:
        undo_batch(session, batch=find_batch(session, number), particulars=particulars_of(form))
        return Recorded(url_for("imports.show", number=number), f"Import {number} is undone.")

    if request.method == "POST":
        with form.showing_refusals():
            if form.validate():
                return record_once(record)
    depends = what_depends(session, batch)
    page = render_template(
        "imports/undo.html", batch=batch, form=form, depends=depends, effect=undo_effect(session, batch)
    )
    return page, form.status if form.problems else 200
