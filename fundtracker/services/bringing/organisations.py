"""Deciding on rows that are organisations, and on applications: who it is, and what is asked of the fund."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from fundtracker.domain.money import pounds
from fundtracker.domain.statuses import ApplicationStatus, Fate
from fundtracker.domain.text import match_key, name_line
from fundtracker.services.bringing.deciding import Days, Decision, LeaveOutError
from fundtracker.services.bringing.recipients import Recipients
from fundtracker.services.bringing.stated import StatedRow

# How registers word what became of an application; an award is recorded by itself, and decides it.
_DECLINED = ("declined", "rejected", "refused", "unsuccessful", "not approved", "not awarded")
_WITHDRAWN = ("withdrawn", "cancelled")
_AWARDED = ("awarded", "approved", "successful", "granted", "paid", "in full", "in part")


class Organisations:
    """Decides on organisations: one that is known adds nothing, unless it is spelled or identified anew."""

    def __init__(self, recipients: Recipients, gone: frozenset[int]) -> None:
        self._recipients = recipients
        self._gone = gone

    def look_ahead(self, session: Session, rows: Sequence[StatedRow]) -> None:
        """Read nothing: every organisation of the books is known."""

    def decide(self, decision: Decision) -> None:
        """Fill in which organisation a row is; raises a refusal where it is left out."""
        before = self._recipients.look(decision.row.values)
        if before is not None and (says := self._recipients.other_number(decision.row.values, before)):
            raise LeaveOutError(says)
        recipient = self._recipients.find(decision.row.values)
        decision.to = recipient.token
        learned = self._learned(recipient.token)
        if before is None or learned or (recipient.rows == 1 and before in self._gone):
            return
        if recipient.id is None:
            decision.fate, decision.says = Fate.LEFT_OUT, f"{recipient.name} is in an earlier row"
        else:
            decision.fate, decision.says = Fate.ALREADY_THERE, recipient.name

    def _learned(self, token: int) -> bool:
        """Say whether the last row gave an organisation another spelling or identifier."""
        recipient = self._recipients.met[token]
        learned = len(recipient.spellings) + len(recipient.identifiers)
        if learned == recipient.told:
            return False
        recipient.told = learned
        return True


class Applications:
    """Decides on applications to one fund."""

    def __init__(self, recipients: Recipients, days: Days) -> None:
        self._recipients = recipients
        self._days = days

    def look_ahead(self, session: Session, rows: Sequence[StatedRow]) -> None:
        """Read nothing: a row that came in before is told by its key."""

    def decide(self, decision: Decision) -> None:
        """Fill in what a row is recorded as; raises a refusal where it is left out."""
        asked = decision.row.amount
        if asked is not None and asked < 0:
            raise LeaveOutError(f"{pounds(asked)} asked for is below zero")
        decision.on = self._days.settle_unposted(decision, decision.row.values.get("received_on"))
        if outcome_of(decision.row.values) is ApplicationStatus.IN_FULL:
            decision.notes.append(
                f"Its status is {decision.row.values['status']}. It comes in as received: the award decides it."
            )
        decision.to = self._recipients.find(decision.row.values).token
        decision.note(self._recipients.other_number(decision.row.values, decision.to))


def outcome_of(values: Mapping[str, object]) -> ApplicationStatus:
    """Read what became of an application from how its row words it; in full stands for any award."""
    status = match_key(name_line(str(values.get("status", ""))))
    for words, meant in (
        (_DECLINED, ApplicationStatus.DECLINED),
        (_WITHDRAWN, ApplicationStatus.WITHDRAWN),
        (_AWARDED, ApplicationStatus.IN_FULL),
    ):
        if any(status.startswith(word) for word in words):
            return meant
    return ApplicationStatus.RECEIVED
