"""The ledger's summary sheet: a row a fund, worked out by formulas and checked against the books' own figures."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from fundtracker.domain.balances import Balance, total
from fundtracker.domain.kinds import Measure
from fundtracker.services.ledger import Ledger
from fundtracker.sheets.ledger_rows import MEASURE_TITLES, Totals, cells_of, last_row
from fundtracker.sheets.skeleton import Column
from fundtracker.sheets.writing import Cell, Styles, Type, letter_of, write_cells

RIGHT, WRONG = "OK", "DIFFERS"

_NAMES = ("Fund ref", "Fund", "Entries")
_REMAINING, _NET_PAID = "Remaining to award (£)", "Net paid (£)"
_TO_PAY, _TO_RECOVER = "To pay (£)", "To recover (£)"
_BOOKS = {measure: f"In the books: {title}" for measure, title in MEASURE_TITLES.items()}
_DIFFERENCE, _CHECK = "Difference (£)", "Check"
_MONEY = (*MEASURE_TITLES.values(), _REMAINING, _NET_PAID, _TO_PAY, _TO_RECOVER, *_BOOKS.values(), _DIFFERENCE)
SUMMARY_COLUMNS = (
    Column("Fund ref", width=11),
    Column("Fund", width=34),
    Column("Entries", Type.WHOLE),
    *(Column(title, Type.MONEY) for title in _MONEY),
    Column(_CHECK, width=10),
)
_AT = {column.title: letter_of(place) for place, column in enumerate(SUMMARY_COLUMNS, start=1)}


@dataclass(frozen=True)
class Compared:
    """One fund's ledger beside the books' own figures, in pence."""

    totals: Totals
    books: Balance

    @property
    def difference(self) -> int:
        """Add up every pound by which ledger and books differ, and what breaks awarded = net paid + owed."""
        pairs = zip(MEASURE_TITLES, self.totals.measures, strict=True)
        apart = sum(abs(amount - getattr(self.books, measure.value)) for measure, amount in pairs)
        of = dict(zip(MEASURE_TITLES, self.totals.measures, strict=True))
        owed = self.books.to_pay - self.books.to_recover
        broken = abs(of[Measure.AWARDED] - of[Measure.PAID] + of[Measure.RECOVERED] - owed)
        return int(apart) + broken


def compare(ledger: Ledger, totals: Mapping[int, Totals]) -> dict[int, Compared]:
    """Set each fund's ledger beside the books."""
    return {key: Compared(totals.get(key) or Totals(), ledger.books.get(key, Balance())) for key in ledger.funds}


def whole(rows: Iterable[Compared]) -> Compared:
    """Add the funds together."""
    rows = list(rows)
    added = Totals()
    added.entries = sum(row.totals.entries for row in rows)
    added.measures = [sum(row.totals.measures[place] for row in rows) for place in range(len(MEASURE_TITLES))]
    return Compared(added, total(row.books for row in rows))


def summary_rows(ledger: Ledger, totals: Mapping[int, Totals], styles: Styles) -> Iterator[str]:
    """Write a row a fund and their total, each formula with its value."""
    compared = compare(ledger, totals)
    last = len(compared) + 1
    for row, (key, fund) in enumerate(compared.items(), start=2):
        formulas = _formulas(row, last_row(ledger))
        yield write_cells(row, styles, _cells(ledger.funds[key], fund, formulas, strong=False))
    sums = {title: f"SUM({at}2:{at}{last})" for title, at in _AT.items() if title == "Entries" or title in _MONEY}
    sums[_CHECK] = f'IF(COUNTIF({_AT[_CHECK]}2:{_AT[_CHECK]}{last},"{RIGHT}")={len(compared)},"{RIGHT}","{WRONG}")'
    yield write_cells(last + 1, styles, _cells(("", "Total"), whole(compared.values()), sums, strong=True))


def _cells(names: tuple[str, str], fund: Compared, formulas: Mapping[str, str], *, strong: bool) -> list[Cell]:
    reference, name = names
    values = _values(fund)
    money = [Cell(values[title], Type.MONEY, formulas.get(title, ""), strong) for title in _MONEY]
    said = RIGHT if fund.difference == 0 else WRONG
    return [
        Cell(reference, strong=strong),
        Cell(name, strong=strong),
        Cell(fund.totals.entries, Type.WHOLE, formulas["Entries"], strong),
        *money,
        Cell(said, Type.TEXT, formulas[_CHECK], strong),
    ]


def _values(fund: Compared) -> dict[str, int]:
    amounts = dict(zip(MEASURE_TITLES, fund.totals.measures, strict=True))
    worked_out = {
        _REMAINING: amounts[Measure.ALLOCATED] - amounts[Measure.AWARDED],
        _NET_PAID: amounts[Measure.PAID] - amounts[Measure.RECOVERED],
        _TO_PAY: fund.books.to_pay,
        _TO_RECOVER: fund.books.to_recover,
        _DIFFERENCE: fund.difference,
    }
    ledger = {MEASURE_TITLES[measure]: amount for measure, amount in amounts.items()}
    return ledger | worked_out | {title: getattr(fund.books, m.value) for m, title in _BOOKS.items()}


def _formulas(row: int, ledger_end: int) -> dict[str, str]:
    at = {title: f"{letter}{row}" for title, letter in _AT.items()}
    of = {measure: at[title] for measure, title in MEASURE_TITLES.items()}
    funds = f"{cells_of('Fund ref', ledger_end)},{at['Fund ref']}"
    sums = {title: f"SUMIFS({cells_of(title, ledger_end)},{funds})" for title in MEASURE_TITLES.values()}
    apart = "+".join(f"ABS({of[measure]}-{at[title]})" for measure, title in _BOOKS.items())
    owed = f"ABS({of[Measure.AWARDED]}-{at[_NET_PAID]}-{at[_TO_PAY]}+{at[_TO_RECOVER]})"
    return sums | {
        "Entries": f'COUNTIFS({funds},{cells_of("Entry no", ledger_end)},">0")',
        _REMAINING: f"{of[Measure.ALLOCATED]}-{of[Measure.AWARDED]}",
        _NET_PAID: f"{of[Measure.PAID]}-{of[Measure.RECOVERED]}",
        _DIFFERENCE: f"ROUND({apart}+{owed},2)",
        _CHECK: f'IF({at[_DIFFERENCE]}=0,"{RIGHT}","{WRONG}")',
    }
