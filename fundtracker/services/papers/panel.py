"""The section that the office writes for the Police and Crime Panel each quarter, in words, from the books."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.papers import Block, Content, Words
from fundtracker.domain.quarters import Quarter
from fundtracker.domain.refusals import DateRefusedError
from fundtracker.domain.statuses import PaperKind
from fundtracker.domain.years import FinancialYear, long_date, today, year_label
from fundtracker.services.figures import AsAt, as_at
from fundtracker.services.office import find_office
from fundtracker.services.papers.drafts import Draft
from fundtracker.services.papers.panel_bids import BidTold, bid_drafts, bids_at, bids_table
from fundtracker.services.papers.panel_funds import fund_drafts
from fundtracker.services.papers.panel_gifts import gift_drafts, gifts_at
from fundtracker.services.papers.panel_reading import Reading, read_quarter
from fundtracker.services.papers.panel_tables import NO_OBJECTIVE, funds_table
from fundtracker.services.papers.words import Said, say
from fundtracker.store.office import Area, Office

PANEL, TITLE = "panel", "title"
IMPLICATIONS = ("Risk management", "Financial", "Legal", "Equality")
END = "end."  # what stands after the numbered paragraphs


@dataclass(frozen=True)
class Drafted:
    """A quarter's report before it is one text: its places as the books draft them, and as people worded them."""

    quarter: Quarter
    when: AsAt
    reading: Reading
    bids: Sequence[BidTold]
    drafts: Sequence[Draft]
    said: Sequence[Said]


def panel_paper(
    session: Session, year: int, quarter: int, day: date | None = None, *, meeting_on: date | None = None
) -> Content:
    """
    Write a quarter's report as at its last day, or as at another day that is given, for the year to date.

    Raises DateRefusedError for a quarter that has not begun.
    """
    return panel_content(session, draft_panel(session, Quarter(FinancialYear(year), quarter), day), meeting_on)


def draft_panel(session: Session, quarter: Quarter, day: date | None = None) -> Drafted:
    """Draft every place of a quarter's report, and put in what people wrote there; raises DateRefusedError."""
    if quarter.first > today():
        raise DateRefusedError(f"{quarter.label} begins on {long_date(quarter.first)}. There is nothing to report yet.")
    if day is not None and day < quarter.first:
        raise DateRefusedError(
            f"{quarter.label} begins on {long_date(quarter.first)}. Enter a day of it, or a later one."
        )
    when = as_at(session, day or min(quarter.last, today()))
    reading = read_quarter(session, quarter, when)
    bids = bids_at(session, when.day)
    drafts = list(_drafts(session, reading, bids))
    return Drafted(quarter, when, reading, bids, drafts, say(session, PaperKind.PANEL, quarter.key, drafts))


def panel_content(session: Session, made: Drafted, meeting_on: date | None = None) -> Content:
    """Put a report together: its words, the tables of its figures, and what every report to the Panel ends with."""
    words = [said.words for said in made.said if said.words.text or said.words.bullets]
    title = next(one.text for one in words if one.key == TITLE)
    body = [one for one in words if one.key != TITLE and not one.key.startswith(END)]
    ends = [one for one in words if one.key.startswith(END)]
    tables: list[Block] = [funds_table(session, made.reading), *([bids_table(made.bids)] if made.bids else [])]
    return Content(
        PaperKind.PANEL, title, made.when.day, made.when.last_entry,
        (*body, Words("figures", "The figures", 1), *tables, *ends), made.quarter.label, meeting_on,
    )  # fmt: skip


def _drafts(session: Session, reading: Reading, bids: Sequence[BidTold]) -> Iterator[Draft]:
    office, quarter = find_office(session), reading.quarter
    names = _names(session)
    yield Draft(PANEL, office.panel_name)
    yield Draft(TITLE, f"Police and Crime Plan activity and performance monitoring report ({quarter.months})")
    yield Draft("recommendation.head", "Recommendation", level=1)
    yield Draft("recommendation", "Members of the Panel are invited to consider this report.")
    yield Draft("background.head", "Background", level=1)
    yield Draft("background", _background(office, reading))
    for objective in (*reading.objectives, None):
        if funds := reading.of(objective):
            key = f"objective.{objective.id if objective else 0}"
            yield Draft(key, objective.name if objective else NO_OBJECTIVE, level=1)
            for told in funds:
                yield from fund_drafts(told, reading, names)
    yield from gift_drafts(gifts_at(session, quarter, reading.when.day), quarter, names)
    yield from bid_drafts(bids, quarter)
    yield from _ends(office)


def _background(office: Office, reading: Reading) -> str:
    day, quarter = reading.when.day, reading.quarter
    over = "" if day >= quarter.last else f" The quarter ends on {long_date(quarter.last)}."
    return (
        f"This report tells the Panel what the {office.name} has secured, set aside, awarded and given out in support "
        f"of the police and crime plan. Figures are as at {long_date(day)}, for the financial year "
        f"{year_label(quarter.year)} to date. What is new in the quarter, {quarter.months}, is marked as new.{over}"
    )


def _ends(office: Office) -> Iterator[Draft]:
    for name in IMPLICATIONS:
        key = END + name.split()[0].lower()
        yield Draft(f"{key}.head", f"{name} implications", level=1)
        yield Draft(key, "None.")
    yield Draft(f"{END}supporting.head", "Supporting information", level=1)
    yield Draft(f"{END}supporting", "None.")
    yield Draft(f"{END}contact.head", "Contact points", level=1)
    yield Draft(f"{END}contact", f"{office.name}: Chief Executive")


def _names(session: Session) -> frozenset[str]:
    """Give the words of the areas' names, which keep their capitals where a purpose begins with one."""
    return frozenset(word for name in session.scalars(select(Area.name)) for word in re.findall(r"\w+", name))
