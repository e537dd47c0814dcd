"""A fund's figures of one financial year, with last year's beside them: its own, or of the fund that it follows."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from fundtracker.domain.asks import Figure
from fundtracker.domain.balances import Balance
from fundtracker.domain.papers import Cell, CellType, Column, Row, Table
from fundtracker.domain.years import FinancialYear, last_day, long_date, today, year_label, year_of
from fundtracker.services.counts import Counts, count_some
from fundtracker.services.figures import AsAt, fund_balances
from fundtracker.services.papers.summary_cells import EXAMPLE, Rows
from fundtracker.services.years_beside import examples, time_gone, year_ago
from fundtracker.store.funds import Fund

FIGURES = {
    "allocated": ("Allocated", Figure.ALLOCATED),
    "awarded": ("Awarded", Figure.AWARDED),
    "remaining": ("Left to award", Figure.REMAINING),
    "net_paid": ("Paid", Figure.NET_PAID),
    "to_pay": ("To pay", Figure.TO_PAY),
    "to_recover": ("To recover", Figure.TO_RECOVER),
}
_WHERE_ANY = ("to_recover",)


@dataclass(frozen=True)
class Part:
    """A fund's balance on the lines of a year as at a day, and what its column is called."""

    key: str
    title: str
    fund: Fund
    year: FinancialYear | None
    when: AsAt
    balance: Balance

    def cell(self, name: str, figure: Figure) -> Cell:
        """Give one of its figures, and the rows that make it."""
        value, day = getattr(self.balance, name), self.when.day
        asked = {"fund": self.fund.reference, "year": self.year, "as_at": day if day < today() else None}
        return Cell(value, behind=Rows(asked).behind(figure, value))


@dataclass(frozen=True)
class FundFigures:
    """A fund's year as at a day; `beside` holds last year on the same day and in full, and all years together."""

    this: Part
    beside: tuple[Part, ...]
    counts: Counts
    example: bool
    time_gone: int

    @property
    def last(self) -> Part | None:
        """Give last year on the same day, or in full once this one is over, where there was one."""
        return next((part for part in self.beside if part.key in ("last", "full")), None)


def fund_figures(session: Session, when: AsAt, fund: Fund, year: FinancialYear | None = None) -> FundFigures:
    """Give a fund's figures of a year: its newest by the day where none is given."""
    year = year or _year_of(fund, when)
    this = Part("this", year_label(year), fund, year, when, _balance(session, when, fund, year))
    before, last = FinancialYear(year - 1), _last_fund(fund, year - 1)
    marked = last is not None and last.id in examples(session, before)
    beside = [] if last is None else _last(session, when, last, before, example=marked)
    if len({line.year for line in fund.lines}) > 1:
        beside.append(Part("all", "All its years", fund, None, when, _balance(session, when, fund, None)))
    gone = time_gone(when.day, year, fund.opens_on, fund.spend_by)
    return FundFigures(this, tuple(beside), count_some(session, when, [fund.id], year), marked, gone)


def figures_table(figures: FundFigures) -> Table:
    """Set the figures out, a column for each set of them."""
    parts = (figures.this, *figures.beside)
    columns = [Column("measure", "Measure"), *(Column(part.key, part.title, CellType.MONEY) for part in parts)]
    rows = [
        Row(name, (Cell(words), *(part.cell(name, figure) for part in parts)))
        for name, (words, figure) in FIGURES.items()
        if name not in _WHERE_ANY or any(getattr(part.balance, name) for part in parts)
    ]
    return Table("figures", "Figures", tuple(columns), tuple(rows), _note(figures))


def _note(figures: FundFigures) -> str:
    last = figures.last
    if last is None or last.fund is figures.this.fund:
        return ""
    return f"Last year is that of {last.fund.name} ({last.fund.reference}), which it follows."


def _year_of(fund: Fund, when: AsAt) -> FinancialYear:
    years = sorted(line.year for line in fund.lines)
    return FinancialYear(max((year for year in years if year <= year_of(when.day)), default=years[0]))


def _last_fund(fund: Fund, year: int) -> Fund | None:
    """Give the fund that had last year's money: itself, else the one that it follows."""
    mine = [one for one in (fund, fund.follows) if one is not None and year in {line.year for line in one.lines}]
    return mine[0] if mine else None


def _last(session: Session, when: AsAt, fund: Fund, year: FinancialYear, *, example: bool) -> list[Part]:
    label = f"{year_label(year)}{f' {EXAMPLE}' if example else ''}"
    days = {"last": year_ago(when.day), "full": last_day(year)}
    if days["last"] >= days["full"]:
        del days["last"]
    titles = {"last": f"{label} to {long_date(year_ago(when.day))}", "full": f"{label} in full"}
    thens = {key: AsAt(day=min(day, when.day), last_entry=when.last_entry, kept=False) for key, day in days.items()}
    return [
        Part(key, titles[key], fund, year, then, _balance(session, then, fund, year)) for key, then in thens.items()
    ]


def _balance(session: Session, when: AsAt, fund: Fund, year: FinancialYear | None) -> Balance:
    return fund_balances(session, when, [fund.id], year).get(fund.id, Balance())
