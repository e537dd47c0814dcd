"""Winning a bid: its amount, and the fund that it opens, on one screen; checked before it is recorded."""

from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.money import ZERO, pounds
from fundtracker.domain.statuses import Source
from fundtracker.domain.years import today, year_of
from fundtracker.services.bids import find_bid, win_bid
from fundtracker.store.bids import Bid
from fundtracker.store.office import Objective
from fundtracker.web.bids.forms import next_steps
from fundtracker.web.blueprints import bids as pages
from fundtracker.web.choices import SOURCES, names_of
from fundtracker.web.db import reading
from fundtracker.web.funds.opening import FundForm, fund_details
from fundtracker.web.once import Recorded
from fundtracker.web.particulars import particulars_of
from fundtracker.web.steps import check_then_record

_NEEDED = {
    "amount": "Enter the amount won",
    "on": "Enter the date of the funder’s answer",
    "decision": "Enter the decision reference: accepting the money allocates it",
}


class WinForm(FundForm):
    """What was won, and the fund to open with it: here the amount, its date and the decision are always asked."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.amount.label.text = "Amount won"
        self.amount.description = "What the funder offers, which may be less than was asked for."
        self.on.label.text = "Date of the funder’s answer"
        self.decision.description = "The decision to accept it, like PCC/D/2020/31."
        for name in _NEEDED:
            self[name].flags.required = True

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for what a fund opened without a bid may leave out."""
        whole = super().validate(extra_validators)
        for name, words in _NEEDED.items():
            if not any(typed.strip() for typed in self[name].raw_data or ()):
                self[name].errors = [words]
        return bool(whole) and not self.errors


@pages.route("/bids/<path:ref>/win", methods=["GET", "POST"])
def win(ref: str) -> ResponseReturnValue:
    """Record that a bid was won, and open its fund with the money."""
    bid = find_bid(reading(), ref)
    if request.method == "GET" and not next_steps(bid):
        return redirect(url_for("bids.show", ref=bid.reference))
    form = _form(bid)
    opened: dict[str, str] = {}

    def record(session: Session) -> Recorded:
        won, amount = find_bid(session, ref), form.amount.data or ZERO
        fund = win_bid(
            session,
            bid=won,
            amount=amount,
            fund_details=fund_details(session, form),
            particulars=particulars_of(form, narrative=f"Won with bid {won.reference}"),
        )
        opened["reference"], opened["outcome"] = fund.reference, won.status.value
        says = f"{won.reference} is {won.status.value}. {fund.name} is open as {fund.reference}, with "
        return Recorded(url_for("funds.show", ref=fund.reference), f"{says}{pounds(amount)} allocated.")

    def context() -> dict[str, Any]:
        return {"bid": find_bid(reading(), ref), "opened": opened, "sources": SOURCES}

    return check_then_record(
        form, page="bids/win.html", check_page="bids/check_win.html", record=record, context=context
    )


def _form(bid: Bid) -> WinForm:
    """Give the form filled in with what the bid says."""
    form = WinForm(
        name=bid.title,
        funder=bid.funder,
        year=year_of(today()),
        source=Source.EXTERNAL.value,
        amount=bid.sought,
        on=today(),
    )
    form.objective.choices = names_of(reading(), Objective)
    return form
