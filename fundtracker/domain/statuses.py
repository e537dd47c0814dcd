"""The states that each record of the office can be in, and the choices that describe it."""

from enum import StrEnum


class Source(StrEnum):
    """Whose money a fund is."""

    EXTERNAL = "external"
    OWN = "own"
    RESERVE = "reserve"

    @property
    def words(self) -> str:
        """Say whose money it is."""
        return _WHOSE[self]


_WHOSE = {
    Source.EXTERNAL: "External money",
    Source.OWN: "The Commissioner’s own money",
    Source.RESERVE: "Reserves",
}


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


class BatchKind(StrEnum):
    """What a file that is brought in holds."""

    OFFICE = "office"
    ORGANISATIONS = "organisations"
    APPLICATIONS = "applications"
    AWARDS = "awards"
    PAYMENTS = "payments"
    FINANCE = "finance"


class AmountBasis(StrEnum):
    """Which amount of a finance system's lines is compared: without VAT, with it, or not asked."""

    NONE = ""
    NET = "net"
    GROSS = "gross"


class Fate(StrEnum):
    """What became of a row that a file holds."""

    TAKEN = "taken"
    ALREADY_THERE = "already there"
    LEFT_OUT = "left out"


class ClaimStatus(StrEnum):
    """Where a recipient's claim for its costs has got to."""

    RECEIVED = "received"
    CERTIFIED = "certified"
    REJECTED = "rejected"


class RunStatus(StrEnum):
    """Where a payment run has got to; its payments are in the books from the moment it is sent."""

    DRAWN_UP = "drawn up"
    AUTHORISED = "authorised"
    SENT = "sent"
    STOPPED = "stopped"


class ExpectedKind(StrEnum):
    """How money is expected from a funder: paid in instalments, or claimed in arrears."""

    INSTALMENT = "instalment"
    CLAIM = "claim"


class Explanation(StrEnum):
    """Why a finance line or a payment of ours stands without its like on the other side."""

    TIMING = "timing"
    NOT_OURS = "not ours"
    WRONG_CODE = "wrong code"
    QUERY = "query"
    RECORDED_TWICE = "recorded twice"
    NEVER_RECORDED = "never recorded"


class PeriodStep(StrEnum):
    """What was done about closing a period of the books."""

    ASKED = "asked"
    CLOSED = "closed"
    TURNED_DOWN = "turned down"
    REOPENED = "reopened"


class AccrualKind(StrEnum):
    """What belongs to a period by another date than its cash: four sorts, each reversed by itself."""

    ACCRUAL = "accrual"
    PREPAYMENT = "prepayment"
    DEBTOR = "debtor"
    IN_ADVANCE = "receipt in advance"


class PaperKind(StrEnum):
    """The papers that an office makes for its meetings."""

    PANEL = "panel"
    SUMMARY = "summary"
    EXCEPTIONS = "exceptions"
    YEAR_IN_NUMBERS = "year in numbers"
    FUND_BRIEFING = "fund briefing"
    PROVIDER_PASSPORT = "provider passport"


class Sureness(StrEnum):
    """How sure an officer is of a forecast."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
