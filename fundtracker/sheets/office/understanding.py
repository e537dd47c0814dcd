"""Understanding an office's own workbook: which sheets are which, and what each of their rows states."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from fundtracker.domain.money import Pence
from fundtracker.domain.text import match_key
from fundtracker.domain.years import FinancialYear, first_day
from fundtracker.services.imports.understood import Problem, RowRead, SheetRead, Stated, Understood
from fundtracker.sheets.files.whole import read_workbook
from fundtracker.sheets.headings import why_not_pounds
from fundtracker.sheets.office import awards, funds, others
from fundtracker.sheets.office.kinds import Kind, SheetKind, is_plainly, kinds_of
from fundtracker.sheets.office.sorting import Sorted, Sorter
from fundtracker.sheets.office.years import find_year
from fundtracker.sheets.reading import Sheet, column_letter
from fundtracker.sheets.sorts import TOTAL
from fundtracker.sheets.tables import Table, find_table

MOST_ROWS = 25_000  # all of them are recorded in one transaction, and others wait for it
_NO_KIND = "it is not called Funds, Organisations, Awards, Bids or a fund’s outcomes"

STATERS: dict[SheetKind, Callable[[Sorted], Stated]] = {
    Kind.FUNDS.value: funds.state_fund,
    Kind.ORGANISATIONS.value: others.state_organisation,
    Kind.AWARDS.value: awards.state_award,
    Kind.BIDS.value: others.state_bid,
}


def understand(content: bytes, *, file_name: str, undated: date | None, year: FinancialYear | None) -> Understood:
    """Understand a workbook without recording anything; raises WorkbookRefusedError where it cannot be read."""
    sheets = read_workbook(content, most_rows=MOST_ROWS)
    tables = [_table(sheet) for sheet in sheets]
    taken = [table for _, table, _ in tables if table]
    titles = [title for table in taken for title in table.above()]
    headings = [title for table in taken for title in table.titles.values()]
    year = year or find_year(titles, headings, [table.sheet.name for table in taken], [file_name])
    problems: list[Problem] = []
    read = tuple(_read(sheet, table, kind, problems) for sheet, table, kind in tables)
    return Understood(
        file_name=file_name, digest=hashlib.sha256(content).hexdigest(), sheets=read, problems=tuple(problems),
        year=year, undated=undated or (first_day(year) if year else None),
    )  # fmt: skip


Found = tuple[Sheet, Table | None, SheetKind | None]


def _table(sheet: Sheet) -> Found:
    """Find which of the kinds that a sheet's name speaks of its table has most columns of."""
    kinds = kinds_of(sheet.name) if sheet.visible else []
    found = [(find_table(sheet, kind.titles, kind.needed), kind) for kind in kinds]
    table, kind = max(found, key=lambda one: len(one[0].columns) if one[0] else 0, default=(None, None))
    return sheet, table, kind


def _read(sheet: Sheet, table: Table | None, kind: SheetKind | None, problems: list[Problem]) -> SheetRead:
    if kind is None:
        why = _NO_KIND if sheet.visible else "it is hidden"
        return _left_out(sheet, f"the whole sheet is left out, because {why}")
    if table is None:
        says = f"No row of headings for {kind.says} was found, so the sheet is left out."
        refuses = is_plainly(kind, sheet.name) and bool(sheet.rows)
        problems.append(Problem(sheet.name, None, "", says, refuses=refuses))
        return _left_out(sheet, f"no row of headings for {kind.says} was found")
    problems.extend((*_about_headings(table, kind), *_about_doubles(table), *_about_hidden(table)))
    rows = tuple(_rows(table, kind, problems))
    return SheetRead(
        name=sheet.name, header_row=table.header_row, rows=rows, unused=tuple(_unused(table)),
        columns={_heading(table, column): field for field, column in table.columns.items()},
    )  # fmt: skip


def _left_out(sheet: Sheet, why: str) -> SheetRead:
    rows = tuple(RowRead(number, left_out=why) for number, _ in sheet.numbered())
    return SheetRead(name=sheet.name, rows=rows, left_out=why)


def _rows(table: Table, kind: SheetKind, problems: list[Problem]) -> Iterator[RowRead]:
    for found in Sorter(table, kind).rows():
        row = found.row
        left_out = found.left_out or (awards.why_not_awarded(found) if kind is Kind.AWARDS.value else "")
        if left_out:
            problems.extend(_not_refusing(row.problems))
            yield RowRead(row.number, found.amount, None, left_out, total=left_out == TOTAL)
            continue
        if kind is Kind.OUTCOMES.value:
            stated: Stated = others.state_outcome(found, _sheet_words(table.sheet.name))
        else:
            funds.check_currency(row)
            stated = STATERS[kind](found)
        problems.extend(row.problems)
        yield RowRead(row.number, found.amount, stated)


def _not_refusing(problems: Iterable[Problem]) -> list[Problem]:
    return [Problem(p.sheet, p.row, p.column, p.says, refuses=False) for p in problems]


def _sheet_words(name: str) -> str:
    """Give the words of an outcomes sheet's name that are the fund's: `Safer Roads outcomes`."""
    return " ".join(word for word in match_key(name).split() if word not in Kind.OUTCOMES.value.names)


def _about_headings(table: Table, kind: SheetKind) -> Iterator[Problem]:
    """Note an amount column that is not in pounds: in thousands, or in another currency."""
    for column in (table.columns[name] for name in ("amount", "sought", "paid_amount") if name in table.columns):
        title = table.titles[column]
        if says := why_not_pounds(title):
            yield Problem(table.sheet.name, table.header_row, column_letter(column), says)


def _about_doubles(table: Table) -> Iterator[Problem]:
    """Note a column that is not used because another has the same heading."""
    used = {match_key(table.titles[column]): column for column in table.columns.values()}
    for column in table.unused:
        title = table.titles.get(column, "")
        if match_key(title) in used:
            first = column_letter(used[match_key(title)])
            says = f"Two columns are headed “{title}”. Column {first} is used, and this one is not."
            yield Problem(table.sheet.name, table.header_row, column_letter(column), says, refuses=False)


def _about_hidden(table: Table) -> Iterator[Problem]:
    """Note rows that Excel hides, for they are read as the others are."""
    if rows := sorted(number for number, _ in table.rows() if number in table.sheet.hidden):
        says = f"{len(rows)} hidden rows are" if len(rows) > 1 else "A hidden row is"
        yield Problem(table.sheet.name, rows[0], "", f"{says} read like the rows that can be seen.", refuses=False)


def _unused(table: Table) -> Iterator[str]:
    return (_heading(table, column) for column in table.unused)


def _heading(table: Table, column: int) -> str:
    title = " ".join(table.titles.get(column, "").split())
    return title or f"column {column_letter(column)}, without a heading"


def own_totals(sheet: SheetRead) -> list[tuple[int, Pence, Pence]]:
    """Give each total row of a sheet that has a figure: its number, its figure, and what the rows above come to."""
    found, since_total, since_top = [], 0, 0
    for row in sheet.rows:
        if row.total and (total := row.amount) is not None:
            # A total that differs is the one it is nearer to: of its group, or of the whole sheet.
            over = min(filter(None, (since_total, since_top)), key=lambda sum_: abs(sum_ - total), default=0)
            found.append((row.number, total, Pence(over)))
            since_total = 0
        elif row.stated is not None:
            since_total += row.amount or 0
            since_top += row.amount or 0
    return found
