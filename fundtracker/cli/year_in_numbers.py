"""`fundtracker export year-in-numbers`: a financial year in numbers, with the year before beside it, as a workbook."""

from datetime import date

import click

from fundtracker.cli.offices import find_actor, open_books
from fundtracker.cli.options import as_at_option, as_option, year_option
from fundtracker.cli.output import TO, refuse_mixture, write_output
from fundtracker.cli.terminal import Command, json_option
from fundtracker.domain.roles import Power
from fundtracker.domain.years import FinancialYear, now
from fundtracker.services.office import find_office
from fundtracker.services.papers.year_in_numbers import year_in_numbers_paper
from fundtracker.sheets.papers.workbook import paper_name, write_paper


@click.command(cls=Command)
@year_option
@as_at_option
@click.option("-o", "--output", metavar="FILE", required=True, help=TO)
@as_option
@json_option
def year_in_numbers(
    *, year: FinancialYear | None, as_at: date | None, output: str, email: str | None, as_json: bool
) -> None:
    """Write a year in numbers, the one in hand where none is named, with the year before beside it, as a workbook."""
    refuse_mixture(output, as_json=as_json)
    with open_books() as session:
        by = find_actor(session, email, Power.READ)
        content = year_in_numbers_paper(session, day=as_at, year=year)
        made = write_paper(content, made_at=now(), made_by=by.name, office=find_office(session).name)
    write_output(output, paper_name(content), [made], as_json=as_json)
