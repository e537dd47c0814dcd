"""The Funds sheet, row by row."""

from fundtracker.domain.statuses import FundStatus, Source, SpendType
from fundtracker.domain.text import match_key
from fundtracker.domain.years import FinancialYear
from fundtracker.services.imports.understood import FundStated, LineWords
from fundtracker.sheets.cells import Row
from fundtracker.sheets.office import phrases
from fundtracker.sheets.office.sorting import Sorted
from fundtracker.sheets.office.years import year_in_column, year_in_name

_OFFICE_AS_FUNDER = "PCC"
_ASK_IF_OPEN = ("live", "is it live", "active", "is it active", "open", "is it open", "still open")


def state_fund(found: Sorted) -> FundStated:
    """State what a row says of a fund; what it does not make plain becomes a problem of the row."""
    row, notes = found.row, found.row.text("notes")
    name, (funder, source) = row.name("name"), _funder_and_source(row)
    if row.lacks("name"):
        row.refuse("name", "names no fund.")
    if found.amount is not None and found.amount < 0:
        row.refuse("amount", "is below zero. An allocation is an amount of more than £0.00.")
    amount_doubt, date_doubt = phrases.doubts(notes)
    return FundStated(
        name=name, funder=funder, source=source, amount=found.amount or None, line=line_words(row),
        named_year=year_in_name(name),
        reference=row.reference("reference"), status=_status(row),
        allocated_on=row.past_day("allocated_on"),
        objective=row.name("objective"), opens=row.day_or_words("opens"), spend_by=row.day_or_words("spend_by"),
        programme=row.text("programme"), purpose=row.text("purpose"), eligibility=row.text("eligibility"),
        notes=notes, source_note=source_note(row), decision=row.text("decision"),
        amount_doubt=phrases.doubt(amount_doubt), date_doubt=phrases.doubt(date_doubt),
    )  # fmt: skip


def line_words(row: Row) -> LineWords:
    """State which budget line a row speaks of, as far as it says."""
    return LineWords(year=_year(row), lot=row.name("lot"), spend_type=_spend_type(row))


def source_note(row: Row) -> str:
    """Write where in its source a row stands: `Para 8-9`."""
    paragraph = row.text("paragraph")
    return f"Para {paragraph}" if paragraph and paragraph[0].isdigit() else paragraph


def check_currency(row: Row) -> None:
    """Note a row that says it is kept in another currency than pounds."""
    currency = row.text("currency")
    if currency and currency.casefold() not in ("gbp", "£", "pounds", "sterling", "pounds sterling"):
        row.refuse("currency", f"is “{currency}”. The books are kept in pounds, so this row cannot be taken.")


def _funder_and_source(row: Row) -> tuple[str, Source]:
    funder, words = row.name("funder"), row.text("source")
    source = phrases.read_source(words)
    if words and source is None:
        row.refuse("source", f"“{words}” does not say whose money it is. Write External, Own or Reserve.")
    elif not words and funder:
        source = Source.OWN if phrases.is_office(funder) else Source.EXTERNAL
        row.note(f"Nothing says where the money is from. As the funder is {funder}, it is taken as {source.value}.")
    elif not words:
        row.refuse(
            "source", "Neither a funder nor where the money is from is given, so whose money it is is not known."
        )
    if not funder and source is Source.EXTERNAL:
        row.refuse("funder", "names no funder, and the money is external. Enter whose it is.")
    return funder or _OFFICE_AS_FUNDER, source or Source.OWN


def _status(row: Row) -> FundStatus:
    words = row.text("status")
    asks = words and match_key(row.table.titles[row.table.columns["status"]])
    status = phrases.read_fund_status(words, asks_if_open=asks in _ASK_IF_OPEN)
    if status is None:
        row.refuse("status", f"“{words}” is not a state a fund can be in. Write Open, Secured, Suspended or Closed.")
    return status or FundStatus.OPEN


def _spend_type(row: Row) -> SpendType | None:
    words = row.text("spend_type")
    spend_type = phrases.read_spend_type(words)
    if words and spend_type is None:
        row.refuse("spend_type", f"“{words}” is neither Revenue nor Capital. Give each its own row.")
    return spend_type


def _year(row: Row) -> FinancialYear | None:
    words = row.text("year")
    year = year_in_column(words)
    if words and year is None:
        row.refuse("year", f"“{words}” is not a financial year. Write it like 2020/21.")
    return year
