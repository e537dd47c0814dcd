"""What became of payments that were sent: paid, with their references, in one table, or returned by the bank."""

from collections.abc import Sequence
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.refusals import NothingToDoError
from fundtracker.domain.text import one_line
from fundtracker.domain.years import today
from fundtracker.services import confirming, effects, reversals, runs
from fundtracker.services.payments import find_payment, live_entry
from fundtracker.services.run_rows import RunRow, rows_of_run
from fundtracker.web.blueprints import payments
from fundtracker.web.blueprints import runs as pages
from fundtracker.web.db import reading
from fundtracker.web.forms import DateField, Form, LongTextField, TextField
from fundtracker.web.once import Recorded
from fundtracker.web.particulars import particulars_of
from fundtracker.web.seen import check_awards_stand, last_entry
from fundtracker.web.signed_in import this_person
from fundtracker.web.steps import check_then_record, record_form

LONGEST = 100


class PaidForm(Form):
    """The day on which the bank paid payments of a run, and the reference of each, or one for all."""

    on = DateField("Date paid", required="Enter the date on which the bank paid them", past=True)
    voucher = TextField("Reference of all", longest=LONGEST, hint="For every payment without a reference of its own.")

    def typed(self, row: RunRow) -> str:
        """Give the reference typed for a payment."""
        return one_line(request.form.get(f"voucher-{row.key}", ""))[:LONGEST]

    def chosen(self, rows: Sequence[RunRow]) -> list[tuple[RunRow, str]]:
        """Give the payments that are ticked, each with its reference; raises NothingToDoError for none."""
        ticked = set(request.form.getlist("tick"))
        found = [(row, self.typed(row) or self.voucher.data) for row in rows if str(row.key) in ticked]
        if not found:
            raise NothingToDoError("Tick at least one payment that the bank has paid")
        return found


class FailForm(Form):
    """A payment that the bank returned."""

    on = DateField("Date that it came back", required="Enter the date that it came back", past=True)
    narrative = LongTextField("Why it failed", required="Enter why it failed, as the bank says it")


@pages.route("/payments/runs/<ref>/paid", methods=["GET", "POST"])
def confirm(ref: str) -> ResponseReturnValue:
    """Mark payments of a run as paid, with the references that the bank or the finance system gave them."""
    form = PaidForm(on=today())

    def record(session: Session) -> Recorded:
        run = runs.find_run(session, ref)
        waits = _waits(session, ref)
        for row, voucher in form.chosen(waits):
            payment = find_payment(session, row.payment)
            confirming.confirm_payment(
                session, payment=payment, voucher=voucher, on=form.on.data, by=this_person().actor
            )
        return Recorded(url_for("runs.show", ref=run.reference), "Marked as paid.")

    def context() -> dict[str, Any]:
        ticked = request.form.getlist("tick") if request.method == "POST" else None
        return {"run": runs.find_run(reading(), ref), "rows": _waits(reading(), ref), "ticked": ticked}

    return record_form(form, page="runs/confirm.html", record=record, context=context)


def _waits(session: Session, ref: str) -> list[RunRow]:
    rows = rows_of_run(session, runs.find_run(session, ref))
    return [row for row in rows if row.state is confirming.PaymentState.SENT]


@payments.route("/payments/<path:ref>/failed", methods=["GET", "POST"])
def fail(ref: str) -> ResponseReturnValue:
    """Record that the bank returned a payment: it is reversed, and to pay again."""
    form = FailForm(on=today())

    def record(session: Session) -> Recorded:
        payment = find_payment(session, ref)
        check_awards_stand(session, [payment.award_line.award])
        confirming.fail_payment(session, payment=payment, particulars=particulars_of(form))
        return Recorded(url_for("payments.show", ref=payment.reference), "It is recorded as failed, and to pay again.")

    def context() -> dict[str, Any]:
        payment = find_payment(reading(), ref)
        entry = live_entry(reading(), payment)
        back = reversals.opposites(reading(), [entry])
        return {
            "payment": payment,
            "award": payment.award_line.award,
            "entry": entry,
            "award_effects": effects.on_awards(back),
            "seen": last_entry(reading()),
        }

    return check_then_record(
        form, page="payments/fail.html", check_page="payments/check_fail.html", record=record, context=context
    )
