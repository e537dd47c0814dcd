"""The limits that say who approves what: those in force, those before, and setting them from a day on."""

from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.approvals import Limits
from fundtracker.domain.money import ZERO
from fundtracker.domain.years import today
from fundtracker.services.approvals.limits import limits_of, limits_row, list_limits, set_limits
from fundtracker.web.blueprints import approvals as pages
from fundtracker.web.db import reading
from fundtracker.web.forms import DateField, Form, PenceField
from fundtracker.web.once import Recorded
from fundtracker.web.signed_in import this_person
from fundtracker.web.steps import record_form

NAMES = ("manager", "chief_executive", "deputy", "chief_finance", "write_off")
_MISSING = "Enter the limit, in pounds"


class LimitsForm(Form):
    """Up to how much each post approves, and from when."""

    manager = PenceField("Awards: the commissioning manager, up to", required=_MISSING)
    chief_executive = PenceField("Awards: the chief executive, up to", required=_MISSING)
    deputy = PenceField("Awards: the deputy Commissioner, up to", required=_MISSING, hint="Above it, the Commissioner.")
    chief_finance = PenceField(
        "Over-allocations, transfers and carry forwards: the chief finance officer, up to",
        required=_MISSING,
        hint="Above it, the Commissioner.",
    )
    write_off = PenceField(
        "Write-offs: the chief finance officer, up to", required=_MISSING, hint="Above it, the Commissioner."
    )
    from_on = DateField("From", required="Enter the day from which they hold")


@pages.route("/settings/approval-limits", methods=["GET", "POST"])
def limits() -> ResponseReturnValue:
    """Show the limits, and set them from a day on."""
    now = limits_of(limits_row(reading(), today()))
    form = LimitsForm(from_on=today(), **{name: getattr(now, name) for name in NAMES})

    def record(session: Session) -> Recorded:
        said = Limits(**{name: form[name].data or ZERO for name in NAMES})
        set_limits(session, limits=said, from_on=form.from_on.data, by=this_person().actor)
        return Recorded(url_for("approvals.limits"), "The approval limits are set.")

    def context() -> dict[str, Any]:
        session = reading()
        return {"unconfirmed": limits_row(session, today()) is None, "before": list_limits(session), "names": NAMES}

    return record_form(form, page="approvals/limits.html", record=record, context=context)
