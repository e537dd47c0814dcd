"""Records whose history is asked for: how an address names one, and which pages show one."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from flask import Flask, request, url_for
from sqlalchemy.orm import Session

from fundtracker.domain.refusals import NotFoundRefusal
from fundtracker.services.applications import find_application
from fundtracker.services.awards import find_award
from fundtracker.services.bids import find_bid
from fundtracker.services.claims import find_claim
from fundtracker.services.funds import find_fund
from fundtracker.services.organisations import find_organisation
from fundtracker.services.payments import find_payment
from fundtracker.services.reversals import find_entry
from fundtracker.web.access import may_open
from fundtracker.web.addresses import MOST, whole_number


class Kind(NamedTuple):
    """A kind of record: how one is found by the end of its address, and the page that shows it."""

    find: Callable[[Session, Any], Any]
    page: str
    numbered: bool = False


KINDS = {
    "fund": Kind(find_fund, "funds.show"),
    "application": Kind(find_application, "applications.show"),
    "award": Kind(find_award, "awards.show"),
    "payment": Kind(find_payment, "payments.show"),
    "claim": Kind(find_claim, "claims.show"),
    "bid": Kind(find_bid, "bids.show"),
    "organisation": Kind(find_organisation, "organisations.show", numbered=True),
    "entry": Kind(find_entry, "entries.show", numbered=True),
}
_SHOWN = {kind.page: name for name, kind in KINDS.items()}


class Record(NamedTuple):
    """A record by its table and row, and what people call it."""

    table: str
    row: int
    says: str


def find_record(session: Session, address: str) -> Record:
    """Find a record that an address names, like `award/SRF20-014`; raises NotFoundRefusal and the refusals of each."""
    table, _, key = address.partition("/")
    if table not in KINDS:
        raise NotFoundRefusal("There is no such record")
    kind = KINDS[table]
    found = kind.find(session, whole_number(key) or MOST) if kind.numbered else kind.find(session, key)
    row = found.number if table == "entry" else found.id
    called = f"#{row}" if table == "entry" else getattr(found, "reference", "") or found.name
    return Record(table, row, f"{table} {called}")


def address_of(table: str, row: Mapping[str, Any]) -> str:
    """Give the page of a record by what the history knows of it; nothing where it has none."""
    kind = KINDS.get(table)
    key = row.get("number" if table == "entry" else "id" if kind and kind.numbered else "reference")
    if kind is None or not key:
        return ""
    return url_for(kind.page, number=key) if kind.numbered else url_for(kind.page, ref=key)


class Here(NamedTuple):
    """What the page in hand shows, and where its history is."""

    what: str
    href: str


def history_here() -> Here | None:
    """Give the way from a record's page to its history, for whoever may read that."""
    table, given = _SHOWN.get(request.endpoint or ""), request.view_args or {}
    if table is None or not may_open("history.index"):
        return None
    key = given.get("number", given.get("ref"))
    return Here(table, url_for("history.index", of=f"{table}/{key}"))


def set_up_history(app: Flask) -> None:
    """Give the layout the way from a record's page to its history."""
    app.add_template_global(history_here)
