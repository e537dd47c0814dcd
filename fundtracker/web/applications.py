"""Applications: logging one, and what is known of one."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.money import pounds
from fundtracker.domain.statuses import FundStatus
from fundtracker.domain.years import today
from fundtracker.services import histories
from fundtracker.services.applications import ApplicationDetails, find_application, log_application
from fundtracker.services.funds import find_fund
from fundtracker.services.posting import Particulars
from fundtracker.store.applications import Application
from fundtracker.store.funds import Fund
from fundtracker.web.blueprints import applications as pages
from fundtracker.web.db import reading
from fundtracker.web.forms import DateField, Form, LongTextField, PenceField, TextField, TicksField
from fundtracker.web.once import Recorded
from fundtracker.web.organisation_choice import choice_field, choose_organisation, keep_choice, name_field
from fundtracker.web.signed_in import this_person
from fundtracker.web.steps import record_form


class LogForm(Form):
    """What an organisation asks of a fund."""

    organisation = name_field()
    organisation_choice = choice_field()
    asked_for = PenceField("Amount asked for", hint="In pounds. Leave it empty where it is not stated.")
    received_on = DateField("Date received", required="Enter the date the application was received", past=True)
    benefits = TextField("Group that benefits", hint="Where it is not the organisation itself.")
    purpose = LongTextField("What it is for", required="Enter what the money is for")
    outcomes = TicksField("Outcomes it would help with")


@pages.get("/applications/log")
def start() -> ResponseReturnValue:
    """Ask which fund an application is to, or go on where only one is open."""
    is_open = Fund.status == FundStatus.OPEN
    funds = reading().scalars(select(Fund).where(is_open).order_by(Fund.name)).all()
    if len(funds) == 1:
        return redirect(url_for("applications.log", ref=funds[0].reference))
    return render_template("applications/start.html", funds=funds)


@pages.route("/applications/log/<path:ref>", methods=["GET", "POST"])
def log(ref: str) -> ResponseReturnValue:
    """Log an application to a fund on one screen."""
    fund = find_fund(reading(), ref)
    if request.method == "GET" and fund.status is not FundStatus.OPEN:
        return render_template("applications/not_open.html", fund=fund)
    form = LogForm(received_on=today())
    form.outcomes.choices = {str(outcome.id): outcome.words for outcome in fund.outcomes}
    form.outcomes.flags.required = fund.outcome_needed
    keep_choice(reading(), form)

    def record(session: Session) -> Recorded:
        application = log_application(
            session,
            details=_details(session, form, find_fund(session, ref)),
            particulars=Particulars(on=form.received_on.data, by=this_person().actor),
        )
        asked = "no amount stated" if application.asked_for is None else pounds(application.asked_for)
        says = f"{application.reference} is logged: {application.organisation.name}, {asked}."
        if request.form.get("step") == "another":
            return Recorded(url_for("applications.log", ref=ref), says)
        return Recorded(url_for("applications.show", ref=application.reference), says)

    def context() -> dict[str, Fund]:
        return {"fund": find_fund(reading(), ref)}

    return record_form(form, page="applications/log.html", record=record, context=context)


def _details(session: Session, form: LogForm, fund: Fund) -> ApplicationDetails:
    return ApplicationDetails(
        fund=fund,
        organisation=choose_organisation(session, form),
        asked_for=form.asked_for.data,
        purpose=form.purpose.data,
        benefits=form.benefits.data,
        outcomes=tuple(outcome for outcome in fund.outcomes if str(outcome.id) in (form.outcomes.data or ())),
    )


@pages.get("/applications/<path:ref>")
def show(ref: str) -> str:
    """Show one application, what was decided on it, and which waits next."""
    session = reading()
    application = find_application(session, ref)
    return render_template(
        "applications/show.html",
        application=application,
        award=histories.award_of(session, application),
        had=histories.awards_of(session, application.organisation),
        **queue(session, application),
    )


def queue(session: Session, application: Application) -> dict[str, Any]:
    """Give the applications of the same fund that wait, this one's place among them and the next one."""
    waiting = histories.waiting(session, application.fund)
    others = [other for other in waiting if other.id != application.id]
    later = [other for other in others if (other.received_on, other.id) > (application.received_on, application.id)]
    place = waiting.index(application) + 1 if application in waiting else 0
    return {"waiting": waiting, "others": others, "place": place, "following": next(iter([*later, *others]), None)}
