"""Saying what others put beside a funder's money of a year: match funding, in cash and in kind."""

from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence, pounds
from fundtracker.domain.years import year_label
from fundtracker.services.funds import find_fund
from fundtracker.services.match_funding import Matched, check_has_year, match_funding, state_match_funding
from fundtracker.web.blueprints import year_end as pages
from fundtracker.web.db import reading
from fundtracker.web.forms import Form, StatedField, TextField
from fundtracker.web.once import Recorded
from fundtracker.web.signed_in import this_person
from fundtracker.web.steps import record_form
from fundtracker.web.year_end.statements import asked_of


class MatchFundingForm(Form):
    """What others put beside a fund's money of a year; what is left empty is not stated."""

    cash = StatedField("In cash", hint="Leave it empty where it is not stated.")
    in_kind = StatedField("In kind", hint="What the things or the time are worth.")
    source = TextField("Read from", longest=200, hint="Like the partners’ returns of May 2021.")


@pages.route("/funds/<path:ref>/match-funding", methods=["GET", "POST"])
def matched(ref: str) -> ResponseReturnValue:
    """Say what others put beside a fund's money of a year, for its statement."""
    fund = find_fund(reading(), ref)
    year = asked_of(fund).year
    check_has_year(fund, year)
    said = match_funding(reading(), fund, year)
    form = MatchFundingForm(
        cash=said.cash if said else None, in_kind=said.in_kind if said else None, source=said.source if said else ""
    )

    def record(session: Session) -> Recorded:
        own = find_fund(session, ref)
        stated = Matched(cash=form.cash.data, in_kind=form.in_kind.data, source=form.source.data)
        state_match_funding(session, fund=own, year=year, matched=stated, by=this_person().actor)
        says = f"Match funding of {year_label(year)}: {_said(stated.cash)} in cash, {_said(stated.in_kind)} in kind."
        return Recorded(url_for("year_end.statement", ref=own.reference, year=year_label(year)), says)

    def context() -> dict[str, Any]:
        own = find_fund(reading(), ref)
        return {"fund": own, "year": year_label(year), "said": match_funding(reading(), own, year)}

    return record_form(form, page="year_end/matched.html", record=record, context=context)


def _said(amount: Pence | None) -> str:
    return "not stated" if amount is None else pounds(amount)
