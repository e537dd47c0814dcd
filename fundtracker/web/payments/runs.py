"""Payment runs: drawing one up from what is ticked, another person's authorisation, sending and stopping it."""

from typing import Any

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence, pounds
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.statuses import RunStatus
from fundtracker.domain.years import today
from fundtracker.services import confirming, runs
from fundtracker.services.dues import RunRefusedError
from fundtracker.services.run_rows import RunRow, rows_of_run
from fundtracker.store.runs import PaymentRun
from fundtracker.web.blueprints import runs as pages
from fundtracker.web.db import reading
from fundtracker.web.forms import DateField, Form, LongTextField
from fundtracker.web.lists.sending import BENEFITS, FUND, money, send_list, text
from fundtracker.web.once import Recorded
from fundtracker.web.particulars import particulars_of
from fundtracker.web.payments.due import PAGE, due_context
from fundtracker.web.payments.run_forms import DrawUpForm, MadeForm
from fundtracker.web.signed_in import this_person
from fundtracker.web.steps import check_then_record, record_form

COLUMNS = (
    text("Payee", lambda row: row.payee, 34),
    text("Charity or company number", lambda row: row.number),
    money("Amount", lambda row: row.amount),
    text("Reference", lambda row: row.payment or row.award),
    text("Invoice number", lambda row: row.invoice_number),
    text("PO number", lambda row: row.po_number),
    text("Cost centre", lambda row: row.cost_centre),
    text("Subjective", lambda row: row.subjective),
    text("Project", lambda row: row.project),
    text("Award", lambda row: row.award),
    *FUND,
    BENEFITS,
)


class SendForm(Form):
    """The day on which a run went to the finance system."""

    on = DateField("Date sent", required="Enter the date on which it was sent", past=True)

    def show(self, refusal: Refusal) -> None:
        """Say of each payment that cannot be made any longer why."""
        if isinstance(refusal, RunRefusedError):
            self.status = refusal.status
            self.form_errors += [each.sentence for each in refusal.by_key.values()]
            self.form_errors.append("Put this right, or stop the run and draw up another of what can be paid.")
        else:
            super().show(refusal)


class StopForm(Form):
    """Why a run is stopped."""

    why = LongTextField("Reason", required="Enter why it is stopped")


@pages.get("/payments/runs")
def index() -> str:
    """List the payment runs, the newest first."""
    return render_template("runs/index.html", runs=runs.list_runs(reading()))


@pages.route("/payments/runs/new", methods=["GET", "POST"])
def draw_up() -> ResponseReturnValue:
    """Draw up a payment run of what was ticked in the list of payments due."""
    form = DrawUpForm(pay_on=today())

    def record(session: Session) -> Recorded:
        run = runs.draw_up(
            session, run=form.run(session), pay_on=form.pay_on.data, by=this_person().actor, sure=form.sure.data
        )
        return Recorded(url_for("runs.show", ref=run.reference), f"{run.reference} is drawn up.")

    def context() -> dict[str, Any]:
        return due_context(reading(), form)

    if request.method == "GET":
        return redirect(url_for("payments.due"))
    if request.form.get("step") == "start":
        return _start(form)
    return record_form(form, page="runs/draw_up.html", record=record, context=context)


def _start(form: DrawUpForm) -> ResponseReturnValue:
    """Go on from the list to the form of the run, or stay where nothing that is ticked can be read."""
    if form.right_ticks():
        form.pay_on.data = today()
        return render_template("runs/draw_up.html", form=form, **due_context(reading(), form))
    made = MadeForm(on=today())
    made.right_ticks()
    return render_template(PAGE, form=made, **due_context(reading(), made)), made.status


@pages.get("/payments/runs/<ref>")
def show(ref: str) -> str:
    """Show a payment run: its payments, who did what with it, and what can be done next."""
    return render_template("runs/show.html", **_about(ref))


def _about(ref: str) -> dict[str, Any]:
    session = reading()
    run = runs.find_run(session, ref)
    rows = rows_of_run(session, run)
    return {
        "run": run,
        "rows": rows,
        "total": _total(rows),
        "mine": run.made_by_id == this_person().person_id,
        "waits": [row for row in rows if row.state is confirming.PaymentState.SENT],
    }


def _total(rows: list[RunRow]) -> Pence:
    return Pence(sum(row.amount for row in rows))


@pages.route("/payments/runs/<ref>/authorise", methods=["GET", "POST"])
def authorise(ref: str) -> ResponseReturnValue:
    """Authorise a run that another person drew up."""

    def record(session: Session) -> Recorded:
        run = runs.find_run(session, ref)
        runs.authorise(session, run=run, by=this_person().actor)
        return Recorded(url_for("runs.show", ref=run.reference), f"{run.reference} is authorised.")

    return record_form(Form(), page="runs/authorise.html", record=record, context=lambda: _about(ref))


@pages.route("/payments/runs/<ref>/send", methods=["GET", "POST"])
def send(ref: str) -> ResponseReturnValue:
    """Record that an authorised run went to the finance system, which posts its payments."""
    form = SendForm(on=today())

    def record(session: Session) -> Recorded:
        run = runs.find_run(session, ref)
        paid = runs.send(session, run=run, particulars=particulars_of(form))
        total = pounds(sum(line.amount for line in run.lines))
        several = "1 payment" if len(paid) == 1 else f"{len(paid)} payments"
        return Recorded(url_for("runs.show", ref=run.reference), f"{run.reference} is sent: {several}, {total}.")

    return check_then_record(
        form, page="runs/send.html", check_page="runs/check_send.html", record=record, context=lambda: _about(ref)
    )


@pages.route("/payments/runs/<ref>/stop", methods=["GET", "POST"])
def stop(ref: str) -> ResponseReturnValue:
    """Stop a run before it is sent."""
    form = StopForm()

    def record(session: Session) -> Recorded:
        run = runs.find_run(session, ref)
        runs.stop(session, run=run, by=this_person().actor, why=form.why.data)
        return Recorded(url_for("runs.show", ref=run.reference), f"{run.reference} is stopped. Nothing of it was paid.")

    return record_form(form, page="runs/stop.html", record=record, context=lambda: _about(ref))


@pages.get("/payments/runs/<ref>/workbook")
def workbook(ref: str) -> Response:
    """Send a run as a workbook for the finance system."""
    run = runs.find_run(reading(), ref)
    rows = rows_of_run(reading(), run)
    said = [
        ("Status", run.status.value),
        ("Drawn up by", run.made_by),
        ("Authorised by", run.authorised_by or "nobody"),
    ]
    return send_list(_title_of(run), COLUMNS, rows, as_at=run.pay_on, filters=said)


def _title_of(run: PaymentRun) -> str:
    """Name a run's workbook, so that nobody takes for authorised what is not."""
    unsaid = {RunStatus.DRAWN_UP: "not authorised", RunStatus.STOPPED: "stopped"}
    return f"{run.reference}, {unsaid[run.status]}" if run.status in unsaid else f"Payment run {run.reference}"
