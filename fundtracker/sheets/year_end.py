"""The year-end grant statement as a workbook: the statement, its schedule of awards, and what it is."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import SpendType
from fundtracker.domain.text import slug
from fundtracker.domain.years import long_date, year_label
from fundtracker.services.positions import Position
from fundtracker.services.statements import Statement
from fundtracker.sheets.about import ABOUT_COLUMNS, Row, made_rows, write_about
from fundtracker.sheets.skeleton import Column, add_sheet, start_workbook, styles_of
from fundtracker.sheets.stream import Download, stream_workbook
from fundtracker.sheets.writing import Cell, Styles, Type, write_cells

STATEMENT_COLUMNS = (
    Column("Item", width=58),
    Column("Revenue (£)", Type.MONEY),
    Column("Capital (£)", Type.MONEY),
    Column("Total (£)", Type.MONEY),
    Column("Note", width=60),
)
SCHEDULE_COLUMNS = (
    Column("Award", width=14),
    Column("Recipient", width=40),
    Column("Budget line", width=18),
    Column("Awarded (£)", Type.MONEY),
    Column("Paid (£)", Type.MONEY),
    Column("Accrued (£)", Type.MONEY),
    Column("Prepaid (£)", Type.MONEY),
    Column("Expenditure (£)", Type.MONEY),
)


_LINE = 150  # letters of the certificate in a row, which runs on over the columns beside it


def write_statement(statement: Statement, *, certificate: str, office: str, made_by: str, head: str = "") -> Download:
    """Write a statement whose totals are formulas over its own cells; amounts are in pounds, exact to the penny."""
    year = year_label(statement.year)
    title = f"Year-end grant statement: {statement.fund.name}, {year}"
    name = f"{slug(statement.fund.name)}-statement-{year.replace('/', '-')}-as-at-{statement.when.day}.xlsx"
    facts = [("Financial year", year), ("Last entry number", str(statement.when.last_entry))]
    about = made_rows(title, office, statement.when.day, made_by, facts, head=head)
    said = [*_statement(statement), *_signature(certificate, office)]  # now, while the books can be read
    heading = f"{title}, as at {statement.when.day:%d/%m/%Y}"
    return Download(name, _chunks(statement, heading, office, said, about))


def _chunks(
    statement: Statement, heading: str, office: str, said: Sequence[Row], about: Sequence[Row]
) -> Iterator[bytes]:
    workbook = start_workbook(heading, office)
    add_sheet(workbook, "Statement", STATEMENT_COLUMNS, last_row=0, heading=heading)
    last_row = len(statement.schedule) + 1
    add_sheet(workbook, "Schedule", SCHEDULE_COLUMNS, last_row=last_row, heading=heading)
    add_sheet(workbook, "About", ABOUT_COLUMNS, last_row=0, heading=heading)
    styles = styles_of(workbook)
    rows = {
        "Statement": write_about(said, styles),
        "Schedule": _schedule(statement, styles),
        "About": write_about(about, styles),
    }
    yield from stream_workbook(workbook, rows)


def _money(item: str, amount: int, note: str = "", *, formula: str = "", strong: bool = False) -> Row:
    return [Cell(item, strong=strong), None, None, Cell(amount, Type.MONEY, formula, strong), Cell(note)]


def _spent(item: str, stands: Position, name: str) -> Row:
    revenue, capital = (getattr(stands.spent[spend_type], name) for spend_type in SpendType)
    return [Cell(item), Cell(revenue, Type.MONEY), Cell(capital, Type.MONEY), _across(revenue + capital, name)]


def _across(amount: Pence | int, name: str) -> Cell:
    row = {"paid": 6, "accrued": 7, "prepaid": 8}[name]
    return Cell(amount, Type.MONEY, f"B{row}+C{row}")


def _statement(statement: Statement) -> Sequence[Row]:
    """Give the rows from row 2 on; the formulas name their cells."""
    stands, spent = statement.position, statement.position.spending
    carried = ", ".join(statement.carry_decisions)
    paid = [stands.spent[spend_type].expenditure for spend_type in SpendType]
    total = Cell(spent.expenditure, Type.MONEY, "D6+D7-D8", strong=True)
    split = [Cell(amount, Type.MONEY, f"{c}6+{c}7-{c}8", strong=True) for c, amount in zip("BC", paid, strict=True)]
    return [
        _money("Allocation for the year", stands.allocation),
        _money("Brought forward", stands.carried_in),
        _money("To spend", stands.funding, formula="D2+D3", strong=True),
        [],
        _spent("Paid, less refunds", stands, "paid"),
        _spent("Accrued: done and not paid yet", stands, "accrued"),
        _spent("Prepaid: paid for a later period (taken off)", stands, "prepaid"),
        [Cell("Eligible expenditure", strong=True), *split, total],
        _money("Unspent", stands.unspent, formula="D4-D9", strong=True),
        _money("Carry forward approved", stands.carried_on, f"Decision {carried}" if carried else ""),
        [],
        *_funders_money(stands),
        *_matched(statement),
        *_ledger(statement),
    ]


def _funders_money(stands: Position) -> Sequence[Row]:
    """Give the rows from row 13 on."""
    return [
        _money("Received from the funder", stands.balance.received),
        _money("Held from earlier years", stands.cash_in),
        _money("Returned to the funder (taken off)", stands.balance.returned),
        _money("Met by the funder: the expenditure, up to the grant", stands.claimable, formula="MIN(D9,D4)"),
        _money("Owed by the funder (debtor)", stands.debtor, formula="MAX(0,D16-D13-D14+D15)", strong=True),
        _money("Held in advance", stands.in_advance, formula="MAX(0,D13+D14-D15-D16)", strong=True),
        _money("of it carried forward", stands.cash_out, formula="MIN(D18,D11)"),
        _money("Repayable to the funder", stands.repayable, formula="D18-D19", strong=True),
        [],
    ]


def _matched(statement: Statement) -> Sequence[Row]:
    """Give what others put beside the grant, as somebody stated it."""
    said = statement.matched
    sums = (
        ("Match funding, cash", said.cash if said else None),
        ("Match funding, in kind", said.in_kind if said else None),
    )
    source = said.source if said else ""
    return [
        [Cell(item), None, None, None, Cell("Not stated")] if amount is None else _money(item, amount, source)
        for item, amount in sums
    ]


def _ledger(statement: Statement) -> Sequence[Row]:
    if statement.ledger is None:
        return [[Cell("The finance system"), None, None, None, Cell("Nothing typed from the general ledger")]]
    checked = statement.ledger
    read = f"at {long_date(checked.row.on_date)}{f', {checked.row.source}' if checked.row.source else ''}"
    return [
        _money("The finance system says was spent", checked.row.stated, read),
        _money("Difference to what was paid", checked.difference, "agrees" if checked.agrees else ""),
    ]


def _signature(certificate: str, office: str) -> Sequence[Row]:
    blanks = ("Signed (chief finance officer)", "Name", "Date")
    said = [[Cell(line)] for line in wrap(certificate, _LINE)]
    return [[], *said, [Cell(office)], *([Cell(name)] for name in blanks)]


def _schedule(statement: Statement, styles: Styles) -> Iterator[str]:
    last = len(statement.schedule) + 1
    for number, row in enumerate(statement.schedule, start=2):
        spent = row.spent
        sums = [Cell(amount, Type.MONEY) for amount in (row.awarded, spent.paid, spent.accrued, spent.prepaid)]
        whole = Cell(spent.expenditure, Type.MONEY, f"E{number}+F{number}-G{number}")
        names = [Cell(row.award), Cell(row.recipient or "Not on an award"), Cell(row.line)]
        yield write_cells(number, styles, [*names, *sums, whole])
    added = statement.scheduled
    totals = (statement.awarded, added.paid, added.accrued, added.prepaid, added.expenditure)
    cells = [
        Cell(amount, Type.MONEY, f"SUM({letter}2:{letter}{max(last, 2)})", strong=True)
        for letter, amount in zip("DEFGH", totals, strict=True)
    ]
    yield write_cells(last + 1, styles, [Cell("Total", strong=True), None, None, *cells])
