"""The states that funds, applications, awards and bids can be in, and the choices that describe them."""

from enum import StrEnum


class Source(StrEnum):
    """Whose money a fund is."""

    EXTERNAL = "external"
    OWN = "own"
    RESERVE = "reserve"


class FundStatus(StrEnum):
    """Whether a fund takes new applications and awards (open), takes a pause, or takes no more."""

    OPEN = "open"
    SUSPENDED = "suspended"
    CLOSED = "closed"


class SpendType(StrEnum):
    """Whether money buys running costs or assets; the two are never mixed without a decision."""

    REVENUE = "revenue"
    CAPITAL = "capital"


class ApplicationStatus(StrEnum):
    """Where a request for money has got to."""

    RECEIVED = "received"
    IN_FULL = "awarded in full"
    IN_PART = "awarded in part"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class AwardType(StrEnum):
    """What kind of award it is; only grants and contracts are counted as awards."""

    GRANT = "grant"
    CONTRACT = "contract"
    IN_KIND = "in kind"
    PAID_IN_ERROR = "paid in error"


class AwardStatus(StrEnum):
    """Whether an award stands, was taken back, or has been seen to its end."""

    AWARDED = "awarded"
    WITHDRAWN = "withdrawn"
    COMPLETED = "completed"


class Basis(StrEnum):
    """How an award line was opened: with money, waiting for next year's, or with no value stated."""

    FIRM = "firm"
    SUBJECT_TO_FUNDING = "subject to funding"
    NOT_STATED = "not stated"


class BidStatus(StrEnum):
    """Where a request for money from a funder has got to."""

    IN_DEVELOPMENT = "in development"
    SUBMITTED = "submitted"
    CLARIFICATION = "clarification"
    WON = "won"
    WON_IN_PART = "won in part"
    LOST = "lost"
    WITHDRAWN = "withdrawn"

    @property
    def awaiting(self) -> bool:
        """Say whether the funder has the bid and has not answered."""
        return self in (BidStatus.SUBMITTED, BidStatus.CLARIFICATION)


class LegalPower(StrEnum):
    """The Act under which an award is made, which decides the statutory list that it is published in."""

    CRIME_AND_DISORDER = "Police Reform and Social Responsibility Act 2011, section 9"
    VICTIMS = "Anti-social Behaviour, Crime and Policing Act 2014, section 143"


class Doubt(StrEnum):
    """What a workbook left unsaid about a date or an amount, shown wherever it is."""

    NONE = ""
    NOT_STATED = "not stated"
    ILLUSTRATIVE = "illustrative"
