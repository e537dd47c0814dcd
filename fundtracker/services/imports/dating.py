"""Dates of rows: what a row states, else the date for those that state none, never against the order of things."""

from collections.abc import Sequence
from datetime import date

from fundtracker.domain.statuses import Doubt
from fundtracker.domain.text import match_key
from fundtracker.domain.years import FinancialYear, year_of
from fundtracker.services.imports.outcome import At, Outcome, stated_rows
from fundtracker.services.imports.planned_awards import AwardPlan
from fundtracker.services.imports.slots import LineSlot, Slots
from fundtracker.services.imports.understood import AwardStated, BidStated, FundStated, Understood

FirstDates = dict[str, date]
"""The first day that a dated row names, by what the row calls its fund."""


def first_dates(understood: Understood) -> FirstDates:
    """Give the first day that a dated award or payment of each fund names."""
    first: FirstDates = {}
    for _, stated in stated_rows(understood, AwardStated):
        day = stated.awarded_on or (stated.paid.on if stated.paid else None)
        if day:
            key = match_key(stated.fund)
            first[key] = min(day, first.get(key, day))
    return first


def year_of_fund(understood: Understood, stated: FundStated, first: FirstDates) -> FinancialYear | None:
    """Give the year of a fund's money: stated, else the workbook's, else in its name, else that of a date."""
    year = stated.line.year or understood.year or stated.named_year
    day = stated.allocated_on or understood.undated or _first(first, stated.name, stated.reference)
    return year or (year_of(day) if day else None)


def date_rows(slots: Slots, awards: Sequence[AwardPlan], understood: Understood, outcome: Outcome) -> None:
    """Give every allocation and award to record its date, and refuse where one needs a date and none is given."""
    undated, first = understood.undated, first_dates(understood)
    needing: list[At] = []
    for slot in slots.all():
        names = (slot.name, slot.fund.reference if slot.fund else "")
        for line in slot.lines.values():
            if line.adds and line.stated is not None and line.at is not None:
                _date_line(line, undated, _first(first, *names, line.stated.reference))
                needing += [line.at] if line.stated.allocated_on is None else []
    for award in awards:
        _date_award(award, undated)
        needing += [part.at for part in award.parts if part.stated.awarded_on is None]
    needing += _undated_bids(understood, outcome)
    outcome.undated_rows = len(needing)
    if needing and undated is None:
        outcome.ask_for_a_year(_need_a_date(needing))


def _need_a_date(rows: Sequence[At]) -> str:
    (sheet, row), others = rows[0], len(rows) - 1
    if others:
        says = f"{sheet}, row {row}, and {others} more {'row' if others == 1 else 'rows'} have no date"
    else:
        says = f"{sheet}, row {row}, has no date"
    return f"{says}, and no title names a financial year. Give the financial year of the workbook, or a date for them."


def _first(first: FirstDates, *names: str) -> date | None:
    return min((first[key] for name in names if name and (key := match_key(name)) in first), default=None)


def _date_line(line: LineSlot, undated: date | None, first: date | None) -> None:
    stated = line.stated
    if stated is None:
        return
    days = [day for day in (undated, first) if day is not None] if undated else []
    line.date_doubt = stated.date_doubt if stated.allocated_on else Doubt.NOT_STATED
    day = stated.allocated_on or (min(days) if days else None)
    line.allocated_on = min(filter(None, (line.allocated_on, day)), default=None)
    line.adds_on = day


def _date_award(award: AwardPlan, undated: date | None) -> None:
    stated = award.stated
    award.date_doubt = stated.date_doubt if stated.awarded_on else Doubt.NOT_STATED
    if stated.awarded_on or undated is None:
        award.on = stated.awarded_on
        return
    paid_on = [part.stated.paid.on for part in award.parts if part.stated.paid and part.stated.paid.on]
    allocated = [part.line.allocated_on for part in award.parts if part.line and part.line.allocated_on]
    award.on = max([min([undated, *paid_on]), *allocated])


def _undated_bids(understood: Understood, outcome: Outcome) -> list[At]:
    return [
        at
        for at, stated in stated_rows(understood, BidStated)
        if stated.submitted_on is None and stated.status.awaiting and outcome.fates.get(at) == "taken"
    ]
