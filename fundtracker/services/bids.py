"""Bids: the office's own requests to funders, outside every balance until one is won."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fundtracker.domain.kinds import EventKind
from fundtracker.domain.money import Pence, pounds
from fundtracker.domain.refusals import DateRefusedError, NameMissingError, NotFoundRefusal, WrongStateError
from fundtracker.domain.statuses import BidStatus, Doubt
from fundtracker.domain.text import clean, name_line, one_line
from fundtracker.domain.years import long_date
from fundtracker.services import references
from fundtracker.services.allocations import allocate, not_below_zero
from fundtracker.services.days import check_day
from fundtracker.services.events import note_event
from fundtracker.services.funds import FundDetails, open_fund
from fundtracker.services.posting import Particulars
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


def move_bid_on(
    session: Session,
    *,
    bid: Bid,
    status: BidStatus,
    particulars: Particulars,
    sought: Pence | None = None,
    outcome_expected: str = "",
) -> None:
    """
    Note that a bid was submitted, queried, lost or withdrawn, and what is asked, in pence, where it is known by now.

    Raises WrongStateError for won, or once it ended, DateRefusedError for an end before it was sent, BelowZeroError.
    """
    _check_step(bid, status)
    check_day(particulars.on)
    not_below_zero(sought, "sought")
    if status in _ENDED:
        _check_not_before_sent(bid, particulars.on)
        bid.decided_on = particulars.on
    elif status is BidStatus.SUBMITTED and (bid.status is BidStatus.IN_DEVELOPMENT or bid.submitted_on is None):
        bid.submitted_on, bid.date_doubt = particulars.on, Doubt.NONE
    bid.status = status
    bid.sought = bid.sought if sought is None else sought
    bid.outcome_expected = one_line(outcome_expected) or bid.outcome_expected
    asked = "" if sought is None else f", asking for {pounds(sought)}"
    note_event(session, EventKind.BID_MOVED_ON, bid, particulars, says=f"{status.value.capitalize()}{asked}.")


def _check_step(bid: Bid, status: BidStatus) -> None:
    check_open(bid)
    if status in (BidStatus.WON, BidStatus.WON_IN_PART):
        raise WrongStateError("Winning a bid opens its fund. Record it as won.")
    if status is bid.status:
        raise WrongStateError(f"{bid.reference} is {status.value} already.")


def win_bid(session: Session, *, bid: Bid, amount: Pence, fund_details: FundDetails, particulars: Particulars) -> Fund:
    """
    Record that a bid was won, in full or for less: open its fund and allocate the pence offered to it.

    Raises WrongStateError once it ended, DateRefusedError before it was sent, and what opening and allocating raise.
    """
    check_open(bid)
    _check_not_before_sent(bid, particulars.on)
    fund = open_fund(session, details=fund_details, particulars=particulars)
    allocate(session, line=fund.lines[0], amount=amount, particulars=particulars)
    in_part = bid.sought is not None and amount < bid.sought
    bid.status = BidStatus.WON_IN_PART if in_part else BidStatus.WON
    bid.decided_on = particulars.on
    bid.fund = fund
    note_event(session, EventKind.BID_WON, bid, particulars, says=f"{bid.status.value.capitalize()}: {pounds(amount)}.")
    return fund


def reopen_bid(session: Session, *, bid: Bid, particulars: Particulars) -> None:
    """Take back that a bid was lost or withdrawn, so that it stands where it stood; raises WrongStateError."""
    if bid.fund is not None:
        raise WrongStateError(
            f"{bid.reference} is {bid.status.value}, and {bid.fund.name} holds its money. A won bid is not reopened: "
            "lower, move or return what that fund was allocated, or close the fund."
        )
    if bid.status not in _ENDED:
        raise WrongStateError(f"{bid.reference} is {bid.status.value}: there is nothing to reopen.")
    ended = bid.status.value
    bid.status = BidStatus.SUBMITTED if bid.submitted_on else BidStatus.IN_DEVELOPMENT
    bid.decided_on = None
    says = f"No longer {ended}: {bid.status.value} again."
    note_event(session, EventKind.BID_REOPENED, bid, particulars, says=says)


def check_open(bid: Bid) -> None:
    """Refuse to decide a bid twice."""
    if bid.status in _ENDED:
        raise WrongStateError(f"{bid.reference} is {bid.status.value} already.")


def _check_not_before_sent(bid: Bid, on: date) -> None:
    # A date that a workbook left out stands for none, so nothing can be earlier than it.
    if bid.submitted_on is not None and not bid.date_doubt and on < bid.submitted_on:
        raise DateRefusedError(
            f"{bid.reference} was sent on {long_date(bid.submitted_on)}. Its outcome cannot be dated earlier.",
            field="on",
        )


def find_bid(session: Session, reference: str) -> Bid:
    """Give the bid with a reference, in any case; raises NotFoundRefusal."""
    bid = session.scalar(select(Bid).where(func.lower(Bid.reference) == reference.strip().lower()))
    if bid is None:
        raise NotFoundRefusal(f"There is no bid with the reference {one_line(reference)}.")
    return bid
