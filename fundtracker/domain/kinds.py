"""What an entry in the books can be, and the one measure that each kind moves."""

from enum import StrEnum


class Measure(StrEnum):
    """One of the signed sums that the books keep for a budget line; the value is the column's name."""

    ALLOCATED = "allocated"
    OVER_ALLOWED = "over_allowed"
    AWARDED = "awarded"
    PAID = "paid"
    RECOVERED = "recovered"
    RECEIVED = "received"
    RETURNED = "returned"


class Kind(StrEnum):
    """What an entry records, in the words that a ledger shows."""

    ALLOCATION = "allocation"
    UPLIFT = "uplift"
    REDUCTION = "reduction"
    FUNDERS_CUT = "funder cut"
    TRANSFER_OUT = "transfer out"
    TRANSFER_IN = "transfer in"
    CARRY_FORWARD_OUT = "carry forward out"
    CARRY_FORWARD_IN = "carry forward in"
    ALLOWANCE = "allowance"
    AWARD = "award"
    VARIATION = "variation"
    WITHDRAWAL = "withdrawal"
    WRITE_OFF = "write-off"
    PAYMENT = "payment"
    REFUND = "refund"
    RECEIPT = "receipt"
    RETURN = "return to funder"

    @property
    def measure(self) -> Measure:
        """Name the measure that this kind moves."""
        return _MEASURES[self]

    @property
    def needs_decision(self) -> bool:
        """Say whether a person who records this must give a decision reference."""
        return self in _DECIDED


class EventKind(StrEnum):
    """What was decided or done without moving money, in the words that a history shows."""

    FUND_OPENED = "fund opened"
    FUND_SUSPENDED = "fund suspended"
    FUND_CLOSED = "fund closed"
    FUND_REOPENED = "fund reopened"
    LINE_OPENED = "budget line opened"
    APPLICATION_LOGGED = "application logged"
    APPLICATION_DECLINED = "application declined"
    APPLICATION_WITHDRAWN = "application withdrawn"
    APPLICATION_REOPENED = "application reopened"
    AWARD_RECORDED = "award recorded"
    AWARD_WITHDRAWN = "award withdrawn"
    AWARD_COMPLETED = "award completed"
    AWARD_REOPENED = "award reopened"
    ORGANISATION_ADDED = "organisation added"
    ORGANISATION_MERGED = "organisation merged"
    MERGE_UNDONE = "merge undone"
    BID_RECORDED = "bid recorded"
    BID_MOVED_ON = "bid moved on"
    BID_WON = "bid won"
    BID_REOPENED = "bid reopened"
    WORDS_EDITED = "words edited"
    SCHEDULE_CHANGED = "schedule changed"
    CONDITION_MET = "condition met"
    INSTALMENT_HELD = "instalment held"
    CLAIM_RECEIVED = "claim received"
    CLAIM_DECIDED = "claim decided"
    PAYMENT_CONFIRMED = "payment confirmed"
    RECEIPT_EXPECTED = "receipt expected"
    BATCH_UNDONE = "batch undone"
    CODING_CHANGED = "coding changed"
    MONITORING_RETURN = "monitoring return"
    CONDITION = "condition"
    AGREEMENT = "agreement"
    FILE = "file"


ALLOCATED_KINDS = (
    Kind.ALLOCATION,
    Kind.UPLIFT,
    Kind.REDUCTION,
    Kind.FUNDERS_CUT,
    Kind.TRANSFER_OUT,
    Kind.TRANSFER_IN,
    Kind.CARRY_FORWARD_OUT,
    Kind.CARRY_FORWARD_IN,
)
AWARDED_KINDS = (Kind.AWARD, Kind.VARIATION, Kind.WITHDRAWAL, Kind.WRITE_OFF)
LOWERING_KINDS = (
    Kind.REDUCTION,
    Kind.FUNDERS_CUT,
    Kind.TRANSFER_OUT,
    Kind.CARRY_FORWARD_OUT,
    Kind.WITHDRAWAL,
)
EITHER_WAY_KINDS = (Kind.VARIATION, Kind.ALLOWANCE)

_MEASURES = {
    **dict.fromkeys(ALLOCATED_KINDS, Measure.ALLOCATED),
    **dict.fromkeys(AWARDED_KINDS, Measure.AWARDED),
    Kind.ALLOWANCE: Measure.OVER_ALLOWED,
    Kind.PAYMENT: Measure.PAID,
    Kind.REFUND: Measure.RECOVERED,
    Kind.RECEIPT: Measure.RECEIVED,
    Kind.RETURN: Measure.RETURNED,
}

# A decision reference is asked for wherever authority to spend moves, or a debt is given up.
_DECIDED = frozenset(
    {
        Kind.ALLOCATION,
        Kind.UPLIFT,
        Kind.REDUCTION,
        Kind.TRANSFER_OUT,
        Kind.TRANSFER_IN,
        Kind.CARRY_FORWARD_OUT,
        Kind.CARRY_FORWARD_IN,
        Kind.ALLOWANCE,
        Kind.RETURN,
        Kind.WRITE_OFF,
    }
)
