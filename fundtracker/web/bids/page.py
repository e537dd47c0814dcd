"""Bids: money asked of funders. Recording one, and moving it on until it is won, lost or withdrawn."""

from typing import Any, NamedTuple

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import BidStatus
from fundtracker.domain.years import today
from fundtracker.services.bids import BidDetails, find_bid, move_bid_on, record_bid, reopen_bid
from fundtracker.services.events import events_of
from fundtracker.services.figures import as_at, fund_balances
from fundtracker.services.posting import Particulars
from fundtracker.store.bids import Bid
from fundtracker.web.bids.forms import BidForm, MoveForm, ReopenForm, next_steps
from fundtracker.web.blueprints import bids as pages
from fundtracker.web.db import reading
from fundtracker.web.once import Recorded
from fundtracker.web.signed_in import this_person
from fundtracker.web.steps import record_form


class Stage(NamedTuple):
    """One stage on a bid's way: its words, whether it was reached, and whether the bid stands there now."""

    words: str
    reached: bool
    now: bool
    on: Any = None
    doubt: str = ""


@pages.get("/bids/<path:ref>")
def show(ref: str) -> str:
    """Show one bid: what it asks for, how far it has got, and what can be done with it."""
    session = reading()
    bid = find_bid(session, ref)
    return render_template(
        "bids/show.html",
        bid=bid,
        stages=stages(bid),
        won=_won(session, bid),
        next_steps=next_steps(bid),
        events=events_of(session, bid),
    )


def _won(session: Session, bid: Bid) -> Pence | None:
    """Give the pence first allocated to the fund that a bid opened."""
    if bid.fund is None:
        return None
    return fund_balances(session, as_at(session), [bid.fund.id])[bid.fund.id].original


def stages(bid: Bid) -> list[Stage]:
    """Give the stages of a bid's way, from the national opportunity, where there was one, to its outcome."""
    ended, status = bid.decided_on is not None or bid.fund is not None, bid.status
    was_sent = bid.submitted_on is not None or status.awaiting
    way = [Stage("National opportunity", True, False)] if bid.national_pot is not None else []
    way.append(Stage("In development", True, status is BidStatus.IN_DEVELOPMENT))
    if was_sent or not ended:
        way.append(Stage("Submitted", was_sent, status is BidStatus.SUBMITTED, bid.submitted_on, bid.date_doubt))
    if status is BidStatus.CLARIFICATION:
        way.append(Stage("Clarification", True, True))
    words = "Outcome" if status.awaiting or status is BidStatus.IN_DEVELOPMENT else status.value.capitalize()
    return [*way, Stage(words, words != "Outcome", words != "Outcome", bid.decided_on)]


@pages.route("/bids/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Record a bid, or a national opportunity that one may be made for."""
    form = BidForm()

    def record(session: Session) -> Recorded:
        bid = record_bid(session, details=_details(form), particulars=_said(today()))
        return Recorded(url_for("bids.show", ref=bid.reference), f"{bid.reference} is recorded: {bid.title}.")

    return record_form(form, page="bids/new.html", record=record)


def _details(form: BidForm) -> BidDetails:
    status = BidStatus(form.stage.data)
    return BidDetails(
        title=form.title.data,
        funder=form.funder.data,
        status=status,
        sought=form.sought.data,
        national_pot=form.national_pot.data,
        submitted_on=form.submitted_on.data if status.awaiting else None,
        outcome_expected=form.outcome_expected.data,
        partners=form.partners.data,
        notes=form.notes.data,
    )


@pages.route("/bids/<path:ref>/move-on", methods=["GET", "POST"])
def move_on(ref: str) -> ResponseReturnValue:
    """Record that a bid was submitted, queried, lost or withdrawn."""
    bid = find_bid(reading(), ref)
    if request.method == "GET" and not next_steps(bid):
        return redirect(url_for("bids.show", ref=bid.reference))
    form = MoveForm(on=today(), outcome_expected=bid.outcome_expected)
    form.lay_out(bid)

    def record(session: Session) -> Recorded:
        found, status = find_bid(session, ref), BidStatus(form.stage.data)
        particulars = _said(form.on.data, form.note.data)
        move_bid_on(session, bid=found, status=status, particulars=particulars, **form.known_by_now())
        return Recorded(url_for("bids.show", ref=found.reference), f"{found.reference} is {status.value}.")

    def context() -> dict[str, Any]:
        return {"bid": find_bid(reading(), ref)}

    return record_form(form, page="bids/move_on.html", record=record, context=context)


@pages.route("/bids/<path:ref>/reopen", methods=["GET", "POST"])
def reopen(ref: str) -> ResponseReturnValue:
    """Take back that a bid was lost or withdrawn."""
    bid = find_bid(reading(), ref)
    if request.method == "GET" and bid.status not in (BidStatus.LOST, BidStatus.WITHDRAWN):
        return redirect(url_for("bids.show", ref=bid.reference))
    form = ReopenForm()

    def record(session: Session) -> Recorded:
        found = find_bid(session, ref)
        reopen_bid(session, bid=found, particulars=_said(today(), form.reason.data))
        says = f"{found.reference} is reopened: it is {found.status.value} again."
        return Recorded(url_for("bids.show", ref=found.reference), says)

    def context() -> dict[str, Any]:
        return {"bid": find_bid(reading(), ref)}

    return record_form(form, page="bids/reopen.html", record=record, context=context)


def _said(on: Any, narrative: str = "") -> Particulars:
    return Particulars(on=on, by=this_person().actor, narrative=narrative)
