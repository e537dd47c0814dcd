"""The bids of the Panel's report as they stood at a day: those that await an outcome, and those in development."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fundtracker.domain.kinds import EventKind
from fundtracker.domain.money import Pence
from fundtracker.domain.papers import Cell, CellType, Column, Row, RowKind, Table
from fundtracker.domain.quarters import Quarter
from fundtracker.domain.statuses import BidStatus, Doubt
from fundtracker.domain.years import first_day, year_of
from fundtracker.services.papers.drafts import Draft, Fact
from fundtracker.services.papers.panel_funds import IS_NEW
from fundtracker.services.papers.phrases import amount, funder_name, in_sentence
from fundtracker.store.awards import Award
from fundtracker.store.bids import Bid
from fundtracker.store.books import Entry
from fundtracker.store.events import Event

DEVELOPED, AWAITED = "In development", "Awaiting an outcome"


@dataclass(frozen=True)
class BidTold:
    """One bid as it stood at a day, and the day that it counts from."""

    bid: Bid
    since: date
    awaits: bool


def bids_at(session: Session, day: date) -> list[BidTold]:
    """Give the bids that awaited an outcome or were being developed at a day, in the order of their references."""
    bids = session.scalars(select(Bid).order_by(Bid.reference)).all()
    counted = _days(session, bids)
    told = [BidTold(bid, counted[bid.id], _awaits(bid, day)) for bid in bids if counted[bid.id] <= day]
    return [one for one in told if not _decided(one.bid, day)]


def _awaits(bid: Bid, day: date) -> bool:
    return bid.status is not BidStatus.IN_DEVELOPMENT and (bid.submitted_on is None or bid.submitted_on <= day)


def _decided(bid: Bid, day: date) -> bool:
    """Say whether a bid had ended by a day; one that ended without a date is taken to have."""
    if bid.status is BidStatus.IN_DEVELOPMENT or bid.status.awaiting:
        return False
    return bid.decided_on is None or bid.decided_on <= day


def _days(session: Session, bids: Sequence[Bid]) -> dict[int, date]:
    """
    Give the day that each bid counts from.

    That is the day it was sent. One that was brought in and never sent takes the day of its workbook's undated rows;
    one that a person recorded, the day it was recorded.
    """
    undated = _undated_days(session) if any(bid.batch_id for bid in bids) else {}
    recorded = select(Event.bid_id, func.min(Event.on_date)).where(Event.kind == EventKind.BID_RECORDED)
    noted = dict(session.execute(recorded.group_by(Event.bid_id)).all())
    return {
        bid.id: min(
            filter(None, (bid.submitted_on, undated.get(bid.batch_id or 0) or noted.get(bid.id))), default=date.min
        )
        for bid in bids
    }


def _undated_days(session: Session) -> dict[int, date]:
    """Give the day that the undated rows of each workbook took, from the rows that took it; else its year's first."""
    days: dict[int, date] = {}
    for column, batch, doubt in (
        (Bid.submitted_on, Bid.batch_id, Bid.date_doubt),
        (Award.awarded_on, Award.batch_id, Award.date_doubt),
        (Entry.on_date, Entry.batch_id, Entry.date_doubt),
    ):
        rows = select(batch, func.min(column)).where(doubt == Doubt.NOT_STATED, batch.is_not(None), column.is_not(None))
        days = {number: on for number, on in session.execute(rows.group_by(batch)) if number and on} | days
    dated = select(Entry.batch_id, func.min(Entry.on_date)).where(Entry.batch_id.is_not(None))
    firsts = {
        number: first_day(year_of(on)) for number, on in session.execute(dated.group_by(Entry.batch_id)) if number
    }
    return firsts | days


def bid_drafts(told: Sequence[BidTold], quarter: Quarter) -> Iterator[Draft]:
    """Give the headings and paragraphs of the bids, those that await an outcome first."""
    for words, key, awaits in (
        ("Bids awaiting an outcome", "bids", True),
        ("Bids in development", "bids.next", False),
    ):
        mine = [one for one in told if one.awaits is awaits]
        if mine:
            yield Draft(key, words, level=1)
        yield from (_draft(one, quarter) for one in mine)


def _draft(told: BidTold, quarter: Quarter) -> Draft:
    bid, facts = told.bid, {}
    funder, note = funder_name(bid.funder)
    if bid.sought is not None:
        facts["sought"] = Fact(amount(bid.sought))
    says = [_sent(bid, funder) if told.awaits else _developed(bid, funder)]
    says += _expected(bid, awaits=told.awaits)
    if bid.partners:
        says.append(f"Partners: {bid.partners.rstrip('.')}.")
    if bid.national_pot is not None:
        facts["national pot"] = Fact(amount(bid.national_pot))
        says.append("[[national pot]] is what the funder offers nationally, to all who bid: it is no money of ours.")
    if told.since >= quarter.first:
        says.append(IS_NEW)
    warnings = tuple(_warnings(told, note))
    return Draft(f"bid.{bid.reference}", " ".join(says), facts=facts, warnings=warnings)


def _sent(bid: Bid, funder: str) -> str:
    asked = "A bid for [[sought]]" if bid.sought is not None else "A bid, its amount not stated,"
    return f"{asked} has been submitted to {funder}: {bid.title}."


def _developed(bid: Bid, funder: str) -> str:
    asked = (
        "The amount to be sought is [[sought]]." if bid.sought is not None else "The amount to be sought is not stated."
    )
    return f"A bid to {funder} is being developed: {bid.title}. {asked}"


def _expected(bid: Bid, *, awaits: bool) -> Iterator[str]:
    words = in_sentence(bid.outcome_expected.rstrip("."))
    if words:
        yield f"An outcome is expected {'in the ' if words.startswith('next ') else ''}{words}."
    elif awaits:
        yield "When an outcome is expected is not stated."


def _warnings(told: BidTold, note: str) -> Iterator[str]:
    bid = told.bid
    if note:
        yield f"The funder is recorded with a note: {note}."
    if bid.sought is None:
        yield "The amount sought is not stated."
    if bid.date_doubt or (bid.submitted_on is None and told.awaits):
        yield "The day it was sent is not stated; it counts from the day of its workbook’s undated rows."
    if told.awaits and not bid.outcome_expected:
        yield "When an outcome is expected is not stated."


_COLUMNS = (
    Column("bid", "Bid"),
    Column("funder", "Funder"),
    Column("stands", "Stands"),
    Column("sought", "Sought", CellType.MONEY),
    Column("expected", "Outcome expected"),
)


def bids_table(told: Sequence[BidTold]) -> Table:
    """Give the bids as a table; what those that await an outcome seek is added up outside every other total."""
    rows = [
        Row(
            one.bid.reference,
            (
                Cell(one.bid.title),
                Cell(one.bid.funder),
                Cell(AWAITED if one.awaits else DEVELOPED),
                Cell(one.bid.sought, "" if one.bid.sought is not None else "Not stated"),
                Cell(one.bid.outcome_expected or None, "" if one.bid.outcome_expected else "Not stated"),
            ),
        )
        for one in sorted(told, key=lambda one: not one.awaits)
    ]
    sought = Pence(sum(one.bid.sought or 0 for one in told if one.awaits))
    empty = Cell()
    total = Row("total", (Cell("Awaiting an outcome"), empty, empty, Cell(sought), empty), RowKind.TOTAL)
    note = "Bids are requests: they stand in no total of the funds until they are won."
    return Table("bids", "Bids", _COLUMNS, (*rows, total), note)
