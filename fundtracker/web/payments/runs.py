"""Payments due, several of which are marked as paid together: ticked, checked, and recorded all or none."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.years import today
from fundtracker.services import payment_runs
from fundtracker.services.listings.payments_due import OLDEST, DueRow, list_due, rows_of, why_held
from fundtracker.web.blueprints import payments as pages
from fundtracker.web.db import reading
from fundtracker.web.lists.asked import read_address
from fundtracker.web.lists.offers import Offer
from fundtracker.web.once import Recorded
from fundtracker.web.particulars import particulars_of
from fundtracker.web.payments.run_forms import RunForm
from fundtracker.web.seen import check_awards_stand, last_entry
from fundtracker.web.steps import check_then_record

PAGE = "payments/due.html"
OFFER = Offer(
    endpoint="payments.due",
    sorts={
        "awarded_on": "Awarded on",
        "organisation": "Organisation",
        "fund": "Fund",
        "awarded": "Awarded",
        "paid": "Paid",
        "to_pay": "To pay",
    },
    usual=OLDEST,
    searched="Organisation, award or amount",
    amount="To pay",
)


@pages.route("/payments/due", methods=["GET", "POST"])
def due() -> ResponseReturnValue:
    """List what is to pay, and record several payments at once."""
    form = RunForm(on=today())
    step = request.form.get("step", "")

    def record(session: Session) -> Recorded:
        run, particulars = form.run(session), particulars_of(form)
        check_awards_stand(session, [due.line.award for due in run])
        paid = payment_runs.pay_together(session, run=run, particulars=particulars, voucher=form.voucher.data)
        first, last = payment_runs.entries_of(session, paid)
        return Recorded(url_for("payments.run_recorded", first=first, last=last))

    def context() -> dict[str, Any]:
        return _context(reading(), form)

    if step in ("work-out", "tick-all"):
        answers = _context(reading(), form)
        if step == "tick-all":
            form.tick(answers["rows"])
        return render_template(PAGE, form=form, **answers)
    return check_then_record(form, page=PAGE, check_page="payments/check_due.html", record=record, context=context)


def _context(session: Session, form: RunForm) -> dict[str, Any]:
    asked = read_address(OFFER)
    listed = list_due(session, asked.filters, asked.part)
    shown = {row.id for row in listed.rows}
    others: list[DueRow] = []
    if any(line not in shown for line in form.ticked):
        others = [row for row in rows_of(session, form.ticked) if row.id not in shown]
    rows = [*others, *listed.rows]
    form.names = {row.id: row.organisation for row in rows}
    return {
        "asked": asked,
        "listed": listed,
        "seen": last_entry(session),
        "rows": rows,
        "run": [row for row in rows if row.id in form.amounts],
        "why_held": why_held(session) if any(row.held for row in rows) else {},
    }


@pages.get("/payments/run/<int:first>/<int:last>")
def run_recorded(first: int, last: int) -> str:
    """Confirm the payments of a run with their references."""
    made = payment_runs.payments_between(reading(), first, last)
    return render_template("payments/run_recorded.html", made=made, total=sum(entry.amount for _, entry in made))
