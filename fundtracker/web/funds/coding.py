"""The coding of a fund: what its payments are charged to in the finance system."""

from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.years import today
from fundtracker.services.coding import change_coding
from fundtracker.services.funds import find_fund
from fundtracker.services.posting import Particulars
from fundtracker.web.blueprints import funds as pages
from fundtracker.web.db import reading
from fundtracker.web.forms import Form, LongTextField, TextField
from fundtracker.web.once import Recorded
from fundtracker.web.signed_in import this_person
from fundtracker.web.steps import record_form


class CodingForm(Form):
    """What a fund's payments are charged to."""

    cost_centre = TextField("Cost centre", longest=40)
    subjective = TextField("Subjective", longest=40, hint="The account, or general ledger code.")
    project = TextField("Project", longest=40)
    narrative = LongTextField("Reason")


@pages.route("/funds/<path:ref>/coding", methods=["GET", "POST"])
def coding(ref: str) -> ResponseReturnValue:
    """Say what a fund's payments are charged to, unless an instalment says otherwise."""
    fund = find_fund(reading(), ref)
    form = CodingForm(cost_centre=fund.cost_centre, subjective=fund.subjective, project=fund.project)

    def record(session: Session) -> Recorded:
        changed = change_coding(
            session, fund=find_fund(session, ref), cost_centre=form.cost_centre.data, subjective=form.subjective.data,
            project=form.project.data,
            particulars=Particulars(on=today(), by=this_person().actor, narrative=form.narrative.data),
        )  # fmt: skip
        said = "The coding is changed." if changed else "Nothing was different, so nothing was changed."
        return Recorded(url_for("funds.show", ref=ref), said)

    def context() -> dict[str, Any]:
        return {"fund": find_fund(reading(), ref)}

    return record_form(form, page="funds/coding.html", record=record, context=context)
