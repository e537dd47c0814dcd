"""Requests for approval: what waits for this person, what this person asked for, and one request with all it says."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import render_template, url_for
from sqlalchemy.orm import Session

from fundtracker.domain.approvals import StepKind, may_decide
from fundtracker.domain.years import LONDON, today
from fundtracker.services.approvals import limits, waiting
from fundtracker.services.approvals.approving import approver_of, left_in
from fundtracker.services.approvals.asking import check_no_interest, find_request
from fundtracker.services.approvals.figures import measure
from fundtracker.services.approvals.proposals import proposal_of
from fundtracker.store.approvals import ApprovalRequest
from fundtracker.web.applications.queue import queue
from fundtracker.web.approvals.again import AGAIN
from fundtracker.web.blueprints import approvals as pages
from fundtracker.web.db import reading
from fundtracker.web.seen import effects_of
from fundtracker.web.signed_in import this_person


@dataclass(frozen=True)
class Row:
    """A request in a list: where it is read, since when it waits, and what came of it."""

    request: ApprovalRequest
    href: str
    since: date

    @property
    def days(self) -> int:
        """Give for how many days it has waited."""
        return (today() - self.since).days

    @property
    def state(self) -> str:
        """Say what came of it."""
        settled = self.request.settled
        return settled.kind.value if settled else "waiting"


@pages.get("/approvals")
def index() -> str:
    """List what waits for this person, what this person asked for, and what was settled lately."""
    session = reading()
    settled = [_row(request, "approvals.show") for request in waiting.list_latest(session)]
    return render_template("approvals/index.html", settled=settled, **mine(session))


def mine(session: Session) -> dict[str, Any]:
    """Give what waits for the person signed in and what that person asked for, for a first page too."""
    person = this_person()
    for_me = waiting.list_for(session, approver_of(session, person.person_id))
    asked = waiting.list_asked(session, person.person_id)
    return {
        "for_me": [_row(request, "approvals.decide") for request in for_me],
        "asked": [_row(request, "approvals.show") for request in asked],
    }


def _row(request: ApprovalRequest, page: str) -> Row:
    return Row(request, url_for(page, number=request.id), request.made_at.astimezone(LONDON).date())


@pages.get("/approvals/<int:number>")
def show(number: int) -> str:
    """Show one request: what is asked, what it would do, who may approve it, and every step taken with it."""
    return render_template("approvals/show.html", **about(reading(), number))


def about(session: Session, number: int) -> dict[str, Any]:
    """Give what the pages about a request show, worked out as the books stand now."""
    request = find_request(session, number)
    proposal, person = proposal_of(session, request), this_person()
    check_no_interest(session, proposal, person.actor)
    settled, approver = request.settled, approver_of(session, person.person_id)
    is_mine = request.made_by_id == person.person_id
    row = limits.limits_row(session, today())
    back = settled is not None and settled.kind is StepKind.SENT_BACK and is_mine and bool(request.address)
    return {
        "asked_for": request,
        "proposal": proposal,
        "settled": settled,
        "measured": measure(session, proposal),
        "left": left_in(proposal),
        "mine": is_mine,
        "may_decide": settled is None and not is_mine and may_decide(request.kind, approver, limits.limits_of(row)),
        "following": queue(session, proposal.application)["following"] if proposal.application else None,
        "unconfirmed": row is None,
        "change": f"{request.address}?{AGAIN}={request.id}" if back else "",
        **effects_of(session, [] if settled else proposal.drafts),
    }
