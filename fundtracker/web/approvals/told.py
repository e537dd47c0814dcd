"""Told: the answers of a form in words, as whoever approves them reads them."""

from typing import TYPE_CHECKING

from wtforms import Field

from fundtracker.domain.money import ZERO, pounds
from fundtracker.domain.statuses import Basis
from fundtracker.domain.years import long_date, year_label
from fundtracker.services.awards import AwardDetails
from fundtracker.web.forms import ChoiceField, DateField, Form, PenceField, RadioField, YearField

if TYPE_CHECKING:
    from fundtracker.web.awards.forms import AwardForm

_OF_AWARD = ("benefits", "purpose", "conditions", "on", "decision", "type", "legal_power", "starts_on", "ends_on",
             "objective", "area")  # fmt: skip


def said(field: Field) -> str:
    """Say an answer in words; None where there is none."""
    if field.data in (None, ""):
        return "None"
    match field:
        case ChoiceField() | RadioField():
            return next((str(words) for value, words, *_ in field.iter_choices() if value == field.data), "")
        case PenceField():
            return pounds(field.data or ZERO)
        case DateField():
            return long_date(field.data)
        case YearField():
            return year_label(field.data)
        case _:
            return str(field.data)


def told_by(form: Form, *names: str) -> list[tuple[str, str]]:
    """Give the answers of some fields that a form has, each with its question; those left empty are left out."""
    fields = [form[name] for name in names if name in form]
    return [(field.label.text, said(field)) for field in fields if field.data not in (None, "")]


def told_of(form: "AwardForm", details: AwardDetails) -> list[tuple[str, str]]:
    """Give the answers of an award: to whom, from which budget lines, for what and when."""
    recipient, shares = details.recipient, details.shares
    told = [("Pay to", recipient.name)]
    if len(shares) > 1 or shares[0].basis is not Basis.FIRM:
        told += [(share.line.long_label, _of(share.amount, share.basis)) for share in shares]
    return told + told_by(form, *_OF_AWARD)


def _of(amount: int | None, basis: Basis) -> str:
    waits = ", subject to funding" if basis is Basis.SUBJECT_TO_FUNDING else ""
    return ("Value not stated" if amount is None else pounds(amount)) + waits
