"""What of an award's terms holds payments: returns that are overdue or to be accepted, conditions not met."""

from datetime import date

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, select

from fundtracker.domain.terms import AgreementStatus, ConditionStatus, ReturnStatus
from fundtracker.store.returns import MonitoringReturn
from fundtracker.store.terms import Agreement, AwardCondition

OPEN = (ReturnStatus.SCHEDULED, ReturnStatus.RECEIVED, ReturnStatus.QUERIED)
STANDS = MonitoringReturn.undone_at.is_(None)


def overdue(day: date) -> ColumnElement[bool]:
    """Say which returns were due before a day and have not come."""
    return and_(STANDS, MonitoringReturn.status == ReturnStatus.SCHEDULED, MonitoringReturn.due_on < day)


def late_returns(day: date) -> Subquery:
    """Give each award's first overdue return, and the first that must be accepted before what is due after it."""
    late = func.min(case((overdue(day), MonitoringReturn.due_on))).label("late_on")
    first = func.min(case((MonitoringReturn.accepted_first, MonitoringReturn.due_on))).label("accepted_first_on")
    rows = select(MonitoringReturn.award_id, late, first).where(STANDS, MonitoringReturn.status.in_(OPEN))
    return rows.group_by(MonitoringReturn.award_id).subquery("late_returns")


def unmet_conditions() -> Subquery:
    """Give a condition of each award that must be met before anything is paid, and is not."""
    rows = select(AwardCondition.award_id, func.min(AwardCondition.says).label("unmet"))
    waiting = (AwardCondition.undone_at.is_(None), AwardCondition.status == ConditionStatus.WAITING)
    return rows.where(*waiting, AwardCondition.before_payment).group_by(AwardCondition.award_id).subquery("unmet")


def offered() -> Select[int]:
    """Choose the agreements that are offered and not accepted, declined or lapsed."""
    return select(Agreement.id).where(Agreement.undone_at.is_(None), Agreement.status == AgreementStatus.OFFERED)
