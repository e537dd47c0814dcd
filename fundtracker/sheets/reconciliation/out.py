"""The reconciliation as a workbook to hand round: reasons are typed beside what is left, and the difference follows."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from fundtracker.domain.statuses import Explanation
from fundtracker.domain.text import slug
from fundtracker.domain.years import long_date
from fundtracker.services.reconciling.hints import Hint
from fundtracker.services.reconciling.items import Side
from fundtracker.services.reconciling.rows import LineRow, OurRow, Row, State
from fundtracker.services.reconciling.standing import Standing
from fundtracker.services.reconciling.typed import ref_of
from fundtracker.sheets.about import ABOUT_COLUMNS, made_rows, write_about
from fundtracker.sheets.about import Row as Cells
from fundtracker.sheets.reconciliation.columns import (
    ABOUT,
    COLUMNS,
    LEFT,
    LINES,
    MATCH,
    MATCHES,
    MINE,
    OURS,
    REASON,
    SUMMARY,
    THEIRS,
    letter,
)  # fmt: skip
from fundtracker.sheets.reconciliation.summary import Last, counted_here, rows_of, summary_rows
from fundtracker.sheets.skeleton import add_sheet, plan_of, start_workbook, styles_of
from fundtracker.sheets.stream import Download, stream_workbook
from fundtracker.sheets.writing import Cell, Styles, Type, write_cells, write_row

_HOW = "type a reason, a note and an owner beside a row of the sheet Unexplained, and bring the workbook back"

Hints = Mapping[tuple[Side, int], Hint | None]


def write_reconciliation(
    standing: Standing, hints: Hints, *, office: str, made_by: str, funds: str, head: str = ""
) -> Download:
    """Write where a reconciliation stands; nothing is read from the books while it is sent."""
    until = standing.scope.until
    name = f"reconciliation-{slug(funds) + '-' if funds else ''}to-{until.isoformat()}.xlsx"
    return Download(name, _chunks(standing, hints, office, made_by, funds=funds, head=head))


def _chunks(standing: Standing, hints: Hints, office: str, made_by: str, *, funds: str, head: str) -> Iterator[bytes]:
    left = [row for side in (standing.lines, standing.ours) for row in side if row.state is State.LEFT]
    what = f"Reconciliation to {long_date(standing.scope.until)}"
    workbook = start_workbook(what, office)
    last = Last(standing, len(left)).of
    for sheet in (SUMMARY, LEFT, OURS, LINES, MATCHES):
        made = add_sheet(workbook, sheet, COLUMNS[sheet], last_row=last.get(sheet, 0), heading=what)
        if sheet == LEFT:
            _offer_reasons(made, last[LEFT])
    add_sheet(workbook, ABOUT, ABOUT_COLUMNS, last_row=0, heading=what)
    styles = styles_of(workbook)
    since = long_date(standing.scope.since) if standing.scope.since else "all that came before"
    days = [("First day", since), ("Last day", long_date(standing.scope.until)), ("Funds", funds or "all funds"),
            ("How to answer", _HOW)]  # fmt: skip
    yield from stream_workbook(workbook, {
        SUMMARY: (write_cells(at, styles, row) for at, row in rows_of(summary_rows(standing, len(left)))),
        LEFT: (write_cells(at, styles, _left(row, hints, at)) for at, row in enumerate(left, start=2)),
        OURS: _plain(OURS, map(_ours, standing.ours), styles),
        LINES: _plain(LINES, map(_line, standing.lines), styles),
        MATCHES: (write_cells(at, styles, row) for at, row in rows_of(_matches(standing))),
        ABOUT: write_about(made_rows(what, office, standing.scope.until, made_by, days, head=head), styles),
    })  # fmt: skip


def _offer_reasons(sheet: Worksheet, last: int) -> None:
    words = ",".join(reason.value for reason in Explanation)
    offered = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True, showErrorMessage=True)
    offered.errorTitle, offered.error = "Reason", f"Choose one of: {words.replace(',', ', ')}"
    offered.add(f"{letter(LEFT, REASON)}2:{letter(LEFT, REASON)}{max(last, 2)}")
    sheet.add_data_validation(offered)


def _plain(sheet: str, rows: Iterator[Sequence[Any]], styles: Styles) -> Iterator[str]:
    plan = plan_of(COLUMNS[sheet], styles)
    return (write_row(at, plan, row) for at, row in enumerate(rows, start=2))


def _dealt(row: Row) -> list[Any]:
    reason = row.reason.value if row.state is State.EXPLAINED and row.reason else ""
    said = [row.note or "", row.owner or ""] if reason else ["", ""]
    return [row.state.value, row.matching, reason, *said]


def _ours(row: OurRow) -> list[Any]:
    return [row.id, row.payment or "", row.award, row.fund, row.on, row.payee, row.voucher, row.invoice or "",
            row.amount, *_dealt(row)]  # fmt: skip


def _line(row: LineRow) -> list[Any]:
    return [row.id, row.on, row.payee, row.supplier, row.reference, row.invoice, row.description, row.unit,
            row.cost_centre, row.account, row.amount, *_dealt(row), row.file_name, row.row]  # fmt: skip


def _left(row: Row, hints: Hints, at: int) -> Cells:
    line = row.side is Side.LINE
    hint = hints.get((row.side, row.id))
    known = row.reference if isinstance(row, LineRow) else row.payment if isinstance(row, OurRow) else ""
    mine, theirs = Cell(row.amount, Type.MONEY), None
    return [
        Cell(ref_of(row)), Cell("Finance system" if line else "Our payment"), Cell(row.on, Type.DATE), Cell(row.payee),
        Cell(known), theirs if line else mine, mine if line else theirs, Cell(hint.says if hint else ""), None, None,
        None, counted_here(at),
    ]  # fmt: skip


def _matches(standing: Standing) -> list[Cells]:
    last = Last(standing, 0)
    rows: list[Cells] = []
    for at, made in enumerate(standing.matchings.values(), start=2):
        lines = [row.amount for row in standing.lines if row.matching == made.id]
        ours = [row.amount for row in standing.ours if row.matching == made.id]
        sums = {sheet: f"SUMIFS({last.cells(sheet, 'Amount (£)')},{last.cells(sheet, MATCH)},A{at})"
                for sheet in (OURS, LINES)}  # fmt: skip
        apart = f"{letter(MATCHES, THEIRS)}{at}-{letter(MATCHES, MINE)}{at}"
        rows.append([
            Cell(made.id, Type.WHOLE), Cell(len(lines), Type.WHOLE), Cell(len(ours), Type.WHOLE),
            Cell(sum(ours), Type.MONEY, sums[OURS]), Cell(sum(lines), Type.MONEY, sums[LINES]),
            Cell(made.difference, Type.MONEY, f"ROUND({apart},2)"), Cell(made.score, Type.WHOLE), Cell(made.reason),
            Cell(made.note), Cell(made.owner), Cell(made.made_by), Cell(made.made_at, Type.MOMENT),
        ])  # fmt: skip
    return rows
