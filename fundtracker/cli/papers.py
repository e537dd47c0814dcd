"""`fundtracker export summary`: the summary as a workbook, with its charts and its check against the books."""

from datetime import date

import click

from fundtracker.cli.offices import find_actor, open_books
from fundtracker.cli.options import as_at_option, as_option, year_option
from fundtracker.cli.output import TO, refuse_mixture, write_output
from fundtracker.cli.terminal import Command, json_option
from fundtracker.domain.roles import Power
from fundtracker.domain.years import FinancialYear
from fundtracker.sheets.papers.summary import write_summary


@click.command("summary", cls=Command)
@year_option
@as_at_option
@click.option("-o", "--output", metavar="FILE", required=True, help=TO)
@as_option
@json_option
def summary_workbook(
    *, year: FinancialYear | None, as_at: date | None, output: str, email: str | None, as_json: bool
) -> None:
    """Write the summary of a financial year, the one in hand where none is named, as an Excel workbook with charts."""
    refuse_mixture(output, as_json=as_json)
    with open_books() as session:
        by = find_actor(session, email, Power.READ)
        made = write_summary(session, day=as_at, year=year, made_by=by.name)
    write_output(output, made.file_name, made.chunks, as_json=as_json)
