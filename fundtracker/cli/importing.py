"""Bringing in files: an office's own workbook, and the spreadsheets and extracts that people keep."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from fundtracker.cli.bringing import bring_in_file, undo_import
from fundtracker.cli.files import read_file
from fundtracker.cli.offices import find_actor, open_books, turn_of
from fundtracker.cli.options import as_option, read_day, year_option
from fundtracker.cli.terminal import REFUSED, Group, json_option, print_json
from fundtracker.domain.roles import Power
from fundtracker.domain.statuses import AmountBasis, BatchKind
from fundtracker.domain.years import FinancialYear
from fundtracker.sheets.office import bring_in

_file = click.argument("file", type=click.Path(path_type=Path, readable=False))
_undated = click.option("--undated", type=read_day, metavar="DATE", help="The date of rows that have none.")
_dry_run = click.option("--dry-run", is_flag=True, help="Show what would come in, and record nothing.")
_fund = click.option("--fund", metavar="REF", required=True, help="The fund that the rows belong to.")
_any_fund = click.option("--fund", metavar="REF", help="Not asked: organisations belong to no one fund.")
_with_allocation = click.option(
    "--with-allocation", is_flag=True, help="First allocate what is missing in each financial year."
)
_basis = click.option(
    "--amount",
    "basis",
    type=click.Choice([one.value for one in AmountBasis if one]),
    help="Which amount of a line is taken.",
)
_table = (
    click.option("--sheet", metavar="NAME", help="The sheet to take; the likeliest where it is left out."),
    click.option("--all-sheets", is_flag=True, help="Take every other sheet with the same headings too."),
    click.option("--header-row", type=click.IntRange(min=0), metavar="N", help="The row of its headings; 0: none."),
    click.option("--map", "maps", multiple=True, metavar="COLUMN=FIELD", help="What a column, by title or letter, is."),
    click.option("--save-map", metavar="NAME", help="Keep what the columns are under a name."),
    click.option("--use-map", metavar="NAME", help="Take the columns as they were kept under a name."),
)


@click.group("import", cls=Group)
def import_() -> None:
    """Bring records in from workbooks, CSV files and 360Giving JSON."""


@import_.command()
@_file
@_undated
@year_option
@_dry_run
@as_option
@json_option
def office(
    *, file: Path, undated: date | None, year: FinancialYear | None, dry_run: bool, email: str | None, as_json: bool
) -> None:
    """Bring in the office's own workbook of funds, organisations, awards and bids: all of it or nothing."""
    with open_books() as session:
        by = find_actor(session, email, Power.RECORD)
        content = read_file(file)
        with turn_of(by):
            answer = bring_in(session, content, file_name=file.name, by=by, undated=undated, year=year, dry_run=dry_run)
    if as_json:
        print_json(answer.to_json())
    else:
        click.echo("\n".join(answer.lines()), err=bool(answer.refused))
    if answer.refused:
        raise click.exceptions.Exit(REFUSED)


def _add(kind: BatchKind, says: str, *options: Any) -> None:
    """Add the command that brings in one kind of row, with the options that all have after its own."""

    def run(**given: Any) -> None:
        bring_in_file(kind, **given)

    run.__doc__ = says
    for option in reversed((_file, *options, *_table, _dry_run, as_option, json_option)):
        run = option(run)
    import_.command(kind.value)(run)


_add(
    BatchKind.AWARDS,
    "Bring in awards from one fund.",
    _fund,
    _with_allocation,
    _undated,
)
_add(BatchKind.APPLICATIONS, "Bring in applications to one fund.", _fund, _undated)
_add(BatchKind.PAYMENTS, "Bring in payments on awards from one fund.", _fund, _undated)
_add(BatchKind.ORGANISATIONS, "Bring in organisations.", _any_fund)
_add(BatchKind.FINANCE, "Bring in lines of the finance system, to be reconciled.", _basis)


@import_.command()
@click.argument("batch", type=click.IntRange(min=1))
@click.option("--why", default="", metavar="WORDS", help="Why it is undone.")
@as_option
@json_option
def undo(*, batch: int, why: str, email: str | None, as_json: bool) -> None:
    """Undo an import by its number, while nothing depends on it."""
    undo_import(batch, why=why, email=email, as_json=as_json)
