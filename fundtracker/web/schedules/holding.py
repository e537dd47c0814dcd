"""One instalment: its condition met, held back by hand, and let go again."""

from collections.abc import Callable
from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.years import today
from fundtracker.services import holds
from fundtracker.web.blueprints import schedules as pages
from fundtracker.web.db import reading
from fundtracker.web.forms import DateField, Form, LongTextField
from fundtracker.web.once import Recorded
from fundtracker.web.particulars import particulars_of
from fundtracker.web.steps import record_form


class MetForm(Form):
    """The day on which a condition was met."""

    on = DateField("Date met", required="Enter the date on which it was met", past=True)
    narrative = LongTextField("How it was met")


class HoldForm(Form):
    """Why an instalment is held back."""

    narrative = LongTextField("Why it is held", required="Enter why it is held", longest=400)
    on = DateField("Date", required="Enter the date", past=True)


class ReleaseForm(Form):
    """Why an instalment is let go."""

    on = DateField("Date", required="Enter the date", past=True)
    narrative = LongTextField("Notes")


@pages.route("/instalments/<int:number>/condition", methods=["GET", "POST"])
def meet(number: int) -> ResponseReturnValue:
    """Note that the condition of an instalment is met."""
    return _step(number, MetForm(on=today()), holds.meet_condition, "schedules/meet.html", "The condition is met.")


@pages.route("/instalments/<int:number>/hold", methods=["GET", "POST"])
def hold(number: int) -> ResponseReturnValue:
    """Hold an instalment back, with the reason."""
    return _step(number, HoldForm(on=today()), holds.hold, "schedules/hold.html", "The instalment is held.")


@pages.route("/instalments/<int:number>/release", methods=["GET", "POST"])
def release(number: int) -> ResponseReturnValue:
    """Let an instalment go that was held by hand."""
    return _step(
        number, ReleaseForm(on=today()), holds.release, "schedules/release.html", "The instalment is released."
    )


def _step(number: int, form: Form, verb: Callable[..., None], page: str, said: str) -> ResponseReturnValue:
    def record(session: Session) -> Recorded:
        instalment = holds.find_instalment(session, number)
        verb(session, instalment=instalment, particulars=particulars_of(form))
        award = instalment.award_line.award.reference
        return Recorded(url_for("awards.show", ref=award, _anchor="schedule"), said)

    def context() -> dict[str, Any]:
        instalment = holds.find_instalment(reading(), number)
        return {"instalment": instalment, "award": instalment.award_line.award}

    return record_form(form, page=page, record=record, context=context)
