"""What the chief executive reads first: how much is left, what to decide, what is late, and last year beside it."""

from typing import Any

from sqlalchemy.orm import Session

from fundtracker.services.exceptions.listing import list_exceptions
from fundtracker.services.exceptions.rules import WATCHED_AT_HOME
from fundtracker.services.listings import bids
from fundtracker.services.listings.filters import Filters
from fundtracker.services.listings.paging import Part
from fundtracker.services.owing import both_sides, summed
from fundtracker.services.papers.summary import flags_of
from fundtracker.services.papers.summary_funds import fund_table
from fundtracker.services.summaries import summarise
from fundtracker.services.years_beside import years_beside
from fundtracker.web.home.deciding import decisions
from fundtracker.web.home.numbers import year_in_short
from fundtracker.web.home.risks import risks
from fundtracker.web.summary.shown import figures, shown

BIDS = 6
_UNDECIDED = Filters(status=bids.UNDECIDED)


def read_home(session: Session) -> dict[str, Any]:
    """Read the chief executive's first page."""
    summary = summarise(session)
    beside = years_beside(session, summary)
    found = list_exceptions(session, summary.when, WATCHED_AT_HOME)
    table = fund_table(beside, flags_of(found))
    undecided = bids.list_bids(session, _UNDECIDED, Part(order=bids.NEWEST.order, size=BIDS))
    return {
        "summary": summary,
        "beside": beside,
        "figures": figures(beside),
        "groups": shown(beside, table),
        "risks": risks(found),
        "decisions": decisions(session, summary, found, undecided.rows),
        "bids": undecided,
        "numbers": year_in_short(session, beside.year),
        "owed": summed(side.sums for side in both_sides(session, summary.when, by_day=False)),
    }
