"""The summary's table of funds: a row a fund, grouped by whose money it is, last year beside this one (R1)."""

from collections.abc import Iterable, Iterator, Mapping

from fundtracker.domain.papers import Cell, CellType, Column, Row, RowKind, Table
from fundtracker.domain.years import year_label
from fundtracker.services.forecasts import Forecast
from fundtracker.services.papers.summary_cells import (
    COUNTED,
    MONEY,
    UNASKED,
    USED,
    Asking,
    Cells,
    count_cells,
    money_cells,
)
from fundtracker.services.years_beside import FundYears, Group, YearsBeside

_NAMED = (
    Column("fund", "Reference"),
    Column("name", "Fund"),
    Column("funder", "Funder"),
    Column("status", "Status"),
    Column("spend_by", "Spend by", CellType.DAY),
)
_FORECAST = (Column("forecast", "Forecast", CellType.MONEY), Column("variance", "Variance", CellType.MONEY))
_FLAG = Column("flag", "Flag")
Forecasts = Mapping[int, Forecast]


def fund_table(beside: YearsBeside, flags: Mapping[str, str], forecasts: Forecasts | None = None) -> Table:
    """
    Set the funds out, each figure with its rows; `flags` says in words what is wrong, by the fund's reference.

    Forecasts are by the fund's id, and have no column where there are none.
    """
    asking = Asking(beside)
    columns = (*_NAMED, *MONEY, *(_FORECAST if forecasts else ()), USED, *asking.last_columns, *COUNTED, _FLAG)
    found = list(_rows(beside, flags, asking, forecasts or {}))
    rows = tuple(
        Row(key, tuple(cells.get(column.key, Cell()) for column in columns), kind) for key, cells, kind in found
    )
    return Table("funds", "Funds", columns, rows, _note(beside))


def _note(beside: YearsBeside) -> str:
    unstated = beside.counts.without_value
    left_out = f" {unstated:,} {'line has' if unstated == 1 else 'lines have'} no value, and no sum holds them."
    return f"Allocated is awarded and left to award.{left_out if unstated else ''}"


def _rows(
    beside: YearsBeside, flags: Mapping[str, str], asking: Asking, forecasts: Forecasts
) -> Iterator[tuple[str, Cells, RowKind]]:
    stayed = _stayed(beside)
    for group in beside.groups:
        words = group.source.words
        yield f"{group.source}-group", {"fund": Cell(words)}, RowKind.GROUP
        for row in group.rows:
            flag = {"flag": Cell(flags.get(row.fund.reference, ""))}
            yield row.fund.reference, _fund(row, asking) | _forecast([row], forecasts) | flag, RowKind.ROW
        if group.ended:
            yield f"{group.source}-ended", _ended(beside, group, asking), RowKind.ROW
        rows = asking.now(source=group.source.value)
        cells = {"fund": Cell(words)} | money_cells(group.balance, rows) | _forecast(group.rows, forecasts)
        before = asking.last(source=group.source.value) if stayed else UNASKED
        yield group.source.value, cells | asking.last_cells(group.last, before), RowKind.SUBTOTAL
    yield "year", _total(beside, asking) | _forecast(beside.rows, forecasts), RowKind.TOTAL
    yield from _all_the_books(beside, asking)


def _fund(row: FundYears, asking: Asking) -> Cells:
    fund, rows = row.fund, asking.now(fund=row.fund.reference)
    spend_by = Cell(fund.spend_by, fund.spend_by_words or ("" if fund.spend_by else "Not stated"))
    named = {
        "fund": Cell(fund.reference), "name": Cell(fund.name), "funder": Cell(fund.funder),
        "status": Cell(fund.status.value.capitalize()), "spend_by": spend_by,
    }  # fmt: skip
    before = asking.last(fund=row.last_of.reference) if row.last_of else UNASKED
    return named | money_cells(row.balance, rows) | count_cells(row.counts, rows) | asking.last_cells(row.last, before)


def _forecast(rows: Iterable[FundYears], forecasts: Forecasts) -> Cells:
    """Add up what some funds are forecast to have cost by the year's end, and how far that is from their allocation."""
    found = [forecasts[row.fund.id] for row in rows if row.fund.id in forecasts]
    return {"forecast": Cell(sum(one.amount for one in found)), "variance": Cell(sum(one.variance for one in found))}


def _ended(beside: YearsBeside, group: Group, asking: Asking) -> Cells:
    """Say what funds of last year alone had, so that last year's column adds up."""
    names = [fund.name for fund in group.ended]
    label = year_label((beside.year or 0) - 1)
    cells = {"fund": Cell(f"Only in {label}"), "name": Cell(", ".join(names))}
    only = next(iter(group.ended)) if len(names) == 1 else None
    rows = asking.last(fund=only.reference) if only else UNASKED
    return cells | asking.last_cells(group.ended_last, rows)


def _stayed(beside: YearsBeside) -> bool:
    """Say whether every fund's last year was of the source that it is of now."""
    return all(row.last_of is None or row.last_of.source is row.fund.source for row in beside.rows)


def _total(beside: YearsBeside, asking: Asking) -> Cells:
    rows = asking.now()
    label = "All funds" if beside.year is None else f"All funds, {year_label(beside.year)}"
    cells = {"fund": Cell(label)} | money_cells(beside.balance, rows) | count_cells(beside.counts, rows)
    return cells | (asking.last_cells(beside.last, asking.last()) if beside.last else {})


def _all_the_books(beside: YearsBeside, asking: Asking) -> Iterator[tuple[str, Cells, RowKind]]:
    """Give what lines of other years hold, where they hold anything, and all the books: `fundtracker summary`."""
    other = beside.other_years
    if other is None or beside.year is None:
        return
    rows = asking.books(year=f"not {year_label(beside.year)}")
    yield "other-years", {"fund": Cell("Other years")} | money_cells(other, rows), RowKind.ROW
    books, rows = beside.books, asking.books()
    cells = {"fund": Cell("All the books")} | money_cells(books.balance, rows) | count_cells(books.counts, rows)
    yield "books", cells, RowKind.TOTAL
