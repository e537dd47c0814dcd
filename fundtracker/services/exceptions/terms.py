"""Rules about terms: monitoring returns that are overdue, and agreements that were not accepted by their day."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import func, select

from fundtracker.domain.terms import AgreementStatus
from fundtracker.domain.years import long_date
from fundtracker.services.exceptions.awards import awards_where
from fundtracker.services.exceptions.found import Found, Look, a_month_on
from fundtracker.services.exceptions.rules import Rule
from fundtracker.services.terms import overdue
from fundtracker.store.awards import Award
from fundtracker.store.returns import MonitoringReturn
from fundtracker.store.terms import Agreement


def find_late_returns(look: Look) -> Iterator[Found]:
    """Find awards with a return that is overdue for too long; the earliest of them is named."""
    late = overdue(look.day - look.days(Rule.RETURN))
    rows = select(Award.reference, func.min(MonitoringReturn.due_on), func.count(MonitoringReturn.id))
    rows = rows.join(MonitoringReturn, MonitoringReturn.award_id == Award.id).where(late).group_by(Award.reference)
    found = {award: (due, count) for award, due, count in look.session.execute(rows)}
    for said in awards_where(look, Award.reference.in_(found)) if found else []:
        due, count = found[said.award]
        what = "a return is" if count == 1 else f"{count} returns are"
        says = f"{what} overdue, since {long_date(due)}"
        yield said.found(Rule.RETURN, says, due, a_month_on(due), said.amount)


def find_not_accepted(look: Look) -> Iterator[Found]:
    """Find awards whose agreement was offered and was not accepted by its day."""
    before = look.day - look.days(Rule.NOT_ACCEPTED)
    rows = select(Award.reference, Agreement.accept_by).join(Agreement, Agreement.award_id == Award.id)
    stands = (Agreement.undone_at.is_(None), Agreement.status == AgreementStatus.OFFERED)
    found: dict[str, date] = {
        award: day for award, day in look.session.execute(rows.where(*stands, Agreement.accept_by < before)) if day
    }
    for said in awards_where(look, Award.reference.in_(found)) if found else []:
        day = found[said.award]
        since = day + timedelta(days=1)
        says = f"its agreement was to be accepted by {long_date(day)}"
        yield said.found(Rule.NOT_ACCEPTED, says, since, a_month_on(since), said.amount)
