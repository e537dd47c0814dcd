"""Expecting money from a funder: noting it, sending a claim, and dropping what will not come."""

from collections.abc import Callable
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.money import ZERO, pounds
from fundtracker.domain.statuses import ExpectedKind
from fundtracker.domain.years import long_date, today
from fundtracker.services.expected import ExpectedDetails, drop_expected, expect_receipt, find_expected, submit_claim
from fundtracker.services.funds import find_fund
from fundtracker.services.posting import Particulars
from fundtracker.store.expected import ExpectedReceipt
from fundtracker.web.blueprints import cash as pages
from fundtracker.web.db import reading
from fundtracker.web.forms import DateField, Form, LongTextField, PenceField, RadioField, TextField
from fundtracker.web.funds.move_forms import MoveForm
from fundtracker.web.once import Recorded
from fundtracker.web.particulars import particulars_of
from fundtracker.web.signed_in import this_person
from fundtracker.web.steps import record_form

KINDS = {
    ExpectedKind.INSTALMENT.value: "An instalment: the funder pays it by itself",
    ExpectedKind.CLAIM.value: "A claim in arrears: the office claims what it has spent",
}
Verb = Callable[..., None]


class ExpectForm(MoveForm):
    """What a funder is expected to send."""

    kind = RadioField("How it comes", choices=KINDS, required="Choose how it comes")
    amount = PenceField("Amount expected", required="Enter the amount expected")
    due_on = DateField("Due on", required="Enter the day by which it is due", hint="Like 30 June 2021.")
    period_from = DateField("For the period from")
    period_to = DateField("For the period to")
    submitted_on = DateField("Claim sent on", past=True, hint="Leave it empty while a claim is not sent.")
    reference = TextField("Funder’s or claim reference", longest=100)
    notes = LongTextField("Notes", longest=2_000)


class SentForm(Form):
    """When a claim was sent."""

    on = DateField("Date sent", required="Enter the date it was sent", past=True)
    narrative = LongTextField("Notes", longest=2_000)


class DropForm(Form):
    """Why money is not expected any more."""

    narrative = LongTextField("Reason", required="Enter why this money is not expected any more", longest=2_000)
    on = DateField("Date", required="Enter the date", past=True)


@pages.route("/funds/<path:ref>/expect", methods=["GET", "POST"])
def expect(ref: str) -> ResponseReturnValue:
    """Note an instalment that a funder is to pay, or a claim that the office makes."""
    form = ExpectForm()
    form.lay_out(find_fund(reading(), ref), request.args.get("line", ""))

    def record(session: Session) -> Recorded:
        fund = find_fund(session, ref)
        names = ("due_on", "period_from", "period_to", "submitted_on", "reference", "notes")
        given: dict[str, Any] = {name: form[name].data for name in names}
        details = ExpectedDetails(
            line=form.line_of(fund), kind=ExpectedKind(form.kind.data), amount=form.amount.data or ZERO, **given
        )
        row = expect_receipt(session, details=details, particulars=Particulars(on=today(), by=this_person().actor))
        says = f"{pounds(row.amount)} is expected from {fund.funder} by {long_date(row.due_on)}."
        return Recorded(url_for("cash.fund", ref=fund.reference), says)

    def context() -> dict[str, Any]:
        return {"fund": find_fund(reading(), ref)}

    return record_form(form, page="cash/expect.html", record=record, context=context)


@pages.route("/expected/<int:number>/submit", methods=["GET", "POST"])
def submit(number: int) -> ResponseReturnValue:
    """Note that a claim was sent to the funder."""
    done = "The claim of {amount} was sent to {funder}."
    return _step(number, SentForm(on=today()), "cash/submit.html", submit_claim, done)


@pages.route("/expected/<int:number>/drop", methods=["GET", "POST"])
def drop(number: int) -> ResponseReturnValue:
    """Expect a receipt no more, with the reason."""
    done = "{amount} from {funder} is not expected any more."
    return _step(number, DropForm(on=today()), "cash/drop.html", drop_expected, done)


def _step(number: int, form: Form, page: str, verb: Verb, done: str) -> ResponseReturnValue:
    def record(session: Session) -> Recorded:
        row = find_expected(session, number)
        verb(session, row=row, particulars=particulars_of(form))
        fund = row.budget_line.fund
        says = done.format(amount=pounds(row.amount), funder=fund.funder)
        return Recorded(url_for("cash.fund", ref=fund.reference), says)

    def context() -> dict[str, Any]:
        row: ExpectedReceipt = find_expected(reading(), number)
        return {"row": row, "fund": row.budget_line.fund}

    find_expected(reading(), number)
    return record_form(form, page=page, record=record, context=context)
