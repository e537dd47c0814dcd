"""One fund's forecast of a year: how it is worked out, what officers made of it, and adjusting it with a reason."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import HiddenField

from fundtracker.domain.refusals import NotFoundRefusal, Refusal
from fundtracker.domain.statuses import Sureness
from fundtracker.domain.years import FinancialYear, last_day, parse_year, year_label
from fundtracker.services.adjusting import ForecastChangedError, adjust_forecast, adjustments
from fundtracker.services.figures import as_at
from fundtracker.services.forecasts import forecasts
from fundtracker.services.funds import find_fund
from fundtracker.services.years_beside import year_in_hand
from fundtracker.store.forecasts import ForecastRecord
from fundtracker.store.funds import Fund
from fundtracker.web.blueprints import funds as pages
from fundtracker.web.db import reading
from fundtracker.web.forms import Form, RadioField, StatedField, TextField
from fundtracker.web.once import Recorded
from fundtracker.web.signed_in import this_person
from fundtracker.web.steps import record_form

SURE = {
    Sureness.HIGH.value: "High: it would surprise us to be far out",
    Sureness.MEDIUM.value: "Medium: the likeliest of several outcomes",
    Sureness.LOW.value: "Low: a first guess",
}


class AdjustForm(Form):
    """What an officer expects a fund to have cost by the year's end, how sure they are, and why."""

    amount = StatedField("Spent by the end of the year", hint="Leave it empty to go back to the schedule’s own amount.")
    sure = RadioField("How sure", choices=SURE, required="Choose how sure you are")
    reason = TextField("Reason", required="Enter why the forecast is changed", longest=400)
    as_read = HiddenField()


@pages.get("/funds/<path:ref>/forecast", endpoint="forecast")
def show(ref: str) -> str:
    """Show how a fund's forecast is worked out, and every adjustment of it."""
    session = reading()
    fund = find_fund(session, ref)
    return render_template("funds/forecast.html", **_context(session, fund, _year(session, fund)))


@pages.route("/funds/<path:ref>/forecast/adjust", endpoint="adjust", methods=["GET", "POST"])
def adjust(ref: str) -> ResponseReturnValue:
    """Adjust a fund's forecast with a reason; what another officer said meanwhile is shown beside it."""
    session = reading()
    fund = find_fund(session, ref)
    year = _year(session, fund)
    last = next(iter(adjustments(session, fund, year)), None)
    form = AdjustForm(as_read=str(last.id if last else 0), **_now(last))
    theirs: list[ForecastRecord] = []

    def record(session: Session) -> Recorded:
        mine = find_fund(session, ref)
        try:
            adjust_forecast(
                session, fund=mine, year=year, amount=form.amount.data, sure=Sureness(form.sure.data),
                reason=form.reason.data, as_read=_number(form.as_read.data), by=this_person().actor,
            )  # fmt: skip
        except ForecastChangedError as refusal:
            theirs.append(adjustments(session, mine, year)[0])
            form.as_read.data, form.as_read.raw_data = str(theirs[0].id), None
            refusal.sentence += " Both are below. Save again to put yours over it."
            raise
        says = f"The forecast of {mine.name} for {year_label(year)} is changed."
        return Recorded(url_for("funds.forecast", ref=mine.reference, year=year_label(year)), says)

    def context() -> dict[str, Any]:
        return {**_context(reading(), find_fund(reading(), ref), year), "theirs": theirs}

    return record_form(form, page="funds/adjust.html", record=record, context=context)


def _now(last: ForecastRecord | None) -> dict[str, Any]:
    """Give what the form is filled in with: what stands."""
    if last is None or last.amount is None:
        return {}
    return {"amount": last.amount, "sure": last.sure.value}


def _context(session: Session, fund: Fund, year: FinancialYear) -> dict[str, Any]:
    when = as_at(session)
    return {
        "fund": fund,
        "year": year,
        "ends": last_day(year),
        "when": when,
        "forecast": forecasts(session, when, year)[fund.id],
        "history": adjustments(session, fund),
    }


def _year(session: Session, fund: Fund) -> FinancialYear:
    """Read the year asked for, else the newest that the fund has begun; raises NotFoundRefusal for another."""
    years = sorted({line.year for line in fund.lines})
    typed = request.args.get("year", "")
    try:
        year = parse_year(typed) if typed else None
    except Refusal as refusal:
        raise NotFoundRefusal(refusal.sentence) from refusal
    if year is None:
        hand = year_in_hand(session, as_at(session)) or years[-1]
        year = FinancialYear(max((one for one in years if one <= hand), default=years[0]))
    if year not in years:
        raise NotFoundRefusal(f"{fund.name} has no money of {year_label(year)}, so there is nothing to forecast.")
    return year


def _number(typed: str | None) -> int:
    tidy = (typed or "").strip()
    return int(tidy) if tidy.isascii() and tidy.isdigit() and len(tidy) < len("1000000000000") else 0
