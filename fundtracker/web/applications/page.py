"""One application: what was asked for, what was decided, and what the organisation had."""

from typing import Any

from flask import render_template
from sqlalchemy.orm import Session

from fundtracker.domain.balances import total
from fundtracker.domain.statuses import ApplicationStatus
from fundtracker.services import histories
from fundtracker.services.applications import find_application
from fundtracker.services.approvals.waiting import waiting_on
from fundtracker.services.effects import award_balance
from fundtracker.services.events import events_of
from fundtracker.services.standing import standings
from fundtracker.store.applications import Application
from fundtracker.web.applications.queue import queue
from fundtracker.web.blueprints import applications as pages
from fundtracker.web.db import reading
from fundtracker.web.records import links_beside

NEWEST = 5


@pages.get("/applications/<path:ref>")
def show(ref: str) -> str:
    """Show one application: the amounts side by side, what was decided on it, its history, and which waits next."""
    session = reading()
    application = find_application(session, ref)
    awards = histories.answers_to(session, application)
    return render_template(
        "applications/show.html",
        application=application,
        awards=[(award, award_balance(award)) for award in awards],
        sums=total(award_balance(award) for award in awards),
        events=events_of(session, application),
        approvals=waiting_on(session, application),
        beside=links_beside(session, application),
        can_reopen=application.status in (ApplicationStatus.DECLINED, ApplicationStatus.WITHDRAWN),
        **record(session, application),
        **queue(session, application),
    )


def record(session: Session, application: Application) -> dict[str, Any]:
    """Give what the organisation had from us: sums, and its newest awards."""
    return {
        "standings": standings(session, application),
        "had": histories.newest_awards(session, application.organisation, NEWEST),
    }
