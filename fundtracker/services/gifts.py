"""Gifts in kind: things given, with no cash and no effect on any sum."""

from dataclasses import replace

from sqlalchemy.orm import Session

from fundtracker.domain.kinds import EventKind
from fundtracker.domain.money import Pence
from fundtracker.domain.refusals import NothingToDoError
from fundtracker.domain.statuses import AwardType
from fundtracker.services.allocations import not_below_zero
from fundtracker.services.awards import AwardDetails, make_award
from fundtracker.services.days import check_day
from fundtracker.services.events import note_event
from fundtracker.services.funds import check_takes_new
from fundtracker.services.posting import Particulars
from fundtracker.store.awards import Award
from fundtracker.store.funds import Fund


def record_gift(
    session: Session,
    *,
    details: AwardDetails,
    particulars: Particulars,
    fund: Fund | None = None,
    estimated_value: Pence | None = None,
) -> Award:
    """
    Record a gift in kind, from a fund or from none; its estimated value in pence is never added to a sum.

    Raises FundNotOpenError, NothingToDoError where it takes money, and BelowZeroError for a value below zero.
    """
    check_day(particulars.on)
    if fund is not None and particulars.batch is None:
        check_takes_new(fund, "award")
    not_below_zero(estimated_value, "estimated_value")
    if details.shares:
        raise NothingToDoError("A gift in kind takes no money from a fund. Leave the amount out.", field="amount")
    award = make_award(session, details=replace(details, type=AwardType.IN_KIND), particulars=particulars)
    award.fund = fund
    award.estimated_value = estimated_value
    note_event(session, EventKind.AWARD_RECORDED, award, particulars)
    return award
