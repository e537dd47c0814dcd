"""Balance assertions: what the general ledger says a fund has spent, and whether the books agree."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.money import pounds
from fundtracker.domain.years import last_day, long_date, today, year_of
from fundtracker.services.assertions import Checked, accrued_at, assert_balance, checked_assertions
from fundtracker.services.funds import find_fund
from fundtracker.web.blueprints import assertions as pages
from fundtracker.web.db import reading
from fundtracker.web.forms import DateField, Form, StatedField, TextField
from fundtracker.web.once import Recorded
from fundtracker.web.signed_in import this_person
from fundtracker.web.steps import record_form


class AssertionForm(Form):
    """What the general ledger says a fund had spent at a day."""

    on = DateField("At the end of", required="Enter the day", past=True)
    stated = StatedField("Spent, as the general ledger says", required="Enter what the general ledger says was spent")
    source = TextField("Read from", longest=200, hint="Like trial balance, cost centre C100, period 12.")


@pages.get("/assertions")
def index() -> str:
    """List what was typed from the general ledger, each held against the books as they are now."""
    session = reading()
    ref = request.args.get("fund", "")
    fund = find_fund(session, ref) if ref else None
    rows = [(checked, accrued_at(session, checked)) for checked in checked_assertions(session, fund)]
    return render_template("assertions/index.html", rows=rows, fund=fund)


@pages.route("/funds/<path:ref>/assertion", methods=["GET", "POST"])
def record(ref: str) -> ResponseReturnValue:
    """Type what the general ledger says a fund had spent, and be told whether the books agree."""
    form = AssertionForm(on=min(today(), last_day(year_of(today()) - 1)))

    def keep(session: Session) -> Recorded:
        fund = find_fund(session, ref)
        row = assert_balance(
            session, fund=fund, on=form.on.data, stated=form.stated.data or 0, source=form.source.data,
            by=this_person().actor,
        )  # fmt: skip
        checked = Checked(row, [])
        said = "It agrees with the books." if checked.agrees else f"It differs by {pounds(checked.difference)}."
        says = f"{fund.name} at {long_date(row.on_date)}: {pounds(row.stated)}. {said}"
        return Recorded(url_for("assertions.index", fund=fund.reference), says)

    def context() -> dict[str, Any]:
        return {"fund": find_fund(reading(), ref)}

    context()
    return record_form(form, page="assertions/record.html", record=keep, context=context)
