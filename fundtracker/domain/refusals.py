"""Refusals: what the books will not do, each in the sentence that the person reads."""

from http import HTTPStatus


class Refusal(Exception):  # noqa: N818 - a refusal is an answer to a person, not a fault in the program
    """
    Refuse an operation in a sentence that says what, why and what to do.

    `field` names the form field to put right, where there is one.
    """

    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class NotFoundRefusal(Refusal):
    """Something named by a reference that is not in the books."""

    status = HTTPStatus.NOT_FOUND


class BusyRefusal(Refusal):
    """The books could not be written because another change held them for too long."""

    status = HTTPStatus.SERVICE_UNAVAILABLE


class NotEnoughLeftError(Refusal):
    """An award, or a rise in one, beyond what its budget line has left."""


class AlreadyAwardedError(Refusal):
    """An allocation lowered by choice below what has been awarded from it."""


class MoreThanAwardedError(Refusal):
    """A payment beyond what its award line has still to be paid."""


class MoreThanPaidError(Refusal):
    """A refund, or a reversal, that would leave more recovered than paid."""


class MoreThanReceivedError(Refusal):
    """A return to a funder of more than the funder has sent."""


class BelowZeroError(Refusal):
    """An entry that would take a kept sum below zero, or an amount noted below zero."""


class DateRefusedError(Refusal):
    """An entry dated in the future, or before what it depends on."""


class ClosedPeriodError(Refusal):
    """An entry dated in a period that has been closed."""


class DecisionMissingError(Refusal):
    """An entry of a kind that needs a decision reference, without one."""


class ReasonMissingError(Refusal):
    """An award without an application and without a reason."""


class FundNotOpenError(Refusal):
    """Something new asked of a fund that is suspended or closed."""


class WrongStateError(Refusal):
    """A step that the record has already taken, or cannot take from where it is."""


class NothingToDoError(Refusal):
    """An operation that would change nothing."""


class NotReversibleError(Refusal):
    """A reversal of a reversal, or of an entry that is reversed already."""


class SpendTypeError(Refusal):
    """Money moved between capital and revenue without the decision that switches it."""


class ReferenceTakenError(Refusal):
    """A reference that another record has."""


class OutcomeMissingError(Refusal):
    """An application that names none of the outcomes its fund asks for."""


class LoggedBeforeError(Refusal):
    """An application like one that waits already: the same organisation, fund and amount."""


class MergeRefusedError(Refusal):
    """Two organisations that cannot be made one."""


class NameMissingError(Refusal):
    """A record without the name that people know it by."""
