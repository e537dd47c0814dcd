"""What waits for an approval: for somebody to decide, as somebody asked for it, and beside a fund or an award."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from fundtracker.domain.approvals import COMMENTS, Approver, StepKind, band_for
from fundtracker.domain.roles import Actor
from fundtracker.domain.years import today
from fundtracker.services.approvals.approving import comments_on
from fundtracker.services.approvals.asking import check_no_interest, unsettled
from fundtracker.services.approvals.limits import limits_of, limits_row
from fundtracker.services.approvals.proposals import proposal_of
from fundtracker.services.interests import InterestDeclaredError
from fundtracker.store.applications import Application
from fundtracker.store.approvals import ApprovalRequest, ApprovalStep
from fundtracker.store.awards import Award
from fundtracker.store.funds import Fund

LATEST = 50
_Again = aliased(ApprovalRequest)
_WITH_IT = (joinedload(ApprovalRequest.fund), selectinload(ApprovalRequest.steps))


def list_for(session: Session, approver: Approver) -> list[ApprovalRequest]:
    """Give what waits for somebody's approval or comment, the oldest first: never what they asked for themselves."""
    limits, roles = limits_of(limits_row(session, today())), {post.role for post in approver.posts}
    found = []
    for request in _unsettled(session):
        band = band_for(request.kind, request.figure, limits)
        said = comments_on(request)
        asked = {COMMENTS[subject] for subject in band.needs if subject not in said}
        if request.made_by_id != approver.actor.person_id and not roles.isdisjoint({*band.posts, *asked}):
            found.append(request)
    return [request for request in found if _free(session, request, approver.actor)]


def _free(session: Session, request: ApprovalRequest, by: Actor) -> bool:
    try:
        check_no_interest(session, proposal_of(session, request), by)
    except InterestDeclaredError:
        return False
    return True


def list_asked(session: Session, person_id: int) -> list[ApprovalRequest]:
    """Give what somebody asked for that waits, or came back and was not asked again, the oldest first."""
    back = select(ApprovalStep.id).where(
        ApprovalStep.request_id == ApprovalRequest.id, ApprovalStep.kind == StepKind.SENT_BACK
    )
    again = select(_Again.id).where(_Again.follows_id == ApprovalRequest.id)
    open_still = unsettled() | (back.exists() & ~again.exists())
    rows = select(ApprovalRequest).where(ApprovalRequest.made_by_id == person_id, open_still)
    return list(session.scalars(rows.order_by(ApprovalRequest.id).options(*_WITH_IT)))


def list_latest(session: Session) -> list[ApprovalRequest]:
    """Give the requests that were settled, the newest first."""
    rows = select(ApprovalRequest).where(~unsettled()).order_by(ApprovalRequest.id.desc()).limit(LATEST)
    return list(session.scalars(rows.options(*_WITH_IT)))


def waiting_on(session: Session, subject: Fund | Award | Application) -> list[ApprovalRequest]:
    """Give what waits for approval on a fund, an award or an application."""
    match subject:
        case Fund():
            return _unsettled(session, ApprovalRequest.fund_id == subject.id)
        case Award():
            return _unsettled(session, ApprovalRequest.award_id == subject.id)
        case _:
            return _unsettled(session, ApprovalRequest.application_id == subject.id)


def approval_of(session: Session, number: int) -> ApprovalStep | None:
    """Give the approval with which an entry was posted, if it was posted with one."""
    covers = ApprovalStep.first_entry <= number, ApprovalStep.last_entry >= number
    return session.scalars(select(ApprovalStep).where(*covers).options(joinedload(ApprovalStep.request))).first()


def _unsettled(session: Session, *where: ColumnElement[bool]) -> list[ApprovalRequest]:
    rows = select(ApprovalRequest).where(unsettled(), *where).order_by(ApprovalRequest.id)
    return list(session.scalars(rows.options(*_WITH_IT)))
