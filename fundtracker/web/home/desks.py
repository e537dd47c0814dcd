"""What each post reads first: how the money stands, what waits for an answer, what is to be paid, who may sign in."""

from typing import Any

from flask import render_template
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fundtracker.domain.roles import Role
from fundtracker.domain.statuses import ApplicationStatus
from fundtracker.services import runs
from fundtracker.services.listings import applications, awards, bids, payments
from fundtracker.services.listings.filters import TO_PAY, TO_RECOVER, Filters
from fundtracker.services.listings.paging import Order, Part
from fundtracker.services.listings.returns import FIRST, OVERDUE, list_returns
from fundtracker.services.office import find_office, list_names
from fundtracker.services.papers.keeping import list_papers
from fundtracker.services.queues import list_unsettled
from fundtracker.services.summaries import Summary, summarise
from fundtracker.store.office import Area, Objective
from fundtracker.store.people import Person
from fundtracker.web.approvals.page import mine
from fundtracker.web.choices import SOURCES
from fundtracker.web.home.chief_executive import read_home
from fundtracker.web.lists.payments import what
from fundtracker.web.reports.papers import KINDS

SHOWN = 10
_UNDECIDED = Filters(status=bids.UNDECIDED)


def show_desk(session: Session, role: Role) -> str:
    """Show the first page of a post."""
    page, read = _DESKS[role]
    return render_template(f"home/{page}.html", **read(session))


def _commissioning(session: Session) -> dict[str, Any]:
    summary = summarise(session)
    received = Filters(status=ApplicationStatus.RECEIVED.value)
    oldest = Part(order=Order("received"), size=2 * SHOWN)
    return {
        **mine(session),
        **_funds(summary),
        "left": {row.fund.reference: row.balance.remaining for row in summary.funds},
        "queue": applications.list_applications(session, summary.when, received, oldest),
        "unsettled": list_unsettled(session, SHOWN),
        "returns": list_returns(session, Filters(status=OVERDUE), Part(order=FIRST.order, size=SHOWN)),
        "bids": bids.list_bids(session, _UNDECIDED, Part(order=Order("submitted"), size=SHOWN)),
    }


def _finance(session: Session) -> dict[str, Any]:
    summary = summarise(session)
    when, oldest = summary.when, Part(order=Order("decided"), size=SHOWN)
    return {
        **mine(session),
        **_funds(summary),
        "when": when,
        "due": awards.list_awards(session, when, Filters(owed=TO_PAY), oldest),
        "owing": awards.list_awards(session, when, Filters(owed=TO_RECOVER), oldest),
        "latest": payments.list_payments(session, when, Filters(), Part(order=payments.NEWEST.order, size=SHOWN)),
        "what": what,
        "runs": runs.list_waiting(session),
    }


def _funds(summary: Summary) -> dict[str, Any]:
    """Give the funds for their table, under whose money they are."""
    groups = [(SOURCES[source], rows, subtotal) for source, rows, subtotal in summary.groups]
    return {"summary": summary, "groups": groups}


def _administrator(session: Session) -> dict[str, Any]:
    active = Person.active.is_(True)
    posts = select(Person.role, func.count(), func.count(Person.password_hash)).where(active).group_by(Person.role)
    return {
        "office": find_office(session),
        "roles": Role,
        "posts": {role: (count, ready) for role, count, ready in session.execute(posts)},
        "objectives": list_names(session, Objective),
        "areas": list_names(session, Area),
    }


def _papers(session: Session) -> dict[str, Any]:
    return {"papers": list_papers(session), "kinds": KINDS}


_DESKS = {
    **dict.fromkeys(
        (Role.CHIEF_EXECUTIVE, Role.COMMISSIONER, Role.DEPUTY, Role.VIEWER), ("chief_executive", read_home)
    ),
    **dict.fromkeys((Role.COMMISSIONING, Role.MANAGER), ("commissioning", _commissioning)),
    **dict.fromkeys((Role.FINANCE, Role.CHIEF_FINANCE), ("finance", _finance)),
    Role.PANEL: ("panel", _papers),
    Role.ADMINISTRATOR: ("administrator", _administrator),
}
