"""One monitoring return with its files, planning the returns of an award, and the steps that a return takes."""

from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.terms import MOST_RETURNS, RETURN_MOVES, Rhythm
from fundtracker.domain.years import today
from fundtracker.services.awards import find_award
from fundtracker.services.files import files_of
from fundtracker.services.moves import find_term, moves_of
from fundtracker.services.posting import Particulars
from fundtracker.services.returns import ReturnPlan, check_asks, is_overdue, plan_returns
from fundtracker.store.returns import MonitoringReturn
from fundtracker.web.blueprints import returns as pages
from fundtracker.web.db import reading
from fundtracker.web.forms import DateField, Form, RadioField, TextField, TickField, WholeField
from fundtracker.web.moves import add_steps
from fundtracker.web.once import Recorded
from fundtracker.web.signed_in import this_person
from fundtracker.web.steps import record_form

add_steps(pages, MonitoringReturn, RETURN_MOVES, {})


class PlanForm(Form):
    """What an award's recipient is to return, and when."""

    about = TextField("What is to be returned", required="Enter what is to be returned, like Half-year report")
    first = DateField("First due on", required="Enter the day by which the first is due")
    rhythm = RadioField(
        "How often", choices={one.value: one.value.capitalize() for one in Rhythm}, required="Choose how often"
    )
    count = WholeField(
        "How many in all", required=f"Enter how many, from 1 to {MOST_RETURNS}",
        hint="From the last day of a month, each falls on the last day of its month",
    )  # fmt: skip
    accepted_first = TickField("Payments due from a return’s day on wait until it is accepted")

    def plan(self) -> ReturnPlan:
        """Give the plan in the books' terms."""
        rhythm = Rhythm(self.rhythm.data)
        return ReturnPlan(about=self.about.data, first=self.first.data, rhythm=rhythm, count=self.count.data or 0,
                          accepted_first=self.accepted_first.data)  # fmt: skip


@pages.get("/returns/<int:number>")
def show(number: int) -> str:
    """Show one return: when it is due, what came of it, and the files that came with it."""
    session = reading()
    one = find_term(session, MonitoringReturn, number)
    late = is_overdue(one.due_on, one.status, today()) and one.undone_at is None
    return render_template(
        "returns/show.html", one=one, late=late, day=today(), moves=moves_of(one), files=files_of(session, one)
    )


@pages.route("/awards/<path:ref>/returns", methods=["GET", "POST"])
def plan(ref: str) -> ResponseReturnValue:
    """Plan what the recipient of an award is to return."""
    check_asks(find_award(reading(), ref))
    form = PlanForm(rhythm=Rhythm.ONCE.value, count=1)

    def record(session: Session) -> Recorded:
        award = find_award(session, ref)
        by = Particulars(on=today(), by=this_person().actor)
        planned = plan_returns(session, award=award, plan=form.plan(), particulars=by)
        said = "1 return is planned." if len(planned) == 1 else f"{len(planned)} returns are planned."
        return Recorded(url_for("agreements.show", ref=award.reference, _anchor="monitoring_return"), said)

    def context() -> dict[str, Any]:
        return {"award": find_award(reading(), ref)}

    return record_form(form, page="returns/plan.html", record=record, context=context)
