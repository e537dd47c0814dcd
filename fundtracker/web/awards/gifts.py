"""Gifts in kind: things given, which move no money."""

from flask import request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.years import today
from fundtracker.services.awards import AwardDetails
from fundtracker.services.funds import find_fund
from fundtracker.services.gifts import record_gift
from fundtracker.store.funds import Fund
from fundtracker.web.blueprints import gifts as pages
from fundtracker.web.db import reading
from fundtracker.web.forms import ChoiceField, DateField, Form, LongTextField, PenceField, TextField
from fundtracker.web.once import Recorded
from fundtracker.web.organisations.choice import choice_field, choose_organisation, keep_choice, name_field
from fundtracker.web.particulars import particulars_of
from fundtracker.web.steps import record_form


class GiftForm(Form):
    """What was given, to whom and when."""

    organisation = name_field("Given to")
    organisation_choice = choice_field()
    purpose = LongTextField("What is given", required="Enter what is given")
    on = DateField("Date given", required="Enter the date", past=True)
    estimated_value = PenceField("Estimated value", hint="In pounds. It is never added to a sum.")
    benefits = TextField("Group that benefits", hint="Where it is not the organisation itself.")
    fund = ChoiceField("Fund that it belongs to", choices={}, hint="Where there is one. Nothing is taken from it.")
    notes = LongTextField("Notes")


@pages.route("/gifts/record", methods=["GET", "POST"])
def record() -> ResponseReturnValue:
    """Record a gift in kind on one screen."""
    form = GiftForm(on=today(), fund=request.args.get("fund", ""))
    keep_choice(reading(), form)
    funds = reading().scalars(select(Fund).order_by(Fund.name))
    form.fund.choices = {"": "No fund"} | {fund.reference: fund.name for fund in funds}

    def write(session: Session) -> Recorded:
        gift = record_gift(
            session,
            details=_details(session, form),
            particulars=particulars_of(form),
            fund=find_fund(session, form.fund.data) if form.fund.data else None,
            estimated_value=form.estimated_value.data,
        )
        return Recorded(url_for("awards.recorded", ref=gift.reference))

    return record_form(form, page="gifts/record.html", record=write)


def _details(session: Session, form: GiftForm) -> AwardDetails:
    return AwardDetails(
        recipient=choose_organisation(session, form),
        shares=(),
        purpose=form.purpose.data,
        benefits=form.benefits.data,
        notes=form.notes.data,
    )
