"""Logging an application on one screen."""

from datetime import date
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.money import pounds
from fundtracker.domain.statuses import FundStatus
from fundtracker.domain.years import today
from fundtracker.services.applications import ApplicationDetails, check_not_logged, log_application
from fundtracker.services.funds import find_fund, open_funds
from fundtracker.services.posting import Particulars
from fundtracker.store.funds import Fund
from fundtracker.web.blueprints import applications as pages
from fundtracker.web.db import reading
from fundtracker.web.forms import (
    ChoiceField,
    DateField,
    Form,
    LongTextField,
    PenceField,
    TextField,
    TickField,
    TicksField,
)
from fundtracker.web.once import Recorded
from fundtracker.web.organisations.choice import choice_field, choose_organisation, keep_choice, name_field
from fundtracker.web.signed_in import this_person
from fundtracker.web.steps import record_form

PAGE = "applications/log.html"


class LogForm(Form):
    """What an organisation asks of a fund."""

    fund = ChoiceField("Fund", required="Choose the fund", choices={}, validate_choice=False)
    organisation = name_field()
    organisation_choice = choice_field()
    again = TickField("This is another application")
    asked_for = PenceField("Amount asked for", hint="In pounds. Leave it empty where it is not stated.")
    received_on = DateField("Date received", required="Enter the date the application was received", past=True)
    purpose = LongTextField("What it is for", required="Enter what the money is for")
    benefits = TextField("Group that benefits", hint="Where it is not the organisation itself.")
    outcomes = TicksField("Outcomes it would help with")

    def of_fund(self, fund: Fund | None) -> None:
        """Offer the outcomes of the fund in hand, and let go of those of another."""
        outcomes = fund.outcomes if fund else ()
        self.outcomes.choices = {str(outcome.id): outcome.words for outcome in outcomes}
        self.outcomes.data = [key for key in self.outcomes.data or () if key in self.outcomes.choices]
        self.outcomes.flags.required = fund is not None and fund.outcome_needed

    def details(self, session: Session, fund: Fund) -> ApplicationDetails:
        """Give what the form says of an application to a fund."""
        return ApplicationDetails(
            fund=fund,
            organisation=choose_organisation(session, self),
            asked_for=self.asked_for.data,
            purpose=self.purpose.data,
            benefits=self.benefits.data,
            outcomes=tuple(outcome for outcome in fund.outcomes if str(outcome.id) in (self.outcomes.data or ())),
        )


@pages.route("/applications/log", endpoint="start", methods=["GET", "POST"])
@pages.route("/applications/log/<path:ref>", methods=["GET", "POST"])
def log(ref: str = "") -> ResponseReturnValue:
    """Log an application on one screen, to the fund of the address or to one that is chosen there."""
    funds = [] if ref else open_funds(reading())
    if request.method == "GET" and len(funds) == 1:
        return redirect(url_for("applications.log", ref=funds[0].reference))
    form = LogForm(received_on=_received_on())
    form.fund.choices = {"": "Choose a fund"} | {fund.reference: f"{fund.name} ({fund.reference})" for fund in funds}
    if ref:
        del form.fund
    chosen = ref or form.fund.data or ""
    fund = find_fund(reading(), ref) if ref else next((fund for fund in funds if fund.reference == chosen), None)
    if fund and request.method == "GET" and fund.status is not FundStatus.OPEN:
        return render_template("applications/not_open.html", fund=fund)
    form.of_fund(fund)
    keep_choice(reading(), form)
    known = fund.reference if fund else ""

    def record(session: Session) -> Recorded:
        return _record(session, form, chosen)

    def context() -> dict[str, Any]:
        return _context(form, known)

    if request.form.get("step") == "choose":
        return render_template(PAGE, form=form, **context())
    return record_form(form, page=PAGE, record=record, context=context)


def _received_on() -> date:
    """Give the date of the application logged before this one, where there was one, else today's."""
    try:
        return min(date.fromisoformat(request.args.get("received_on", "")), today())
    except ValueError:
        return today()


def _record(session: Session, form: LogForm, ref: str) -> Recorded:
    details = form.details(session, find_fund(session, ref))
    if not form.again.data:
        check_not_logged(session, details)
    application = log_application(
        session, details=details, particulars=Particulars(on=form.received_on.data, by=this_person().actor)
    )
    asked = "no amount stated" if application.asked_for is None else pounds(application.asked_for)
    says = f"{application.reference} is logged: {application.organisation.name}, {asked}."
    if request.form.get("step") == "another":
        day = application.received_on.isoformat()
        return Recorded(url_for("applications.log", ref=application.fund.reference, received_on=day), says)
    return Recorded(url_for("applications.show", ref=application.reference), says)


def _context(form: LogForm, ref: str) -> dict[str, Any]:
    fund = find_fund(reading(), ref) if ref else None
    return {
        "fund": fund,
        "chosen_here": form.fund is not None,
        "left": sum(line.remaining for line in fund.lines) if fund else None,
        "keeps_focus": request.method == "GET" and "received_on" in request.args,
    }
