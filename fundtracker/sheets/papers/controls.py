"""What the summary workbook must come to: the books' own figures, and its own sheets among themselves."""

from collections.abc import Iterator, Mapping

from fundtracker.domain.papers import RowKind
from fundtracker.services.years_beside import YearsBeside
from fundtracker.sheets.about import Control
from fundtracker.sheets.papers.tables import Sheet

_MONEY = ("allocated", "awarded", "remaining", "net_paid", "to_pay", "to_recover")
_YEARS_TOTAL = "year"  # the key of the row that is the year's
_SHEETS = (
    ("spend", "awarded", "awarded"),
    ("awarded-by-month", "this", "awarded"),
    ("paid-by-month", "this", "net_paid"),
    ("areas", "awarded", "awarded"),
    ("recipients", "awarded", "awarded"),
)


def controls_of(sheets: Mapping[str, Sheet], beside: YearsBeside) -> list[Control]:
    """Set the total of all the books beside the books' own, and each sheet's total beside the year's."""
    funds = sheets["funds"]
    return [*_books(funds, beside), *_sums(funds), *_others(sheets, funds)]


def _books(funds: Sheet, beside: YearsBeside) -> Iterator[Control]:
    last = len(funds.table.rows) - 1  # all the books, or the year where there is no other
    for key in _MONEY:
        here = _pence(funds, last, key)
        yield Control(f"All the books: {_title(funds, key)}", here, funds.at(last, key),
                      getattr(beside.books.balance, key))  # fmt: skip


def _sums(funds: Sheet) -> Iterator[Control]:
    """Say that allocated is awarded and left, and that awarded is paid and owed, as every page shows it."""
    last = len(funds.table.rows) - 1
    pence = {key: _pence(funds, last, key) for key in _MONEY}
    at = {key: funds.at(last, key) for key in _MONEY}
    yield Control(
        "Awarded and left to award are what is allocated", pence["awarded"] + pence["remaining"],
        f"{at['awarded']}+{at['remaining']}", pence["allocated"], at["allocated"],
    )  # fmt: skip
    yield Control(
        "Paid and to pay, less to recover, are what is awarded",
        pence["net_paid"] + pence["to_pay"] - pence["to_recover"],
        f"{at['net_paid']}+{at['to_pay']}-{at['to_recover']}", pence["awarded"], at["awarded"],
    )  # fmt: skip


def _others(sheets: Mapping[str, Sheet], funds: Sheet) -> Iterator[Control]:
    """Hold each picture's and each cut's total against the year's."""
    year = next((at for at, row in enumerate(funds.table.rows) if row.key == _YEARS_TOTAL), None)
    if year is None:
        return
    cuts = [(key, name, name) for key in sheets if key.startswith("by_") for name in ("allocated", "awarded")]
    for key, name, must_be in (*_SHEETS, *cuts):
        if key in sheets:
            total = _total(sheets[key])
            yield Control(
                f"{sheets[key].table.title}: {_title(funds, must_be).lower()}", _pence(sheets[key], total, name),
                sheets[key].at(total, name), _pence(funds, year, must_be), funds.at(year, must_be),
            )  # fmt: skip


def _total(sheet: Sheet) -> int:
    kinds = [row.kind for row in sheet.table.rows]
    return len(kinds) - 1 - kinds[::-1].index(RowKind.TOTAL)


def _pence(sheet: Sheet, place: int, key: str) -> int:
    value = sheet.cell(place, key).value
    return value if isinstance(value, int) else 0


def _title(sheet: Sheet, key: str) -> str:
    return next(column.title for column in sheet.table.columns if column.key == key)
