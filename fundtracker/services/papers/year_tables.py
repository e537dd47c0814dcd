"""A table of the year in numbers: measure, this year, last year, the change, the change in per cent, and a note."""

from collections.abc import Sequence
from dataclasses import dataclass

from fundtracker.domain.asks import ask
from fundtracker.domain.money import pounds
from fundtracker.domain.papers import Cell, CellType, Column, Row, Table
from fundtracker.domain.percentages import tenths, tenths_of
from fundtracker.domain.years import last_day, long_date, today, year_label
from fundtracker.services.papers.restated import THIS, Kept
from fundtracker.services.papers.year_figures import YearFigures
from fundtracker.services.papers.year_measures import Measure

NOT_COMPARABLE = "not comparable"
_WORDS = {CellType.MONEY: pounds, CellType.SHARE: tenths}


@dataclass(frozen=True, kw_only=True)
class Years:
    """
    A year by a day, and the year before on the same day and in full; None where that one has no figures.

    `example` says that the year before rests on amounts marked illustrative.
    """

    this: YearFigures
    last: YearFigures | None = None
    full: YearFigures | None = None
    example: bool = False
    kept: Kept | None = None

    @property
    def every(self) -> list[YearFigures]:
        """Give every set of figures that is shown."""
        return [year for year in (self.this, self.last, self.full) if year is not None]

    @property
    def over(self) -> bool:
        """Say whether the year was over by its day."""
        return self.this.when.day >= last_day(self.this.year)

    @property
    def label(self) -> str:
        """Name the year before, and say so where it is an example."""
        return f"{year_label(self.this.year - 1)}{' (example)' if self.example else ''}"


def year_table(years: Years, key: str, title: str, kind: CellType, measures: Sequence[Measure]) -> Table:
    """Set the measures of one type out; without a year before, its columns are not there."""
    shown = [measure for measure in measures if measure.said(years.every)]
    rows = tuple(Row(measure.key, tuple(_cells(years, measure, kind))) for measure in shown)
    return Table(key, title, tuple(_columns(years, kind)), rows)


def _columns(years: Years, kind: CellType) -> list[Column]:
    this, last = years.this, years.last
    columns = [Column("measure", "Measure"), Column(THIS, _to(year_label(this.year), this, over=years.over), kind)]
    if last is not None:
        columns += [
            Column("last", _to(years.label, last, over=years.over), kind),
            Column("change", "Change", kind),
            Column("share", "Change %", CellType.SHARE),
        ]
        columns += [] if years.over else [Column("full", f"{years.label} in full", kind)]
    return [*columns, Column("note", "Note")]


def _to(label: str, year: YearFigures, *, over: bool) -> str:
    return label if over else f"{label} to {long_date(year.when.day)}"


def _cells(years: Years, measure: Measure, kind: CellType) -> list[Cell]:
    cells = [Cell(measure.words), _value(measure, years.this)]
    if years.last is not None and years.full is not None:
        cells += [_value(measure, years.last), *_change(measure, years.this, years.last, kind)]
        cells += [] if years.over else [_value(measure, years.full)]
    return [*cells, Cell(_note(years, measure, kind))]


def _value(measure: Measure, year: YearFigures) -> Cell:
    """Give a figure and the rows that make it; the day is named where it is not today."""
    value, day = measure.value(year), year.when.day
    behind = ""
    if measure.figure and value:
        behind = ask(measure.figure, year=year.year, as_at=day if day < today() else None)
    return Cell(value, _unsaid(measure) if value is None else "", behind)


def _unsaid(measure: Measure) -> str:
    return "Not stated" if measure.key == "requested" else "n/a"


def _change(measure: Measure, this: YearFigures, last: YearFigures, kind: CellType) -> list[Cell]:
    now, then = measure.value(this), measure.value(last)
    if now is None or then is None or not measure.comparable(this, last):
        return [Cell(None, NOT_COMPARABLE), Cell(None, NOT_COMPARABLE)]
    if kind is CellType.SHARE:
        return [Cell(now - then), Cell(None, "percentage points")]
    share = tenths_of(now - then, then)
    return [Cell(now - then), Cell(share, "" if share is not None else "n/a")]


def _note(years: Years, measure: Measure, kind: CellType) -> str:
    said = [measure.note(years.this)]
    if years.last is not None and measure.notes_both and (before := measure.note(years.last)):
        said.append(f"{years.label}: {before[0].lower()}{before[1:]}")
    return ". ".join(filter(None, (*said, _restated(years, measure, kind))))


def _restated(years: Years, measure: Measure, kind: CellType) -> str:
    """Say that last year's figure is not what it was when its paper was last kept."""
    kept = years.kept
    if kept is None or not kept.moved(measure.key, measure.value(kept.now)):
        return ""
    said = kept.values[measure.key]
    words = "not stated" if said is None else _WORDS.get(kind, "{:,}".format)(said)
    return f"{years.label} is restated: {words} in {kept.reference}, as at {long_date(kept.as_at)}"
