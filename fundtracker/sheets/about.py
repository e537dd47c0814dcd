"""The sheet that says what a workbook is: of what, as at when, made when and by whom, and what it adds up to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from fundtracker import __version__
from fundtracker.domain.years import now, year_label
from fundtracker.services.ledger import Ledger
from fundtracker.sheets.ledger_rows import MEASURE_TITLES, Totals, cells_of, last_row
from fundtracker.sheets.skeleton import Column
from fundtracker.sheets.summary import RIGHT, WRONG, compare, whole
from fundtracker.sheets.writing import Cell, Styles, Type, write_cells

ABOUT_COLUMNS = (
    Column("About", width=34),
    Column("This workbook", width=24),
    Column("In the books (£)", Type.MONEY),
    Column("Difference (£)", Type.MONEY),
    Column("Check", width=10),
)

_MARKS = (
    ("“date not stated”", "the workbook this came from gave no date, and the date here was chosen when it came in"),
    ("“date illustrative”", "the workbook this came from says that the date is an example"),
    ("“amount illustrative”", "the workbook this came from says that the split of amounts is an example"),
)

Row = Sequence[Cell | None]


@dataclass(frozen=True)
class Control:
    """A figure of a workbook by its formula, in pence, and what it must be: as the books say it or by a formula."""

    what: str
    here: int
    formula: str
    must_be: int
    must_be_formula: str = ""


def made_rows(
    what: str,
    office: str,
    as_at: date,
    made_by: str,
    filters: Sequence[tuple[str, str]],
    *,
    made_at: datetime | None = None,
    head: str = "",
) -> list[Row]:
    """
    Say what a workbook is, as at when, made when (now, where that is not given) and by whom, and how filtered.

    The head of the history shows later whether anything that stood in the books by then was altered.
    """
    facts: list[tuple[str, Cell]] = [
        ("What", Cell(what)),
        ("Office", Cell(office)),
        ("As at", Cell(as_at, Type.DATE)),
        ("Made at (Europe/London)", Cell(made_at or now(), Type.MOMENT)),
        ("Made by", Cell(made_by)),
        ("Made with", Cell(f"fundtracker {__version__}")),
        *((name, Cell(value)) for name, value in filters or [("Filters", "none: everything is here")]),
        *([("Head of the history", Cell(head))] if head else []),
    ]
    return [[Cell(name), cell] for name, cell in facts]


def write_about(rows: Sequence[Row], styles: Styles) -> Iterator[str]:
    """Write the sheet's rows under its heading."""
    for number, row in enumerate(rows, start=2):
        yield write_cells(number, styles, row)


def ledger_about(
    ledger: Ledger, what: str, made_by: str, totals: Mapping[int, Totals], styles: Styles
) -> Iterator[str]:
    """Say what a ledger holds, with its control totals against the books."""
    rows = made_rows(what, ledger.office, ledger.when.day, made_by, _filters(ledger), head=ledger.head)
    rows += [
        [Cell("Last entry number"), Cell(ledger.when.last_entry, Type.WHOLE)],
        [Cell("Number of entries"), _counted(ledger, totals)],
        [Cell("Order"), Cell("by entry number; the running column adds up the rows of the same fund above it")],
        *([Cell(mark), Cell(meaning)] for mark, meaning in _MARKS),
        [],
    ]
    rows += _controls(ledger, totals, first=len(rows) + 2)
    yield from write_about(rows, styles)


def _filters(ledger: Ledger) -> list[tuple[str, str]]:
    funds = "all funds" if ledger.every_fund else ", ".join(f"{name} ({ref})" for ref, name in ledger.funds.values())
    year = "all years"
    if ledger.year is not None:
        year = f"{year_label(ledger.year)}: entries on budget lines of that year, whatever day they are dated"
    return [("Funds", funds), ("Financial year", year)]


def _counted(ledger: Ledger, totals: Mapping[int, Totals]) -> Cell:
    entries = sum(fund.entries for fund in totals.values())
    return Cell(entries, Type.WHOLE, f"COUNT({cells_of('Entry no', last_row(ledger))})")


def _controls(ledger: Ledger, totals: Mapping[int, Totals], *, first: int) -> list[Row]:
    """Add up each money column against the books, and end with the whole difference."""
    all_funds = whole(compare(ledger, totals).values())
    pairs = [
        (title, here, getattr(all_funds.books, measure.value))
        for (measure, title), here in zip(MEASURE_TITLES.items(), all_funds.totals.measures, strict=True)
    ]
    controls = [
        Control(f"Control total: {title}", here, f"SUM({cells_of(title, last_row(ledger))})", books)
        for title, here, books in pairs
    ]
    return control_rows(controls, first=first)


def control_rows(controls: Sequence[Control], *, first: int) -> list[Row]:
    """Set figures against what they must be, from a row of a sheet on, and end with the whole difference."""
    rows: list[Row] = [
        [
            Cell(one.what),
            Cell(one.here, Type.MONEY, one.formula),
            Cell(one.must_be, Type.MONEY, one.must_be_formula),
            Cell(one.here - one.must_be, Type.MONEY, f"ROUND(B{row}-C{row},2)"),
            _check(one.here == one.must_be, f"D{row}=0", strong=False),
        ]
        for row, one in enumerate(controls, start=first)
    ]
    last = first + len(rows) - 1
    apart = sum(abs(one.here - one.must_be) for one in controls)
    added = Cell(apart, Type.MONEY, f"SUMPRODUCT(ABS(D{first}:D{last}))", strong=True)
    rows.append([Cell("Difference", strong=True), added, None, None, _check(apart == 0, f"B{last + 1}=0", strong=True)])
    return rows


def _check(right: bool, test: str, *, strong: bool) -> Cell:
    return Cell(RIGHT if right else WRONG, Type.TEXT, f'IF({test},"{RIGHT}","{WRONG}")', strong)
