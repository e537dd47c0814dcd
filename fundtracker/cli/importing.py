"""Bringing in an office's own workbook."""

from datetime import date
from pathlib import Path

import click

from fundtracker.cli.offices import find_actor, open_books
from fundtracker.cli.options import as_option, read_day, year_option
from fundtracker.cli.terminal import REFUSED, Group, json_option, print_json
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.roles import Power
from fundtracker.domain.years import FinancialYear
from fundtracker.sheets.office import bring_in


class NotReadError(Refusal):
    """A file that cannot be read."""


@click.group("import", cls=Group)
def import_() -> None:
    """Bring records in from workbooks."""


@import_.command()
@click.argument("file", type=click.Path(path_type=Path, readable=False))
@click.option("--undated", type=read_day, metavar="DATE", help="The date of rows that have none.")
@year_option
@click.option("--dry-run", is_flag=True, help="Show what would come in, and record nothing.")
@as_option
@json_option
def office(
    *, file: Path, undated: date | None, year: FinancialYear | None, dry_run: bool, email: str | None, as_json: bool
) -> None:
    """Bring in the office's own workbook of funds, organisations, awards and bids: all of it or nothing."""
    with open_books() as session:
        by = find_actor(session, email, Power.RECORD)
        answer = bring_in(session, _read(file), file_name=file.name, by=by, undated=undated, year=year, dry_run=dry_run)
    if as_json:
        print_json(answer.to_json())
    else:
        click.echo("\n".join(answer.lines()), err=bool(answer.refused))
    if answer.refused:
        raise click.exceptions.Exit(REFUSED)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise NotReadError(f"{file} cannot be read: {error.strerror or error}.") from error
