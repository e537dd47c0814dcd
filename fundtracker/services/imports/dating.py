"""Dates of rows: what a row states, else the date for those that state none, never against the order of things."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from fundtracker.domain.statuses import Doubt
from fundtracker.services.imports.outcome import At, Outcome, stated_rows
from fundtracker.services.imports.slots import FundSlot, LineSlot, Slots
from fundtracker.services.imports.understood import AwardStated, BidStated, Understood


class Dated(Protocol):
    """An award that is given its date here."""

    at: At
    stated: AwardStated
    fund: FundSlot | None
    line: LineSlot | None
    on: date | None
    date_doubt: Doubt


def date_rows(slots: Slots, awards: Sequence[Dated], understood: Understood, outcome: Outcome) -> None:
    """Give every allocation and award to record its date, and refuse where one needs a date and none is given."""
    undated = understood.undated
    first = _first_dates(understood, slots)
    needing: list[At] = []
    for slot in slots.all():
        for line in slot.lines.values():
            if line.adds and line.stated is not None and line.at is not None:
                _date_line(line, undated, first.get(id(slot)))
                needing += [line.at] if line.stated.allocated_on is None else []
    for award in awards:
        _date_award(award, undated)
        needing += [award.at] if award.stated.awarded_on is None else []
    needing += _undated_bids(understood, outcome)
    outcome.undated_rows = len(needing)
    if needing and undated is None:
        others = f" and {len(needing) - 1} more rows have" if len(needing) > 1 else " has"
        outcome.refuse(
            needing[0],
            f"This row{others} no date, and no title names a financial year. "
            "Give the date of rows that have none (--undated).",
        )


def _first_dates(understood: Understood, slots: Slots) -> dict[int, date]:
    """Give the first day that a dated row of each fund names."""
    first: dict[int, date] = {}
    for _, stated in stated_rows(understood, AwardStated):
        day = stated.awarded_on or (stated.paid.on if stated.paid else None)
        slot = slots.find(stated.fund) if day and stated.fund else None
        if day and slot:
            first[id(slot)] = min(day, first.get(id(slot), day))
    return first


def _date_line(line: LineSlot, undated: date | None, first: date | None) -> None:
    stated = line.stated
    if stated is None:
        return
    days = [day for day in (undated, first) if day is not None] if undated else []
    line.date_doubt = stated.date_doubt if stated.allocated_on else Doubt.NOT_STATED
    day = stated.allocated_on or (min(days) if days else None)
    line.allocated_on = min(filter(None, (line.allocated_on, day)), default=None)
    line.adds_on = day


def _date_award(award: Dated, undated: date | None) -> None:
    stated = award.stated
    award.date_doubt = stated.date_doubt if stated.awarded_on else Doubt.NOT_STATED
    if stated.awarded_on or undated is None:
        award.on = stated.awarded_on
        return
    paid_on = stated.paid.on if stated.paid else None
    day = min(undated, paid_on) if paid_on else undated
    allocated = award.line.allocated_on if award.line else None
    award.on = max(day, allocated) if allocated else day


def _undated_bids(understood: Understood, outcome: Outcome) -> list[At]:
    return [
        at
        for at, stated in stated_rows(understood, BidStated)
        if stated.submitted_on is None and stated.status.awaiting and outcome.fates.get(at) == "taken"
    ]
