"""Payments due: which fall due, what holds them, and those already made recorded together, all or none."""

from typing import Any

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.years import today
from fundtracker.services import payment_runs
from fundtracker.services.approvals.paying import propose_payments
from fundtracker.services.approvals.proposals import Proposal
from fundtracker.services.dues import owed_by
from fundtracker.services.listings import payments_due
from fundtracker.services.listings.payments_due import OLDEST, DueRow, list_due, rows_of, why_held
from fundtracker.services.queues import count_unsettled
from fundtracker.web.approvals.asking import check_then_ask
from fundtracker.web.approvals.told import told_by
from fundtracker.web.blueprints import payments as pages
from fundtracker.web.db import reading
from fundtracker.web.lists.asked import read_address
from fundtracker.web.lists.offers import Choice, Offer
from fundtracker.web.lists.sending import BENEFITS, FUND, day, money, send_list, text
from fundtracker.web.particulars import particulars_of
from fundtracker.web.payments.run_forms import MadeForm, TickedForm
from fundtracker.web.seen import check_awards_stand

PAGE = "payments/due.html"
STATES = {
    payments_due.READY: "Ready to pay",
    payments_due.LATE: "Late",
    payments_due.HELD: "Held",
    payments_due.UNDER_WAY: "In a payment run",
}
OFFER = Offer(
    endpoint="payments.due",
    sorts={
        "due_on": "Due on",
        "organisation": "Organisation",
        "fund": "Fund",
        "awarded": "Instalment",
        "paid": "Paid",
        "to_pay": "To pay",
    },
    usual=OLDEST,
    own=(Choice("status", "State", "All", STATES),),
    searched="Organisation, award or amount",
    amount="To pay",
    days="Due",
)
COLUMNS = (
    day("Due on", lambda row: row.due_on),
    text("Organisation", lambda row: row.organisation, 34),
    BENEFITS,
    text("Award", lambda row: row.award),
    *FUND,
    text("Budget line", lambda row: row.line_label, 20),
    text("Held", lambda row: row.held, 34),
    text("PO number", lambda row: row.po_number),
    money("Instalment", lambda row: row.awarded),
    money("Paid", lambda row: row.paid),
    money("To pay", lambda row: row.to_pay),
    money("In a run", lambda row: row.in_run),
)


@pages.route("/payments/due", methods=["GET", "POST"])
def due() -> ResponseReturnValue:
    """List what is to pay, and record several payments that were made already."""
    form = MadeForm(on=today())
    step = request.form.get("step", "")

    def propose(session: Session) -> Proposal:
        run = form.run(session)
        check_awards_stand(session, [due.line.award for due in run])
        return propose_payments(
            dues=run, particulars=particulars_of(form), voucher=form.voucher.data, sure=form.sure.data,
            told=told_by(form, "on", "voucher"),
        )  # fmt: skip

    def context() -> dict[str, Any]:
        return due_context(reading(), form)

    if step in ("work-out", "tick-all"):
        answers = due_context(reading(), form)
        if step == "tick-all":
            form.tick(answers["rows"])
        return render_template(PAGE, form=form, **answers)
    return check_then_ask(form, page=PAGE, check_page="payments/check_due.html", propose=propose, context=context)


def due_context(session: Session, form: TickedForm) -> dict[str, Any]:
    """Give what the list of payments due shows, with the rows that are ticked and stand on no page in hand."""
    asked = read_address(OFFER)
    listed = list_due(session, asked.filters, asked.part)
    shown = {row.key for row in listed.rows}
    others: list[DueRow] = []
    if any(key not in shown for key in form.ticked):
        others = [row for row in rows_of(session, form.keys) if row.key not in shown]
    rows = [*others, *listed.rows]
    form.names = {row.key: row.organisation for row in rows}
    return {
        "asked": asked,
        "listed": listed,
        "seen": asked.when.last_entry,
        "rows": rows,
        "run": [row for row in rows if row.key in form.amounts],
        "why_held": why_held(session) if any(row.held for row in rows) else {},
        "day": today(),
        "unsettled": count_unsettled(session),
        "owing": owed_by(session),
    }


@pages.get("/payments/due.xlsx", endpoint="due_download")
def download() -> Response:
    """Send what is to pay as it is filtered, all pages of it."""
    asked = read_address(OFFER)
    rows = list_due(reading(), asked.filters, asked.all_rows).rows
    return send_list("Payments due", COLUMNS, rows, as_at=asked.when.day, filters=asked.words)


@pages.get("/payments/run/<int:first>/<int:last>")
def run_recorded(first: int, last: int) -> str:
    """Confirm the payments of a run with their references."""
    made = payment_runs.payments_between(reading(), first, last)
    return render_template("payments/run_recorded.html", made=made, total=sum(entry.amount for _, entry in made))
