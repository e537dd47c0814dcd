"""The rules of the exception report: which are watched, tuned by the office, and the time it takes to renew."""

from typing import Any, cast

from flask import url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.services.exceptions.rules import RULES, Rule
from fundtracker.services.exceptions.settings import Tuned, changes, read_rules, set_lead_times, tune
from fundtracker.services.office import find_office
from fundtracker.web.db import reading
from fundtracker.web.forms import Form, TextField, TickField, WholeField
from fundtracker.web.once import Recorded
from fundtracker.web.settings import pages
from fundtracker.web.signed_in import this_person
from fundtracker.web.steps import record_form

NEWEST = 10
_NAMES = ("watched", "days", "percent", "owner", "action")
_EMPTY = "Enter a whole number, like 30"


def _fields() -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for rule, facts in RULES.items():
        fields[f"{rule.value}-watched"] = TickField("Watch it")
        if facts.days is not None:
            fields[f"{rule.value}-days"] = WholeField(facts.days_are, required=_EMPTY)
        if facts.percent is not None:
            fields[f"{rule.value}-percent"] = WholeField(facts.percent_is, required=_EMPTY)
        fields[f"{rule.value}-owner"] = TextField("Owner", longest=100)
        fields[f"{rule.value}-action"] = TextField("What to do", longest=200)
    return fields


class _LeadTimes(Form):
    """The time that it takes to renew a grant and to procure a contract."""

    renew_days = WholeField("Days to renew a grant", required=_EMPTY)
    procure_days = WholeField("Days to procure a contract", required=_EMPTY)


RulesForm = cast(type[_LeadTimes], type("RulesForm", (_LeadTimes,), _fields()))


@pages.route("/settings/exceptions", endpoint="exceptions", methods=["GET", "POST"])
def edit() -> ResponseReturnValue:
    """Switch and tune the rules."""
    session = reading()
    office = find_office(session)
    now = {f"{rule.value}-{name}": getattr(one, name) for rule, one in read_rules(session).items() for name in _NAMES}
    form = RulesForm(data={**now, "renew_days": office.renew_days, "procure_days": office.procure_days})

    def record(session: Session) -> Recorded:
        by = this_person().actor
        changed = sum(tune(session, tuned=_tuned(form, rule), by=by) for rule in Rule)
        days = {name: form[name].data for name in ("renew_days", "procure_days")}
        changed += set_lead_times(session, **days, by=by)
        says = "The rules are changed." if changed else "Nothing was different, so nothing was changed."
        return Recorded(url_for("settings.exceptions"), says)

    def context() -> dict[str, Any]:
        return {"rules": RULES, "changes": changes(reading(), NEWEST)}

    return record_form(form, page="settings/exceptions.html", record=record, context=context)


def _tuned(form: Form, rule: Rule) -> Tuned:
    given = {name: form[f"{rule.value}-{name}"].data for name in _NAMES if f"{rule.value}-{name}" in form}
    return Tuned(rule=rule, **{"days": None, "percent": None, **given})
