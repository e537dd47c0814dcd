"""Applications: logging a request for money, declining it and withdrawing it."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fundtracker.domain.kinds import EventKind
from fundtracker.domain.money import Pence, pounds
from fundtracker.domain.refusals import (
    DateRefusedError,
    LoggedBeforeError,
    NotFoundRefusal,
    ReasonMissingError,
    WrongStateError,
)
from fundtracker.domain.statuses import ApplicationStatus
from fundtracker.domain.text import clean, one_line
from fundtracker.domain.years import long_date
from fundtracker.services import references
from fundtracker.services.allocations import not_below_zero
from fundtracker.services.days import check_day
from fundtracker.services.events import note_event
from fundtracker.services.funds import check_takes_new
from fundtracker.services.interests import find_free
from fundtracker.services.organisation_sums import selves
from fundtracker.services.organisations import root_of
from fundtracker.services.outcomes import check_named
from fundtracker.services.posting import Particulars
from fundtracker.store.applications import Application
from fundtracker.store.funds import Fund, FundOutcome
from fundtracker.store.organisations import Organisation


@dataclass(frozen=True, kw_only=True)
class ApplicationDetails:
    """What an organisation asks of a fund; the amount is in pence, or None where it is not stated."""

    fund: Fund
    organisation: Organisation
    asked_for: Pence | None
    purpose: str = ""
    benefits: str = ""
    outcomes: tuple[FundOutcome, ...] = ()


def log_application(session: Session, *, details: ApplicationDetails, particulars: Particulars) -> Application:
    """
    Log an application, received on the date of its particulars, to a fund that is open.

    Raises FundNotOpenError, DateRefusedError, or OutcomeMissingError where the fund asks for one and none is named,
    unless it is brought in: a spreadsheet names none.
    """
    fund = details.fund
    check_takes_new(fund, "application")
    check_day(particulars.on, field="received_on")
    not_below_zero(details.asked_for, "asked_for")
    outcomes = [outcome for outcome in fund.outcomes if outcome in details.outcomes]
    if particulars.batch is None:
        check_named(fund, outcomes)
    application = Application(
        reference=references.next_application(session, fund),
        fund=fund,
        organisation=root_of(details.organisation),
        asked_for=details.asked_for,
        received_on=particulars.on,
        purpose=clean(details.purpose),
        benefits=one_line(details.benefits),
        status=ApplicationStatus.RECEIVED,
    )
    application.outcomes = outcomes
    session.add(application)
    note_event(session, EventKind.APPLICATION_LOGGED, application, particulars)
    return application


def check_not_logged(session: Session, details: ApplicationDetails) -> None:
    """Ask before logging what looks like an application that waits already; raises LoggedBeforeError."""
    alike = select(Application).where(
        Application.organisation_id.in_(selves(session, root_of(details.organisation))),
        Application.fund_id == details.fund.id,
        Application.status == ApplicationStatus.RECEIVED,
        Application.asked_for == details.asked_for,
    )
    before = session.scalars(alike.order_by(Application.id.desc())).first()
    if before is not None:
        asked = "with no amount stated" if before.asked_for is None else f"for {pounds(before.asked_for)}"
        raise LoggedBeforeError(
            f"{before.organisation.name} asked this fund {asked} on {long_date(before.received_on)}, and it still "
            f"waits: {before.reference}. Tick the box if this is another application",
            field="again",
        )


def find_application(session: Session, reference: str) -> Application:
    """
    Give the application with a reference, in any case.

    Raises NotFoundRefusal, and InterestDeclaredError where the reader declared an interest that touches it.
    """
    application = find_free(session, func.lower(Application.reference) == reference.strip().lower())
    if application is None:
        raise NotFoundRefusal(f"There is no application with the reference {one_line(reference)}.")
    return application


def decline(session: Session, *, application: Application, reasons: str, particulars: Particulars) -> None:
    """Decline an application with reasons; raises WrongStateError where it is decided already."""
    check_waiting(application)
    check_day(particulars.on)
    if not clean(reasons):
        raise ReasonMissingError("Enter the reasons for declining", field="reasons")
    application.reasons = clean(reasons)
    record_decision(application, ApplicationStatus.DECLINED, particulars)
    note_event(session, EventKind.APPLICATION_DECLINED, application, particulars)


def withdraw_application(
    session: Session, *, application: Application, particulars: Particulars, reasons: str = ""
) -> None:
    """Record that the organisation has withdrawn its application before it was decided, with its reasons if any."""
    check_waiting(application)
    check_day(particulars.on)
    application.reasons = clean(reasons)
    record_decision(application, ApplicationStatus.WITHDRAWN, particulars)
    note_event(session, EventKind.APPLICATION_WITHDRAWN, application, particulars)


def reopen_application(session: Session, *, application: Application, particulars: Particulars) -> None:
    """
    Let an application that was declined or withdrawn by mistake wait again; its history keeps what was decided.

    Raises WrongStateError for one that waits or is awarded, ReasonMissingError without a narrative, DateRefusedError.
    """
    check_reopenable(application)
    check_day(particulars.on)
    if not one_line(particulars.narrative):
        raise ReasonMissingError("Enter why it is reopened", field="reasons")
    decided_on = application.decided_on or application.received_on
    if particulars.on < decided_on:
        raise DateRefusedError(
            f"{application.reference} was {application.status.value} on {long_date(decided_on)}. It cannot be reopened "
            "earlier. Enter a later date.",
            field="on",
        )
    reasons = f", with the reasons: {application.reasons.rstrip('.')}" if application.reasons else ""
    says = f"It was {application.status.value} on {long_date(decided_on)} by {application.decided_by}{reasons}."
    wait_again(application)
    note_event(session, EventKind.APPLICATION_REOPENED, application, particulars, says=says)


def check_reopenable(application: Application) -> None:
    """Refuse to reopen an application that waits, or that was awarded."""
    if application.status is ApplicationStatus.RECEIVED:
        raise WrongStateError(f"{application.reference} waits for a decision already. There is nothing to reopen.")
    if application.status in (ApplicationStatus.IN_FULL, ApplicationStatus.IN_PART):
        raise WrongStateError(
            f"{application.reference} is {application.status.value}. Undo the entry that awarded it, and it waits "
            "again; or withdraw its award."
        )


def wait_again(application: Application) -> None:
    """Take back what was decided on an application, so that it waits for a decision."""
    application.status = ApplicationStatus.RECEIVED
    application.decided_on = None
    application.decided_by = application.decision_reference = application.reasons = ""


def check_waiting(application: Application) -> None:
    """Refuse to decide an application twice."""
    if application.status is not ApplicationStatus.RECEIVED:
        by = f" by {application.decided_by}" if application.decided_by else ""
        on = f" on {long_date(application.decided_on)}" if application.decided_on else ""
        raise WrongStateError(
            f"{application.reference} is {application.status.value} already, decided{by}{on}. Nothing was recorded."
        )


def record_decision(application: Application, status: ApplicationStatus, particulars: Particulars) -> None:
    """
    Note on an application what was decided, when, by whom, and the decision reference.

    Raises DateRefusedError for a day before it was received.
    """
    if particulars.on < application.received_on:
        raise DateRefusedError(
            f"{application.reference} was received on {long_date(application.received_on)}. It cannot be decided "
            "earlier. Enter a later date.",
            field="on",
        )
    application.status = status
    application.decided_on = particulars.on
    application.decided_by = particulars.by.name
    application.decision_reference = one_line(particulars.decision)


def how_answered(application: Application, awarded: int) -> ApplicationStatus:
    """Say whether an amount awarded, in pence, answers an application in full or in part."""
    in_part = application.asked_for is not None and awarded < application.asked_for
    return ApplicationStatus.IN_PART if in_part else ApplicationStatus.IN_FULL
