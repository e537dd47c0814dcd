"""Giving a fund another budget line: another year, another lot, or capital beside revenue."""

from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.statuses import SpendType
from fundtracker.domain.years import today, year_of
from fundtracker.services.funds import find_fund, open_line
from fundtracker.services.posting import Particulars
from fundtracker.web.blueprints import funds as pages
from fundtracker.web.choices import SPEND_TYPES
from fundtracker.web.db import reading
from fundtracker.web.forms import Form, RadioField, TextField, YearField
from fundtracker.web.once import Recorded
from fundtracker.web.signed_in import this_person
from fundtracker.web.steps import record_form


class LineForm(Form):
    """A budget line to open."""

    year = YearField("Financial year", required="Enter the financial year, like 2020/21", hint="Like 2020/21.")
    spend_type = RadioField(
        "Revenue or capital",
        choices=SPEND_TYPES,
        default=SpendType.REVENUE.value,
        required="Choose revenue or capital",
    )
    lot = TextField("Lot", hint="Where the fund is divided: an area, a theme.")


@pages.route("/funds/<path:ref>/lines", endpoint="add_line", methods=["GET", "POST"])
def add_line(ref: str) -> ResponseReturnValue:
    """Give a fund another budget line, with nothing allocated to it yet."""
    find_fund(reading(), ref)
    form = LineForm(year=year_of(today()))

    def record(session: Session) -> Recorded:
        fund = find_fund(session, ref)
        spend_type = SpendType(form.spend_type.data)
        particulars = Particulars(on=today(), by=this_person().actor)
        line = open_line(
            session,
            fund=fund,
            year=form.year.data,
            lot=form.lot.data,
            spend_type=spend_type,
            particulars=particulars,
        )
        said = f"{line.label} is a budget line of {fund.name} now. Next: allocate to it, or move money into it."
        return Recorded(url_for("funds.allocate", ref=fund.reference, line=line.id), said)

    def context() -> dict[str, Any]:
        fund = find_fund(reading(), ref)
        return {"fund": fund, "names": [line.label for line in fund.lines]}

    return record_form(form, page="funds/add_line.html", record=record, context=context)
