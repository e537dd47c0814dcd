"""Bids: the office's own requests to funders, outside every balance until one is won."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fundtracker.domain.kinds import EventKind
from fundtracker.domain.money import Pence, pounds
from fundtracker.domain.refusals import NameMissingError, NotFoundRefusal, WrongStateError
from fundtracker.domain.statuses import BidStatus, Doubt
from fundtracker.domain.text import clean, name_line, one_line
from fundtracker.services import references
from fundtracker.services.allocations import allocate, not_below_zero
from fundtracker.services.events import note_event
from fundtracker.services.funds import FundDetails, open_fund
from fundtracker.services.posting import Particulars, check_day
from fundtracker.store.bids import Bid
from fundtracker.store.funds import Fund

_ENDED = (BidStatus.WON, BidStatus.WON_IN_PART, BidStatus.LOST, BidStatus.WITHDRAWN)


@dataclass(frozen=True, kw_only=True)
class BidDetails:
    """What is asked of a funder, in pence or not stated; a national pot is information and never our money."""

    title: str
    funder: str
    status: BidStatus = BidStatus.IN_DEVELOPMENT
    sought: Pence | None = None
    national_pot: Pence | None = None
    submitted_on: date | None = None
    date_doubt: Doubt = Doubt.NONE
    outcome_expected: str = ""
    partners: str = ""
    notes: str = ""
    source_note: str = ""


def record_bid(session: Session, *, details: BidDetails, particulars: Particulars) -> Bid:
    """Record a bid, or a national opportunity with no amount of ours; raises NameMissingError, BelowZeroError."""
    if not one_line(details.title):
        raise NameMissingError("Enter what the bid is for", field="title")
    not_below_zero(details.sought, "sought")
    not_below_zero(details.national_pot, "national_pot")
    bid = Bid(
        reference=references.next_bid(session), title=name_line(details.title), funder=name_line(details.funder),
        status=details.status, sought=details.sought, national_pot=details.national_pot,
        submitted_on=details.submitted_on, date_doubt=details.date_doubt,
        outcome_expected=one_line(details.outcome_expected), partners=one_line(details.partners),
        notes=clean(details.notes), source_note=one_line(details.source_note),
        batch_id=particulars.batch.id if particulars.batch else None,
    )  # fmt: skip
    session.add(bid)
    note_event(session, EventKind.BID_RECORDED, bid, particulars)
    return bid


def move_bid_on(session: Session, *, bid: Bid, status: BidStatus, particulars: Particulars) -> None:
    """Note that a bid was submitted, queried, lost or withdrawn; raises WrongStateError for won, or once it ended."""
    check_open(bid)
    check_day(particulars.on)
    if status in (BidStatus.WON, BidStatus.WON_IN_PART):
        raise WrongStateError("Winning a bid opens its fund. Record it as won.")
    if status is BidStatus.SUBMITTED:
        bid.submitted_on = particulars.on
    elif status in _ENDED:
        bid.decided_on = particulars.on
    bid.status = status
    note_event(session, EventKind.BID_MOVED_ON, bid, particulars, says=f"{status.value.capitalize()}.")


def win_bid(session: Session, *, bid: Bid, amount: Pence, fund_details: FundDetails, particulars: Particulars) -> Fund:
    """Record that a bid was won, in full or for less: open its fund and allocate the pence offered to it."""
    check_open(bid)
    fund = open_fund(session, details=fund_details, particulars=particulars)
    allocate(session, line=fund.lines[0], amount=amount, particulars=particulars)
    in_part = bid.sought is not None and amount < bid.sought
    bid.status = BidStatus.WON_IN_PART if in_part else BidStatus.WON
    bid.decided_on = particulars.on
    bid.fund = fund
    note_event(session, EventKind.BID_WON, bid, particulars, says=f"{bid.status.value.capitalize()}: {pounds(amount)}.")
    return fund


def check_open(bid: Bid) -> None:
    """Refuse to decide a bid twice."""
    if bid.status in _ENDED:
        raise WrongStateError(f"{bid.reference} is {bid.status.value} already.")


def find_bid(session: Session, reference: str) -> Bid:
    """Give the bid with a reference, in any case; raises NotFoundRefusal."""
    bid = session.scalar(select(Bid).where(func.lower(Bid.reference) == reference.strip().lower()))
    if bid is None:
        raise NotFoundRefusal(f"There is no bid with the reference {one_line(reference)}.")
    return bid
