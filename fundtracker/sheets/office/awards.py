"""The Awards sheet, row by row."""

import re
from datetime import date

from fundtracker.domain.dates import parse_day
from fundtracker.domain.money import Pence
from fundtracker.domain.money_in_files import amount_in_file
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.statuses import AwardType
from fundtracker.services.imports.understood import AwardStated, Paid
from fundtracker.sheets.cells import Row
from fundtracker.sheets.office import phrases
from fundtracker.sheets.office.funds import line_words, source_note
from fundtracker.sheets.office.sorting import Sorted
from fundtracker.sheets.sorts import ZERO
from fundtracker.sheets.tables import any_of

_YES = any_of("y yes paid true x ✓ ✔ full done") | {"in full", "paid in full", "yes in full", "fully paid"}
_NO = any_of("n no false unpaid pending due outstanding awaiting 0") | {
    "", "not yet", "not paid", "to be paid", "no not yet", "to pay", "nil", "none", "not yet paid",
}  # fmt: skip
_YES_ON = re.compile(r"(?:yes|y|paid)(?:[ ,:;(–-]+(?:paid|on))*[ ,:;(–-]+(?P<day>[0-9a-z].*?)\)?")


def why_not_awarded(found: Sorted) -> str:
    """Say why a row of the sheet is no award, or nothing where it is one."""
    row = found.row
    status = row.text("status") or row.text("decision")
    if phrases.read_awarded(status) is False:
        return f"not an award: its status is “{status}”"
    return ZERO if found.amount == 0 and _type(row) is not AwardType.IN_KIND else ""


def state_award(found: Sorted) -> AwardStated:
    """State what a row says of an award; what it does not make plain becomes a problem of the row."""
    row, notes, kind = found.row, found.row.text("notes"), _type(found.row)
    organisation = row.name("organisation")
    _check(found, kind)
    amount_doubt, date_doubt = phrases.doubts(notes)
    return AwardStated(
        fund=row.name("fund"), organisation=organisation, amount=found.amount, line=line_words(row),
        stands_for_several=phrases.stands_for_several(organisation, ""),
        type=kind, reference=row.reference("reference"), awarded_on=row.past_day("awarded_on"),
        paid=_paid(row, kind, found.amount),
        benefits=row.text("benefits"), purpose=row.text("purpose"), reasons=row.text("reasons"),
        conditions=row.text("conditions"), legal_power=row.text("legal_power"), notes=notes,
        source_note=source_note(row), decision=_decision(row), objective=row.name("objective"), area=row.name("area"),
        starts_on=row.day("starts_on"), ends_on=row.day("ends_on"), asked_for=row.amount("asked_for"),
        amount_doubt=phrases.doubt(amount_doubt and found.amount is not None), date_doubt=phrases.doubt(date_doubt),
    )  # fmt: skip


def _check(found: Sorted, kind: AwardType) -> None:
    row = found.row
    if row.lacks("organisation"):
        row.refuse("organisation", "names no organisation, so who the award is to is not known.")
    if row.lacks("fund") and kind is not AwardType.IN_KIND:
        row.refuse("fund", "names no fund, so what the award is paid from is not known.")
    if found.amount is not None and found.amount < 0:
        row.refuse("amount", "is below zero. An award is an amount of more than £0.00.")
    status = row.text("status")
    if phrases.read_awarded(status) is None:
        row.refuse("status", f"“{status}” does not say whether this was awarded. Write Awarded, Declined or Pending.")


def _decision(row: Row) -> str:
    words = row.text("decision")
    return "" if phrases.read_awarded(words) else words


def _type(row: Row) -> AwardType:
    words = row.text("type")
    kind = phrases.read_award_type(words)
    if kind is None:
        row.refuse("type", f"“{words}” is not a type of award. Write Grant, Contract or In kind.")
    return kind or AwardType.GRANT


def _paid(row: Row, kind: AwardType, awarded: Pence | None) -> Paid | None:
    """State what was paid, from `Paid?` (yes, no, an amount or a date), the date paid and the amount paid."""
    said, amount, on = _said_paid(row)
    stated = row.amount("paid_amount")
    on = row.past_day("paid_on") or row.not_to_come("paid", on)
    if kind is AwardType.IN_KIND:
        return None
    amount = amount if amount is not None else stated
    if said is False or (said is None and not amount and on is None) or (said is None and amount == 0):
        if said is False and stated:
            row.refuse("paid_amount", "gives an amount, though the row says that nothing was paid.")
        return None
    if amount is not None and amount < 0:
        row.refuse("paid_amount" if stated else "paid", "is below zero. A payment is an amount of more than £0.00.")
    if awarded is None and not amount:
        row.note("It is marked as paid, but the amount is not stated, so no payment is recorded.")
        return None
    return Paid(amount=amount or None, on=on)


def _said_paid(row: Row) -> tuple[bool | None, Pence | None, date | None]:
    """Read `Paid?`: whether it says yes or no, the pence or the date that it holds; nothing where it is empty."""
    value = row.raw("paid")
    if isinstance(value, bool):
        return value, None, None
    if isinstance(value, str):
        words = row.text("paid").casefold().strip(" .?")
        if words in _YES:
            return True, None, None
        if words in _NO:
            return (False if words else None), None, None
        day = row.day_or_words("paid")[0] or _day_after_yes(words)
        return (True, None, day) if day else (None, _amount_paid(row), None)
    if isinstance(value, int | float):
        return (None, _amount_paid(row), None) if value else (False, None, None)
    return True, None, row.day("paid")


def _day_after_yes(words: str) -> date | None:
    try:
        said = _YES_ON.fullmatch(words)
        return parse_day(said["day"]) if said else None
    except Refusal:
        return None


def _amount_paid(row: Row) -> Pence | None:
    try:
        return amount_in_file(row.raw("paid"))
    except Refusal:
        row.refuse("paid", f"“{row.text('paid')}” does not say what was paid. Write Y, N, an amount or a date.")
        return None
