"""Refusals of the year end: what accruals, expected receipts and carrying forward will not do."""

from fundtracker.domain.refusals import Refusal


class MoreThanOutstandingError(Refusal):
    """An accrual beyond what is still to pay, a prepayment beyond what is paid, or a debtor beyond what is owed."""


class NotExternalError(Refusal):
    """Something that only a funder's money can have, asked of the Commissioner's own."""


class YearBoundError(Refusal):
    """A funder's money of one year carried into the next without the funder's letter."""


class DatesInOrderError(Refusal):
    """A date that must come after another and does not."""


class ReasonNeededError(Refusal):
    """Something dropped or undone without saying why."""
