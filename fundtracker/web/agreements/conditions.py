"""Conditions of an award: setting one, and the steps that it takes."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.terms import CONDITION_MOVES
from fundtracker.domain.years import today
from fundtracker.services.agreeing import set_condition
from fundtracker.services.awards import find_award
from fundtracker.services.posting import Particulars
from fundtracker.services.returns import check_asks
from fundtracker.store.terms import AwardCondition
from fundtracker.web.db import reading
from fundtracker.web.forms import DateField, Form, TextField, TickField
from fundtracker.web.moves import add_steps
from fundtracker.web.once import Recorded
from fundtracker.web.signed_in import this_person
from fundtracker.web.steps import record_form

pages = Blueprint("conditions", __name__)
add_steps(pages, AwardCondition, CONDITION_MOVES, {})


class ConditionForm(Form):
    """What the recipient of an award must do or show, by when, and whether payments wait for it."""

    says = TextField("What the recipient must do or show", required="Enter what the recipient must do or show")
    due_on = DateField("By when")
    before_payment = TickField("Nothing is paid until it is met or waived")


@pages.route("/awards/<path:ref>/conditions", methods=["GET", "POST"])
def add(ref: str) -> ResponseReturnValue:
    """Set a condition of an award."""
    check_asks(find_award(reading(), ref))
    form = ConditionForm()

    def record(session: Session) -> Recorded:
        award = find_award(session, ref)
        set_condition(
            session, award=award, says=form.says.data, due_on=form.due_on.data,
            before_payment=form.before_payment.data, particulars=Particulars(on=today(), by=this_person().actor),
        )  # fmt: skip
        return Recorded(url_for("agreements.show", ref=award.reference, _anchor="award_condition"), "It is set.")

    return record_form(
        form, page="agreements/condition.html", record=record, context=lambda: {"award": find_award(reading(), ref)}
    )
