"""Keeping to terms: the states of agreements, conditions and monitoring returns, and the steps between them."""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fundtracker.domain.plans import months_later
from fundtracker.domain.years import long_date

MOST_RETURNS = 40  # ten years of quarters


class ReturnStatus(StrEnum):
    """Where a recipient's monitoring return has got to; whether it is overdue is told by its day."""

    SCHEDULED = "scheduled"
    RECEIVED = "received"
    QUERIED = "queried"
    ACCEPTED = "accepted"
    WAIVED = "waived"


class ConditionStatus(StrEnum):
    """Whether a condition of an award is met yet."""

    WAITING = "not met yet"
    MET = "met"
    WAIVED = "waived"


class AgreementStatus(StrEnum):
    """What became of the agreement that a recipient was offered."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    LAPSED = "lapsed"
    DECLINED = "declined"


class ContactKind(StrEnum):
    """What a note tells of: something written down for the office, or a contact with the recipient."""

    NOTE = "note"
    CALL = "call"
    EMAIL = "e-mail"
    MEETING = "meeting"
    VISIT = "visit"
    LETTER = "letter"


class LetterKind(StrEnum):
    """The letters that are written from an award."""

    OFFER = "offer letter"
    AGREEMENT = "agreement"


class Rhythm(StrEnum):
    """How often a return is due, where its days are made by rule."""

    ONCE = "once"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half-yearly"
    YEARLY = "yearly"

    @property
    def months(self) -> int:
        """Give the months from one return to the next; none where there is one only."""
        return {"once": 0, "monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12}[self.value]


@dataclass(frozen=True, kw_only=True)
class Move:
    """
    One step that a record of the terms can take: its words on a button, what it then is, and from which states.

    `to` is empty where the record goes back to where it was, or is taken off; `asks` is said where it needs words.
    """

    words: str
    done: str
    of: Collection[StrEnum]
    to: StrEnum | None = None
    asks: str = ""


TAKE_BACK, TAKE_OFF = "take-back", "take-off"
_R, _C, _A = ReturnStatus, ConditionStatus, AgreementStatus
_BACK = "Enter why the step is taken back"
_OFF = "Enter why it is taken off"

RETURN_MOVES = {
    "receive": Move(words="Note that it came", done="received", of=(_R.SCHEDULED,), to=_R.RECEIVED),
    "accept": Move(words="Accept it", done="accepted", of=(_R.RECEIVED, _R.QUERIED), to=_R.ACCEPTED),
    "query": Move(
        words="Query it", done="queried", of=(_R.RECEIVED,), to=_R.QUERIED, asks="Enter what is asked of the recipient"
    ),
    "waive": Move(
        words="Waive it", done="waived", of=(_R.SCHEDULED, _R.RECEIVED, _R.QUERIED), to=_R.WAIVED,
        asks="Enter why it is waived",
    ),
    TAKE_BACK: Move(
        words="Take the last step back", done="the last step taken back",
        of=(_R.RECEIVED, _R.QUERIED, _R.ACCEPTED, _R.WAIVED), asks=_BACK,
    ),
    TAKE_OFF: Move(words="Take it off the schedule", done="taken off the schedule", of=(_R.SCHEDULED,), asks=_OFF),
}  # fmt: skip
CONDITION_MOVES = {
    "meet": Move(words="It is met", done="met", of=(_C.WAITING,), to=_C.MET, asks="Enter what shows that it is met"),
    "waive": Move(
        words="Waive it", done="waived", of=(_C.WAITING,), to=_C.WAIVED, asks="Enter why it is waived"
    ),
    TAKE_BACK: Move(
        words="Take the step back", done="not met any more: the step was taken back", of=(_C.MET, _C.WAIVED),
        to=_C.WAITING, asks=_BACK,
    ),
    TAKE_OFF: Move(words="Take it off", done="taken off", of=(_C.WAITING,), asks=_OFF),
}  # fmt: skip
AGREEMENT_MOVES = {
    "accept": Move(words="It was accepted", done="accepted", of=(_A.OFFERED,), to=_A.ACCEPTED),
    "decline": Move(words="It was declined", done="declined by the recipient", of=(_A.OFFERED,), to=_A.DECLINED),
    "lapse": Move(words="It lapsed", done="lapsed", of=(_A.OFFERED,), to=_A.LAPSED),
    TAKE_BACK: Move(
        words="Take the step back", done="offered again: the step was taken back",
        of=(_A.ACCEPTED, _A.DECLINED, _A.LAPSED), to=_A.OFFERED, asks=_BACK,
    ),
    TAKE_OFF: Move(words="Take the offer off", done="taken off", of=(_A.OFFERED,), asks=_OFF),
}  # fmt: skip


def due_days(first: date, rhythm: Rhythm, count: int) -> list[date]:
    """Give the days of so many returns from the first on; those of a month's last day each fall on their month's."""
    days = [months_later(first, rhythm.months * place) for place in range(count if rhythm.months else 1)]
    return [_month_end(day) for day in days] if first == _month_end(first) else days


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def waits_for(unmet: str | None, late_on: date | None, unaccepted_on: date | None) -> str:
    """Say what of its award's terms an instalment waits for: a condition, an overdue return, one to be accepted."""
    if unmet:
        return f"Not met yet: {unmet}"
    if late_on is not None:
        return f"The return due on {long_date(late_on)} is overdue"
    return f"The return due on {long_date(unaccepted_on)} is not accepted yet" if unaccepted_on else ""
