"""Steps that an application takes without an award: withdrawn by those who asked, and reopened after a mistake."""

from collections.abc import Callable
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.refusals import WrongStateError
from fundtracker.domain.years import today
from fundtracker.services.applications import (
    check_reopenable,
    check_waiting,
    find_application,
    reopen_application,
    withdraw_application,
)
from fundtracker.services.posting import Particulars
from fundtracker.store.applications import Application
from fundtracker.web.blueprints import applications as pages
from fundtracker.web.db import reading
from fundtracker.web.forms import DateField, Form, LongTextField
from fundtracker.web.once import Recorded
from fundtracker.web.signed_in import this_person
from fundtracker.web.steps import record_form


class WithdrawForm(Form):
    """When an application was withdrawn, and why if they said so."""

    on = DateField("Date withdrawn", required="Enter the date on which it was withdrawn", past=True)
    reasons = LongTextField("Reasons", hint="Where they gave any.")


class ReopenForm(Form):
    """When an application is reopened, and why."""

    on = DateField("Date reopened", required="Enter the date on which it is reopened", past=True)
    reasons = LongTextField("Why it is reopened", required="Enter why it is reopened")


@pages.route("/applications/<path:ref>/withdraw", methods=["GET", "POST"])
def withdraw(ref: str) -> ResponseReturnValue:
    """Record that the organisation has withdrawn an application that waits."""
    form = WithdrawForm(on=today())

    def record(session: Session) -> Recorded:
        application = find_application(session, ref)
        said = Particulars(on=form.on.data, by=this_person().actor)
        withdraw_application(session, application=application, particulars=said, reasons=form.reasons.data)
        says = f"{application.reference} is withdrawn. Nothing was taken from the fund."
        return Recorded(url_for("applications.show", ref=application.reference), says)

    page = "applications/withdraw.html"
    return cannot(ref, check_waiting) or record_form(form, page=page, record=record, context=lambda: _about(ref))


@pages.route("/applications/<path:ref>/reopen", methods=["GET", "POST"])
def reopen(ref: str) -> ResponseReturnValue:
    """Let an application that was declined or withdrawn by mistake wait again."""
    form = ReopenForm(on=today())

    def record(session: Session) -> Recorded:
        application = find_application(session, ref)
        said = Particulars(on=form.on.data, by=this_person().actor, narrative=form.reasons.data)
        reopen_application(session, application=application, particulars=said)
        says = f"{application.reference} is reopened, and waits for a decision again."
        return Recorded(url_for("applications.show", ref=application.reference), says)

    page = "applications/reopen.html"
    return cannot(ref, check_reopenable) or record_form(form, page=page, record=record, context=lambda: _about(ref))


def _about(ref: str) -> dict[str, Any]:
    return {"application": find_application(reading(), ref)}


def cannot(ref: str, check: Callable[[Application], None]) -> str | None:
    """Give the page that says why a step cannot be taken, where it is only being opened."""
    application = find_application(reading(), ref)
    try:
        check(application)
    except WrongStateError as refusal:
        if request.method == "GET":
            return render_template("applications/cannot.html", application=application, why=refusal.sentence)
    return None
