"""Refusals of reconciling and closing: one class each, with the sentence that the person reads."""

from fundtracker.domain.refusals import Refusal


class DealtWithError(Refusal):
    """A line or a payment that somebody has matched or explained already."""


class SumsDifferError(Refusal):
    """Lines and payments that do not add up to the same, with no difference stated in words."""


class NotTogetherError(Refusal):
    """Lines and payments that cannot be matched with each other."""


class NoteMissingError(Refusal):
    """An explanation without a note or without an owner."""


class PeriodClosedError(Refusal):
    """A step of reconciling in a period that is closed."""


class NotReconciledError(Refusal):
    """A period that cannot be closed, with what is left of it."""


class SamePersonError(Refusal):
    """A step that another person must take."""
