"""Asks: which rows make a figure, written as the query of an address, the same in pages, papers and workbooks."""

from datetime import date
from enum import StrEnum
from urllib.parse import parse_qsl, urlencode

from fundtracker.domain.years import year_label


class Figure(StrEnum):
    """A figure whose rows can be shown: entries for what is posted, award lines for what is owed, counts by name."""

    ALLOCATED = "allocated"
    AWARDED = "awarded"
    REMAINING = "remaining"
    PAID = "paid"
    RECOVERED = "recovered"
    NET_PAID = "net paid"
    TO_PAY = "to pay"
    TO_RECOVER = "to recover"
    RECEIVED = "received"
    RETURNED = "returned"
    ORIGINAL = "original"
    AWARDS = "awards"
    ORGANISATIONS = "organisations"


NAMES = frozenset({
    "figure", "fund", "source", "funder", "programme", "objective", "area", "recipient_type", "spend_type", "year",
    "organisation", "since", "as_at", "up_to",
})  # fmt: skip


def ask(figure: Figure, **what: str | int | date | None) -> str:
    """
    Write which rows make a figure: `figure=awarded&fund=SRF20&year=2020%2F21`; what is None is left out.

    A fund is named by its reference, an organisation by its number, a year by its first; empty text asks for the rows
    that state none. Raises LookupError for a name that is not one of NAMES.
    """
    if unknown := what.keys() - NAMES:
        raise LookupError(f"not asked for by these names: {sorted(unknown)}")
    said = {name: _text(name, value) for name, value in what.items() if value is not None}
    return urlencode({"figure": figure.value, **dict(sorted(said.items()))})


def asked(query: str) -> dict[str, str]:
    """Read an ask back: the text of each name, empty ones too."""
    return {name: value for name, value in parse_qsl(query, keep_blank_values=True) if name in NAMES}


def _text(name: str, value: str | int | date) -> str:
    if name == "year" and isinstance(value, int):
        return year_label(value)
    return value.isoformat() if isinstance(value, date) else str(value)
