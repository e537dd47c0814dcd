"""The Organisations, Bids and outcomes sheets, row by row."""

from fundtracker.domain.statuses import BidStatus
from fundtracker.domain.years import long_date
from fundtracker.services.imports.understood import BidStated, OrganisationStated, OutcomeStated
from fundtracker.sheets.cells import Row
from fundtracker.sheets.office import phrases
from fundtracker.sheets.office.funds import source_note
from fundtracker.sheets.office.sorting import Sorted

_COMPANY_NUMBER = 8  # figures, with leading zeros that a number in a cell has lost (Companies House)


def state_organisation(found: Sorted) -> OrganisationStated:
    """State what a row says of an organisation."""
    row = found.row
    name, kind, company = row.name("name"), row.text("type"), row.text("company_number")
    if row.lacks("name"):
        row.refuse("name", "names no organisation.")
    return OrganisationStated(
        name=name, type=kind, area=row.name("area"), charity_number=row.text("charity_number"),
        company_number=company.zfill(_COMPANY_NUMBER) if company.isdigit() else company, contact=row.text("contact"),
        address=row.text("address"), notes=row.text("notes"),
        stands_for_several=phrases.stands_for_several(name, kind),
    )  # fmt: skip


def state_bid(found: Sorted) -> BidStated:
    """State what a row says of a bid, or of a national opportunity."""
    row = found.row
    if row.lacks("title"):
        row.refuse("title", "does not say what the bid is for.")
    on, words = row.day_or_words("outcome_expected")
    return BidStated(
        title=row.name("title"), funder=row.name("funder"), status=_status(row), sought=found.amount or None,
        national_pot=row.amount("national_pot"), submitted_on=row.past_day("submitted_on"),
        outcome_expected=long_date(on) if on else words, partners=row.text("partners"), notes=row.text("notes"),
        source_note=", ".join(filter(None, (_bid_reference(row), source_note(row)))),
    )  # fmt: skip


def _bid_reference(row: Row) -> str:
    """Keep the office's own reference of a bid beside the one that the books give it."""
    reference = row.text("reference")
    return f"Bid ref {reference}" if reference else ""


def state_outcome(found: Sorted, sheet_words: str) -> OutcomeStated:
    """State one outcome of the fund that its row, or else the sheet's own name, speaks of."""
    row = found.row
    if row.lacks("words"):
        row.refuse("words", "does not say what the outcome is.")
    return OutcomeStated(fund=row.name("fund") or sheet_words, words=row.text("words"))


def _status(row: Row) -> BidStatus:
    words = row.text("status")
    status = phrases.read_bid_status(words)
    if status is None:
        row.refuse("status", f"“{words}” is not a state a bid can be in. Write In development, Submitted, Won or Lost.")
    return status or BidStatus.IN_DEVELOPMENT
