"""Suggested accruals: what is to pay for work done by a day, ticked and recorded together, all or none."""

from datetime import date
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.dates import parse_day
from fundtracker.domain.money import ZERO, Pence, figure, parse_pounds, pounds
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.statuses import AccrualKind
from fundtracker.domain.years import last_day, long_date, today, year_of
from fundtracker.services.accruals import AccrualDetails, record_accrual
from fundtracker.services.funds import find_fund, open_funds
from fundtracker.services.listings.paging import PER_PAGE, last_page
from fundtracker.services.suggested import Suggestion, suggest_accruals
from fundtracker.store.awards import AwardLine
from fundtracker.web.addresses import whole_number
from fundtracker.web.blueprints import accruals as pages
from fundtracker.web.db import reading
from fundtracker.web.forms import Form, LongTextField
from fundtracker.web.forms.base import Problem
from fundtracker.web.once import Recorded, answer_again
from fundtracker.web.signed_in import this_person
from fundtracker.web.steps import record_form


class SuggestedForm(Form):
    """The suggestions that are ticked, each with its amount."""

    narrative = LongTextField("Narrative", longest=1_000, hint="It goes into the journal with each of them.")

    def __init__(self, suggestions: list[Suggestion], **filled_in: Any) -> None:
        super().__init__(**filled_in)
        self.suggestions = suggestions
        sent = set(request.form.getlist("tick"))
        self.ticked = [one for one in suggestions if str(one.award_line) in sent]
        self.gone = len(sent) - len(self.ticked)
        self.last = last_page(len(suggestions))
        self.page = min(max(whole_number(request.args.get("page", "")) or 1, 1), self.last)
        self.amounts: dict[int, Pence] = {}
        self.refused: dict[int, str] = {}

    @property
    def shown(self) -> list[Suggestion]:
        """Give the suggestions of the page that is asked for, and whatever else is ticked."""
        part = self.suggestions[(self.page - 1) * PER_PAGE : self.page * PER_PAGE]
        return [*part, *(one for one in self.ticked if one not in part)]

    def typed(self, one: Suggestion) -> str:
        """Give what stands in the field of a suggestion."""
        return request.form.get(f"amount-{one.award_line}", figure(one.amount))

    def validate(self, *others: Any, **more: Any) -> bool:
        """Ask for a tick, and for an amount that can be read beside each."""
        right = bool(super().validate(*others, **more))
        if self.gone:
            said = "1 of those ticked is" if self.gone == 1 else f"{self.gone} of those ticked are"
            self.form_errors.append(f"{said} accrued or paid by now. Look at what is left, and record that")
        elif not self.ticked:
            self.form_errors.append("Tick what is to be accrued")
        for one in self.ticked:
            try:
                self.amounts[one.award_line] = parse_pounds(self.typed(one))
            except Refusal as refusal:
                self.refused[one.award_line] = refusal.sentence
        return right and not self.form_errors and not self.refused

    def show(self, refusal: Refusal) -> None:
        """Put a refusal above the form, unless it is at its row already."""
        self.status = refusal.status
        if not self.refused:
            super().show(refusal)

    @property
    def problems(self) -> list[Problem]:
        """List what is wrong with the rows among the rest, each under its award."""
        names = {one.award_line: one.award for one in self.suggestions}
        rows = [Problem(f"{names[key]}: {said}", f"amount-{key}") for key, said in self.refused.items()]
        return [*super().problems, *rows]


@pages.route("/accruals/year-end", methods=["GET", "POST"])
def suggested() -> ResponseReturnValue:
    """Suggest what to accrue at a day, and record what is ticked."""
    again = answer_again()  # what was recorded is suggested no more, and its form is answered as it was
    if again is not None:
        return again
    session, (day, problem) = reading(), _asked_day()
    ref = request.args.get("fund", "")
    fund = find_fund(session, ref) if ref else None
    form = SuggestedForm(suggest_accruals(session, day, year_of(day), fund))

    def record(session: Session) -> Recorded:
        return _record(session, form, day)

    def context() -> dict[str, Any]:
        funds = {fund.reference: fund.name for fund in open_funds(reading())}
        return {"day": day, "problem": problem, "fund": ref, "funds": funds, "address": _page_address}

    if request.form.get("step") == "tick-all":
        form.ticked = form.shown
    if request.method == "GET" or request.form.get("step") == "tick-all":
        return render_template("accruals/suggested.html", form=form, **context())
    return record_form(form, page="accruals/suggested.html", record=record, context=context)


def _page_address(number: int) -> str:
    day, fund = (request.args.get(name) or None for name in ("day", "fund"))
    return url_for("accruals.suggested", day=day, fund=fund, page=number)


def _record(session: Session, form: SuggestedForm, day: date) -> Recorded:
    total = 0
    for one in form.ticked:
        line = session.get_one(AwardLine, one.award_line)
        details = AccrualDetails(
            kind=AccrualKind.ACCRUAL, line=line.budget_line, award_line=line, period_end=day,
            amount=form.amounts.get(one.award_line, ZERO), narrative=form.narrative.data,
        )  # fmt: skip
        try:
            total += record_accrual(session, details=details, by=this_person().actor).amount
        except Refusal as refusal:
            form.refused[one.award_line] = refusal.sentence
            raise
    count = len(form.ticked)
    says = f"{count} {'accrual' if count == 1 else 'accruals'} at {long_date(day)} recorded: {pounds(total)}."
    return Recorded(url_for("accruals.index"), says)


def _asked_day() -> tuple[date, str]:
    """Read the day that is asked for: the end of the last financial year where none is, or none that is a day."""
    usual, typed = last_day(year_of(today()) - 1), request.args.get("day", "").strip()
    try:
        return (parse_day(typed) if typed else usual), ""
    except Refusal as refusal:
        return usual, f"{refusal.sentence.rstrip('.')}. These are at {long_date(usual)}."
