"""Awarded and paid by month of a financial year, with the year before: from the entries, in one query."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from fundtracker.domain.asks import Figure, ask
from fundtracker.domain.kinds import Kind, Measure
from fundtracker.domain.money import pounds
from fundtracker.domain.papers import Cell, CellType, Column, Row, RowKind, Table
from fundtracker.domain.years import APRIL, first_day, last_day, long_date, period_of, year_label
from fundtracker.services.figures import measure_sum
from fundtracker.services.pictures.picture import Picture
from fundtracker.services.years_beside import YearsBeside
from fundtracker.store.books import Entry
from fundtracker.store.funds import BudgetLine

_BEFORE, _AFTER = 0, 13  # beside the year's own months, 1 for April to 12 for March
_MEASURES = (Measure.AWARDED, Measure.PAID, Measure.RECOVERED)
_KINDS = [kind for kind in Kind if kind.measure in _MEASURES]


@dataclass
class _Year:
    """What the lines of one year came to by month, in pence, up to a day, and whether examples are among it."""

    year: int
    until: date
    example: bool = False
    awarded: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    paid: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def title(self) -> str:
        return f"{year_label(self.year)}{' (example)' if self.example else ''}"

    def of(self, figure: Figure) -> dict[int, int]:
        return self.awarded if figure is Figure.AWARDED else self.paid


def by_month(session: Session, beside: YearsBeside) -> list[Picture]:
    """
    Show what was awarded and paid on the lines of the year in hand by month, beside the whole of the year before.

    What is dated outside the year has a row of its own, so that the months add up to the year's figure.
    """
    years = _read(session, beside)
    months = [month for month in range(_BEFORE, _AFTER + 1) if _stands(month, years)]
    return [
        _picture(f"{verb}-by-month", f"{verb.capitalize()} by month", figure, months, years)
        for verb, figure in (("awarded", Figure.AWARDED), ("paid", Figure.NET_PAID))
        if years
    ]


def _read(session: Session, beside: YearsBeside) -> list[_Year]:
    """Read the year in hand and, where there is one, the year before."""
    if beside.year is None:
        return []
    when, years = beside.books.when, [_Year(beside.year, beside.books.when.day)]
    if beside.in_full and beside.last:
        years.append(_Year(beside.year - 1, beside.in_full.day, beside.last.example))
    rows = select(BudgetLine.year, Entry.on_date, *(measure_sum(one) for one in _MEASURES))
    rows = rows.join(BudgetLine, BudgetLine.id == Entry.budget_line_id)
    in_time = (and_(BudgetLine.year == one.year, Entry.on_date <= one.until) for one in years)
    rows = rows.where(Entry.number <= when.last_entry, Entry.kind.in_(_KINDS), or_(*in_time))
    of = {one.year: one for one in years}
    for year, day, *sums in session.execute(rows.group_by(BudgetLine.year, Entry.on_date)):
        month, (awarded, paid, recovered) = _month(year, day), map(int, sums)
        of[year].awarded[month] += awarded
        of[year].paid[month] += paid - recovered
    return years


def _month(year: int, day: date) -> int:
    if day < first_day(year):
        return _BEFORE
    return _AFTER if day > last_day(year) else period_of(day)


def _stands(month: int, years: list[_Year]) -> bool:
    """Say whether a month has a row: those of the year always, and what is outside it where anything is there."""
    return _BEFORE < month < _AFTER or any(one.awarded[month] or one.paid[month] for one in years)


def _picture(key: str, title: str, figure: Figure, months: list[int], years: list[_Year]) -> Picture:
    columns = [
        Column(name, f"{one.title} £", CellType.MONEY) for name, one in zip(("this", "before"), years, strict=False)
    ]
    rows = [Row(str(m), (Cell(_name(m, years[0].year)), *(_cell(m, figure, one) for one in years))) for m in months]
    totals = (Cell(sum(one.of(figure).values()), behind=ask(figure, year=one.year, as_at=one.until)) for one in years)
    rows.append(Row("total", (Cell("Total"), *totals), RowKind.TOTAL))
    table = Table(key, title, (Column("month", "Month"), *columns), tuple(rows))
    return Picture(key, title, " ".join(_says(figure, *years)), table)


def _cell(month: int, figure: Figure, one: _Year) -> Cell:
    """Give a month's sum with what is behind it; nothing where the month has not come."""
    since, last = _days(month, one.year)
    if since and since > one.until:
        return Cell()
    behind = ask(figure, year=one.year, since=since, as_at=min(last or one.until, one.until))
    return Cell(one.of(figure)[month], behind=behind)


def _days(month: int, year: int) -> tuple[date | None, date | None]:
    """Give the first and the last day of a month; what is before the year or after it is open at one end."""
    if month == _BEFORE:
        return None, date.fromordinal(first_day(year).toordinal() - 1)
    if month == _AFTER:
        return first_day(year + 1), None
    return _first(month, year), date.fromordinal(_first(month + 1, year).toordinal() - 1)


def _first(month: int, year: int) -> date:
    years, past = divmod(APRIL + month - 2, 12)
    return date(year + years, past + 1, 1)


def _name(month: int, year: int) -> str:
    if month == _BEFORE:
        return f"Before April {year}"
    return f"After March {year + 1}" if month == _AFTER else f"{_first(month, year):%B}"


def _says(figure: Figure, this: _Year, before: _Year | None = None) -> Iterator[str]:
    verb, sums = "awarded" if figure is Figure.AWARDED else "paid", this.of(figure)
    by = long_date(this.until)
    yield f"{pounds(sum(sums.values()))} was {verb} of {this.title}’s money by {by}."
    most = max(sums, key=lambda month: sums[month], default=_BEFORE)
    if sums[most] > 0:
        yield f"The month with most is {_name(most, this.year)}, {pounds(sums[most])}."
    if before:
        yield f"{before.title} came to {pounds(sum(before.of(figure).values()))} in all."
