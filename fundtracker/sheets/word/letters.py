"""Letters of an award as Word files, from the office's own template or from the one that comes with the tracker."""

from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from typing import Any

from docxtpl import DocxTemplate

from fundtracker.domain.money import Pence, pounds
from fundtracker.domain.terms import LetterKind
from fundtracker.domain.text import slug
from fundtracker.domain.years import long_date
from fundtracker.services.letters import Letter
from fundtracker.sheets.same_bytes import same_bytes
from fundtracker.sheets.word.checking import check_package
from fundtracker.sheets.word.making_letters import make_letter
from fundtracker.sheets.word.sandbox import TemplateEnvironment

NOT_STATED = "an amount to be confirmed"
_LINES = ("address", "contact")
_SAMPLE_DAY = date(2020, 9, 21)


def write_letter(letter: Letter, template: bytes | None = None) -> bytes:
    """Write a letter from a template, or from the tracker's own; the same to the byte on the same day."""
    made = DocxTemplate(BytesIO(template or own_template(letter.kind)))
    made.render(context_of(letter), TemplateEnvironment(), autoescape=True)
    saved = BytesIO()
    made.save(saved)
    return same_bytes(saved.getvalue(), datetime(letter.on.year, letter.on.month, letter.on.day, tzinfo=UTC))


def letter_name(letter: Letter) -> str:
    """Name a letter's file: `offer-letter-srf20-014.docx`."""
    return f"{slug(f'{letter.kind.value} {letter.reference}')}.docx"


def check_letter_template(content: bytes, kind: LetterKind) -> None:
    """Refuse a file that is no template of a letter, in a sentence; raises TemplateRefusedError."""
    check_package(content, lambda: write_letter(sample(kind), content), frozenset(context_of(sample(kind))))


def context_of(letter: Letter) -> dict[str, Any]:
    """Give a template's names their values, each as it is read aloud."""
    words = ("office", "reference", "organisation", "benefits", "purpose", "fund", "funder", "decision", "power")
    days = ("awarded_on", "starts_on", "ends_on", "accept_by")
    return {
        **{name: getattr(letter, name) for name in words},
        **{name: _day(getattr(letter, name)) for name in days},
        **{name: getattr(letter, name).splitlines() for name in _LINES},
        "date": long_date(letter.on),
        "amount": NOT_STATED if letter.amount is None else pounds(letter.amount),
        "conditions": list(letter.conditions),
        "returns": [{"about": about, "due": long_date(due)} for about, due in letter.returns],
        "instalments": [{"due": long_date(due), "amount": pounds(amount)} for due, amount in letter.instalments],
    }


def sample(kind: LetterKind) -> Letter:
    """Give a letter that says everything, for trying a template."""
    return Letter(
        kind=kind, on=_SAMPLE_DAY, office="Office", reference="AAA20-001", organisation="Organisation",
        address="1 Street\nTown", contact="Name", benefits="Group", purpose="Purpose", fund="Fund", funder="Funder",
        amount=Pence(100), awarded_on=_SAMPLE_DAY, starts_on=_SAMPLE_DAY, ends_on=None, accept_by=_SAMPLE_DAY,
        decision="D1", power="Power", conditions=("Condition",), returns=(("Report", _SAMPLE_DAY),),
        instalments=((_SAMPLE_DAY, Pence(100)),),
    )  # fmt: skip


@cache
def own_template(kind: LetterKind) -> bytes:
    """Give the template that comes with the tracker."""
    return make_letter(kind)


def _day(day: date | None) -> str:
    return long_date(day) if day else ""
