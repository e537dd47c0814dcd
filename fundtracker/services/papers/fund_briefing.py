"""The fund briefing: one page on one fund for a meeting, with last year's beside its figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from fundtracker.domain.money import pounds
from fundtracker.domain.papers import Block, Cell, CellType, Column, Content, Row, Table, Words
from fundtracker.domain.percentages import tenths, tenths_of
from fundtracker.domain.statuses import PaperKind, Source
from fundtracker.domain.years import FinancialYear, long_date, year_label
from fundtracker.services.figures import AsAt, as_at
from fundtracker.services.funds import find_fund
from fundtracker.services.owing import both_sides
from fundtracker.services.papers.fund_figures import FundFigures, figures_table, fund_figures
from fundtracker.services.papers.fund_lists import award_tables, bid_table, due_table, exception_table, waiting_table
from fundtracker.services.papers.phrases import some
from fundtracker.store.funds import Fund

_SIDES = {
    "expected": "Still to come from the funder",
    "overdue": "of that, overdue",
    "to_recover": "To recover from recipients",
    "to_pay": "To pay to recipients",
    "to_return": "To return to the funder",
    "received": "Received so far",
    "returned": "Returned so far",
    "cash_position": "In hand",
}


@dataclass(frozen=True)
class Briefing:
    """A fund, its figures as at a day, and all that its page says."""

    fund: Fund
    figures: FundFigures
    paper: Content


def fund_briefing_paper(
    session: Session, *, fund: str, day: date | None = None, year: FinancialYear | None = None
) -> Content:
    """Say what a meeting needs of one fund; raises NotFoundRefusal, and DateRefusedError for a day to come."""
    return fund_briefing(session, fund=fund, day=day, year=year).paper


def fund_briefing(
    session: Session, *, fund: str, day: date | None = None, year: FinancialYear | None = None
) -> Briefing:
    """
    Brief a meeting on a fund: a year's figures (its newest where none is given) and what stands on it as at a day.

    Raises NotFoundRefusal, and DateRefusedError for a day that has not come.
    """
    when, found = as_at(session, day), find_fund(session, fund)
    figures = fund_figures(session, when, found, year)
    paper = Content(
        kind=PaperKind.FUND_BRIEFING, title=f"Briefing: {found.name}", subject=found.reference, as_at=when.day,
        last_entry=when.last_entry, blocks=tuple(_blocks(session, when, found, figures)),
    )  # fmt: skip
    return Briefing(found, figures, paper)


def _blocks(session: Session, when: AsAt, fund: Fund, figures: FundFigures) -> Iterator[Block]:
    yield Words("short", _in_short(figures))
    yield figures_table(figures)
    yield _about(fund)
    if fund.outcomes:
        yield Words("outcomes", "What it must achieve, one or more of:", bullets=tuple(o.words for o in fund.outcomes))
    if (wrong := exception_table(session, when, fund)) is not None:
        yield wrong
    yield from award_tables(session, when, fund, figures.this.year)
    yield waiting_table(session, when, fund)
    if when.kept:  # what is due and what is owed stand as they are today
        yield due_table(session, when, fund)
        yield from _sides(session, when, fund)
    if (led := bid_table(session, fund)) is not None:
        yield led


def _in_short(figures: FundFigures) -> str:
    balance, counts, when = figures.this.balance, figures.counts, figures.this.when
    part = tenths_of(balance.awarded, balance.allocated)
    awarded = f"{tenths(part)} of its money is awarded" if part is not None else "nothing is allocated to it"
    who = f": {some(counts.awards, 'award')} to {some(counts.organisations, 'organisation')}" if counts.awards else ""
    left = (
        f"{pounds(balance.remaining)} is left to award"
        if not balance.over
        else f"{pounds(balance.over)} too much is awarded"
    )
    return (
        f"By {long_date(when.day)}, {tenths(figures.time_gone)} of the time for {figures.this.title} has gone and "
        f"{awarded}{who}. {left}."
    )


def _about(fund: Fund) -> Table:
    """Say what is known of the fund; what nobody stated is left out."""
    opens = ", ".join(filter(None, (long_date(fund.opens_on) if fund.opens_on else "", fund.opens_words)))
    spend_by = ", ".join(filter(None, (long_date(fund.spend_by) if fund.spend_by else "", fund.spend_by_words)))
    facts = {
        "for": ("What it is for", fund.purpose),
        "funder": ("Funder", fund.funder),
        "source": ("Whose money", fund.source.words),
        "objective": ("Objective of the plan", fund.objective.name if fund.objective else ""),
        "programme": ("Programme", fund.programme),
        "eligibility": ("Who may apply", fund.eligibility),
        "status": ("Status", fund.status.value.capitalize()),
        "years": ("Years", ", ".join(sorted({year_label(line.year) for line in fund.lines}))),
        "opens": ("Opens", opens),
        "spend_by": ("Spend by", spend_by),
        "follows": ("Follows", f"{fund.follows.name} ({fund.follows.reference})" if fund.follows else ""),
    }
    rows = (Row(key, (Cell(words), Cell(said))) for key, (words, said) in facts.items() if said)
    return Table("about", "About it", (Column("what", "What"), Column("said", "As recorded")), tuple(rows))


def _sides(session: Session, when: AsAt, fund: Fund) -> Iterator[Table]:
    """Give both sides of its cash, where anything is on either."""
    sums = both_sides(session, when, fund, by_day=False)[0].sums
    own = fund.source is not Source.EXTERNAL
    left_out = ("received", "returned", "cash_position") if own else ()
    amounts = {key: getattr(sums, key) for key in _SIDES if key not in left_out}
    rows = tuple(Row(key, (Cell(_SIDES[key]), Cell(amount))) for key, amount in amounts.items() if amount)
    if rows:
        columns = (Column("what", "What"), Column("amount", "Amount", CellType.MONEY))
        yield Table("sides", "Owed and owing", columns, rows)
