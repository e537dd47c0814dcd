"""Deciding on rows of awards: to whom, from which year's budget line, and what of it is paid."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence, pounds
from fundtracker.domain.references import ReferenceNotAllowedError, clean_reference
from fundtracker.domain.statuses import Fate
from fundtracker.domain.text import match_key
from fundtracker.services.bringing.deciding import Days, Decision, LeaveOutError
from fundtracker.services.bringing.lines import YearLines
from fundtracker.services.bringing.recipients import Recipients
from fundtracker.services.bringing.stated import StatedRow
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.funds import Fund

# A register of what was asked for has rows that gave nothing.
_GAVE_NOTHING = ("declined", "rejected", "refused", "unsuccessful", "withdrawn", "cancelled", "not approved")


@dataclass(frozen=True, slots=True)
class _There:
    """An award of the books that has the reference of a row."""

    id: int
    fund_id: int | None
    organisation_id: int
    awarded: Pence


class Awards:
    """Decides on awards from one fund."""

    def __init__(self, session: Session, fund: Fund, recipients: Recipients, days: Days) -> None:
        self._fund = fund
        self._recipients = recipients
        self._days = days
        self.lines = YearLines(session, fund)
        self._there: dict[str, _There] = {}
        self.given: set[int] = set()

    def look_ahead(self, session: Session, rows: Sequence[StatedRow]) -> None:
        """Read the awards of the books that have the references of some rows."""
        named = {str(row.values["reference"]).casefold() for row in rows if row.values.get("reference")}
        if not named:
            return
        awarded = func.coalesce(func.sum(AwardLine.awarded), 0)
        found = (
            select(Award.id, Award.reference, Award.fund_id, Award.organisation_id, awarded)
            .outerjoin(AwardLine, AwardLine.award_id == Award.id)
            .where(func.lower(Award.reference).in_(named))
            .group_by(Award.id, Award.reference, Award.fund_id, Award.organisation_id)
        )
        for key, reference, fund, to, amount in session.execute(found):
            self._there[reference.casefold()] = _There(key, fund, to, Pence(int(amount)))

    def decide(self, decision: Decision) -> None:
        """Fill in what a row is recorded as; raises a refusal where it is left out."""
        values, amount = decision.row.values, decision.row.amount
        _check_status(values)
        _check_amount(values, amount)
        day = self._days.settle(decision, values.get("awarded_on"))
        decision.paid = _paid(values, amount)
        line = self.lines.find(day)
        if self._is_there(decision, values):
            return
        decision.to = self._recipients.find(values).token
        decision.note(self._recipients.other_number(values, decision.to))
        decision.year = line.year
        decision.reference = self._reference(decision, values)
        if amount and decision.on:
            line.award(amount, decision.on)

    def _is_there(self, decision: Decision, values: Mapping[str, object]) -> bool:
        """Say whether the books have the award under its own reference, brought in or not."""
        there = self._there.get(str(values.get("reference", "")).casefold())
        if there is None or there.fund_id != self._fund.id:
            return False
        if there.organisation_id != self._recipients.look(decision.row.values):
            return False
        if there.awarded != (decision.row.amount or 0):
            raise LeaveOutError(
                f"{values['reference']} is there already with {pounds(there.awarded)}, and the file says "
                f"{pounds(decision.row.amount or 0)}"
            )
        decision.fate, decision.award, decision.says = Fate.ALREADY_THERE, there.id, str(values["reference"])
        return True

    def _reference(self, decision: Decision, values: Mapping[str, object]) -> str:
        """Give the reference that an award keeps: the row's own where it can be said aloud and nothing else has it."""
        stated = str(values.get("reference", ""))
        try:
            reference = clean_reference(stated)
        except ReferenceNotAllowedError:
            return ""
        if not any(character.isalpha() for character in reference):
            return ""
        told = hash(reference.casefold())
        if reference.casefold() in self._there or told in self.given:
            decision.notes.append(f"{reference} is another award’s reference too, so this one is given another.")
            return ""
        self.given.add(told)
        return reference


def _check_status(values: Mapping[str, object]) -> None:
    status = match_key(str(values.get("status", "")))
    if any(status.startswith(word) for word in _GAVE_NOTHING):
        raise LeaveOutError(f"its status is {values['status']}, so nothing was awarded")


def _check_amount(values: Mapping[str, object], amount: Pence | None) -> None:
    if amount is None and not isinstance(values.get("awarded_on"), date):
        raise LeaveOutError("it states no amount and no date")
    if amount is not None and amount < 0:
        raise LeaveOutError(f"{pounds(amount)} is below zero. Vary the award instead")
    if amount == 0:
        raise LeaveOutError("it awards £0.00")


def _paid(values: Mapping[str, object], amount: Pence | None) -> Pence | None:
    """Give what a row says was paid on its award, in pence; an amount of nothing is none."""
    paid = values.get("paid")
    if not isinstance(paid, int) or paid == 0:
        return None
    if amount is None or paid > amount:
        of = "no amount awarded" if amount is None else f"{pounds(amount)} awarded"
        raise LeaveOutError(f"it says that {pounds(paid)} was paid, and {of}")
    if paid < 0:
        raise LeaveOutError(f"it says that {pounds(paid)} was paid, which is below zero")
    return Pence(paid)
